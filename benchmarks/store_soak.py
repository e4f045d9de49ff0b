"""Hardship for the store: killed writers, damaged files, readers beside a writer.

``python benchmarks/store_soak.py [kills] [damages] [openings] [seed]``; 200 50 1000 for the full form, whose
results are in results/store-soak.md. Without numbers it does a tenth of that. It can be done in pieces, each
with a seed of its own and 0 for what it leaves out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "store"))

from hardship import damaged, filled, killed, read_beside


def kill(folder: Path, times: int, seed: int) -> None:
    """Kill writers at random moments."""
    begun = time.monotonic()
    lost, half, failed, same = killed(folder, times, 60, seed)
    print(f"{times} kill -9: {lost} acknowledged lost, {half} half visible, {failed} openings failed")
    print(f"taken in again, the export is that of an uninterrupted run: {'yes' if same else 'NO'}")
    print(f"that took {time.monotonic() - begun:.0f} s", flush=True)


def damage(folder: Path, times: int, seed: int) -> None:
    """Damage stores, each in one way."""
    expected = filled(folder / "whole", 40)
    outcomes = Counter(
        damaged(folder / "whole", folder / "damaged", 40, expected, n, sealed=n % 2 == 0)
        for n in range(times * (seed - 1), times * seed)
    )
    silent = sum(n for (_, reported, _), n in outcomes.items() if not reported)
    whole = sum(n for (_, _, end), n in outcomes.items() if end == "as before")
    print(f"{times} corruptions: {silent} passed silently, {whole} repaired to the same bytes")
    for (name, reported, end), number in sorted(outcomes.items(), key=str):
        print(f"  {number} × {name}: {'reported' if reported is True else reported or 'SILENT'}, {end}")


def read(folder: Path, times: int) -> None:
    """Open a store again and again beside its writer."""
    begun = time.monotonic()
    failures, unwhole = read_beside(folder, times, 400)
    print(f"{times} reader openings beside a writer: {len(failures)} failed, {unwhole} saw half")
    for words, number in Counter(failures).most_common(3):
        print(f"  {number} × {words}")
    print(f"that took {time.monotonic() - begun:.0f} s", flush=True)


def main() -> None:
    """Do what the numbers say."""
    told = [int(word) for word in sys.argv[1:]] or [20, 13, 100]
    kills, damages, openings = (*told, 0, 0)[:3]
    seed = told[3] if len(told) > 3 else 1
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if kills:
            kill(folder / "killed", kills, seed)
        if damages:
            damage(folder, damages, seed)
        if openings:
            read(folder / "busy", openings)


if __name__ == "__main__":
    main()
