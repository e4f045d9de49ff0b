"""Cost of the store: what a document costs at the start and at the end, and how long opening takes.

``python benchmarks/store.py [documents]``; 10000 for the full form, whose results are in results/store.md.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from diplograph import store
from diplograph.extract import extract
from diplograph.store import Store
from store_documents import documents

Seconds = list[float]


def grown(folder: Path, number: int, *, names: bool) -> tuple[Seconds, Seconds]:
    """Processor seconds for each document: to store it, and to read and store it and run the rules."""
    stored, whole = [], []
    with store.open(folder) as kept:
        for document in documents(number, names=names):
            begun = time.process_time()
            reports = extract(document)
            read = time.process_time()
            kept.add(document, reports)
            kept.infer()
            ended = time.process_time()
            stored.append(ended - read)
            whole.append(ended - begun)
    return stored, whole


def tell(what: str, seconds: list[float]) -> None:
    """The mean of the first and of the last tenth, after a warm start, and how they compare."""
    part = max(len(seconds) // 10, 20)
    first, last = statistics.fmean(seconds[part : 2 * part]), statistics.fmean(seconds[-part:])
    steps = [statistics.fmean(seconds[i : i + part]) * 1000 for i in range(0, len(seconds) - part + 1, part)]
    print(f"{what}: {first * 1000:.1f} ms at first, {last * 1000:.1f} ms at last, ratio {last / first:.2f}")
    print(f"{what}, by tenths: {' '.join(f'{step:.1f}' for step in steps)} ms")


def opened(folder: Path, *, read_only: bool) -> float:
    """Seconds to open a store and ask it one thing."""
    begun = time.perf_counter()
    kept: Store = store.open(folder, read_only)
    assert kept.query("ASK { ?e a dg:Visit }").rows() == [{"answer": True}]
    took = time.perf_counter() - begun
    kept.close()
    return took


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for what, names in (("names and dates varied", True), ("dates varied", False)):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "kg"
            stored, whole = grown(folder, number, names=names)
            print(f"{what}: {number} documents")
            tell("storing a document", stored)
            tell("reading and storing a document", whole)
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            print(f"size on disk: {size / 1e6:.1f} MB, {size / number / 1000:.1f} kB for each document")
            for read_only in (False, True):
                seconds = min(opened(folder, read_only=read_only) for _ in range(3))
                print(f"opening {'to read' if read_only else 'to write'}: {seconds * 1000:.0f} ms")


if __name__ == "__main__":
    main()
