"""Cost of a document in a large store against a small one, so measured that a busy machine does not matter.

``python benchmarks/store_paired.py SMALL LARGE [documents]`` takes two stores, such as ``benchmarks/store.py
--kind dates --folder …`` leaves, puts the same new documents into copies of both by turns, and compares.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from diplograph import store
from diplograph.extract import extract
from diplograph.model import Document, Report
from diplograph.store import Store
from store_documents import documents

SKIPPED = 12_000  # documents that the stores may hold already
WARM = 10


def seconds(kept: Store, document: Document, reports: tuple[Report, ...]) -> float:
    """Processor seconds to store a document and run the rules."""
    begun = time.process_time()
    kept.add(document, reports)
    kept.infer()
    return time.process_time() - begun


def compared(small: Store, large: Store, number: int) -> list[tuple[float, float]]:
    """What each of some documents costs in the one and in the other, in alternating order."""
    costs = []
    wanted = SKIPPED + WARM + number
    for n, document in enumerate(islice(documents(wanted, names=False), SKIPPED, None)):
        reports = extract(document)
        turn = (small, large) if n % 2 else (large, small)
        told = {kept: seconds(kept, document, reports) for kept in turn}
        costs.append((told[small], told[large]))
    return costs[WARM:]


def main() -> None:
    """Compare, and print means and ratios."""
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / name for name in ("small", "large")]
        for given, folder in zip(sys.argv[1:3], folders, strict=True):
            shutil.copytree(given, folder)
        with store.open(folders[0]) as small, store.open(folders[1]) as large:
            sizes = [len(kept.sources()) for kept in (small, large)]
            costs = compared(small, large, number)
    means = [statistics.fmean(side) * 1000 for side in zip(*costs, strict=True)]
    middle = statistics.median(one / other for other, one in costs)
    print(f"{number} documents into a store of {sizes[0]} and one of {sizes[1]}")
    print(f"{means[0]:.1f} and {means[1]:.1f} ms: ratio {means[1] / means[0]:.2f}, median {middle:.2f}")


if __name__ == "__main__":
    main()
