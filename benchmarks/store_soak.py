"""Hardship for the store: killed writers, damaged files, readers beside a writer.

``python benchmarks/store_soak.py [kills] [damages] [openings]``; 200 50 1000 for the full form, whose results
are in results/store.md. Without numbers it does a tenth of that.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "store"))

from hardship import damaged, filled, killed, read_beside


def main() -> None:
    kills, damages, openings = map(int, sys.argv[1:] if len(sys.argv) > 1 else ("20", "13", "100"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        begun = time.monotonic()
        lost, half, failed, same = killed(folder / "killed", kills, 60)
        print(f"{kills} kill -9: {lost} acknowledged lost, {half} half visible, {failed} openings failed")
        print(f"taken in again, the export is that of an uninterrupted run: {'yes' if same else 'NO'}")
        print(f"that took {time.monotonic() - begun:.0f} s", flush=True)
        expected = filled(folder / "whole", 40)
        outcomes = Counter(
            damaged(folder / "whole", folder / "damaged", 40, expected, seed, sealed=seed % 2 == 0)
            for seed in range(damages)
        )
        silent = sum(n for (_, reported, _), n in outcomes.items() if not reported)
        whole = sum(n for (_, _, end), n in outcomes.items() if end == "as before")
        print(f"{damages} corruptions: {silent} passed silently, {whole} repaired to the same bytes")
        for (name, reported, end), times in sorted(outcomes.items(), key=str):
            print(f"  {times} × {name}: {'reported' if reported is True else reported or 'SILENT'}, {end}")
        failures, unwhole = read_beside(folder / "busy", openings, 400)
        print(f"{openings} reader openings beside a writer: {len(failures)} failed, {unwhole} saw half")
        for words, times in Counter(failures).most_common(3):
            print(f"  {times} × {words}")


if __name__ == "__main__":
    main()
