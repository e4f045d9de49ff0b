"""Cost of the store: what a document costs at the start and at the end, and how long opening takes.

``python benchmarks/store.py [documents]``; 10000 for the full form, whose results are in results/store.md.
That takes half an hour for each kind of documents, so it can be done in pieces: with ``--folder`` a run that
was ended by ``--minutes`` goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from itertools import islice, pairwise
from pathlib import Path

from diplograph import store
from diplograph.extract import extract
from diplograph.store import Store
from store_documents import documents

KINDS = {"names": "names and dates varied", "dates": "dates varied, so that half lie on one pair of states"}


def grow(folder: Path, number: int, minutes: float, *, names: bool) -> list[list[float]]:
    """Processor seconds for each document: to read it, to store it, and to run the rules.

    Args:
        folder: Where the store is, and what was measured before.
        number: How many documents in all.
        minutes: When to stop for now.
        names: Whether names vary as well as dates.
    """
    kept_costs = folder / "costs.json"
    costs: list[list[float]] = json.loads(kept_costs.read_text()) if kept_costs.exists() else []
    until = time.monotonic() + 60 * minutes
    with store.open(folder / "kg") as kept:
        for document in islice(documents(number, names=names), len(costs), None):
            steps = [time.process_time()]
            reports = extract(document)
            steps.append(time.process_time())
            kept.add(document, reports)
            steps.append(time.process_time())
            kept.infer()
            steps.append(time.process_time())
            costs.append([after - before for before, after in pairwise(steps)])
            if time.monotonic() > until:
                break
    kept_costs.write_text(json.dumps(costs))
    return costs


def tell(what: str, seconds: list[float], peer: list[float]) -> None:
    """The mean of the first and of the last tenth, after a warm start, and how they compare.

    Args:
        what: What was done.
        seconds: What it cost, for each document.
        peer: What the same documents cost in work that knows nothing of the store; a machine that others
            use is slower at times, and then so is this.
    """
    part = max(len(seconds) // 10, 20)
    warm = min(part, 200)
    own, others = (_means(some, warm, part) for some in (seconds, peer))
    ratio = own[1] / own[0]
    print(f"{what}: {own[0] * 1000:.1f} ms at first, {own[1] * 1000:.1f} ms at last, ratio {ratio:.2f}")
    print(f"{what}, measured by what reading costs: ratio {ratio * others[0] / others[1]:.2f}")
    print(f"{what}, by tenths: {_tenths(seconds)} ms")


def _tenths(seconds: list[float]) -> str:
    part = max(len(seconds) // 10, 20)
    means = [statistics.fmean(seconds[i : i + part]) for i in range(0, len(seconds) - part + 1, part)]
    return " ".join(f"{1000 * mean:.1f}" for mean in means)


def _means(seconds: list[float], warm: int, part: int) -> tuple[float, float]:
    return statistics.fmean(seconds[warm : warm + part]), statistics.fmean(seconds[-part:])


def opened(folder: Path, *, read_only: bool) -> float:
    """Seconds to open a store and ask it one thing."""
    begun = time.perf_counter()
    kept: Store = store.open(folder, read_only)
    assert kept.query("ASK { ?e a dg:Visit }").rows() == [{"answer": True}]
    took = time.perf_counter() - begun
    kept.close()
    return took


def measured(folder: Path, number: int, minutes: float, kind: str) -> None:
    """Grow a store of one kind and print its figures."""
    folder.mkdir(parents=True, exist_ok=True)
    costs = grow(folder, number, minutes, names=kind == "names")
    print(f"{KINDS[kind]}: {len(costs)} documents of {number}")
    reading = [read for read, _, _ in costs]
    tell("storing a document", [added + inferred for _, added, inferred in costs], reading)
    print(f"reading a document, by tenths: {_tenths(reading)} ms")
    size = sum(path.stat().st_size for path in (folder / "kg").rglob("*") if path.is_file())
    print(f"size on disk: {size / 1e6:.1f} MB, {size / len(costs) / 1000:.1f} kB for each document")
    for read_only in (False, True):
        seconds = [opened(folder / "kg", read_only=read_only) for _ in range(3)]
        told = ", ".join(f"{one * 1000:.0f}" for one in seconds)
        print(f"opening {'to read' if read_only else 'to write'}: {told} ms", flush=True)


def main() -> None:
    """Measure, in pieces if asked to."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("documents", nargs="?", type=int, default=400)
    words.add_argument("--kind", choices=KINDS, action="append", help="both if not given")
    words.add_argument("--folder", type=Path, help="where to go on")
    words.add_argument("--minutes", type=float, default=1e6, help="when to stop for now")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for kind in asked.kind or KINDS:
            measured((asked.folder or Path(place)) / kind, asked.documents, asked.minutes, kind)


if __name__ == "__main__":
    main()
