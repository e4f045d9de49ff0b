"""Puts the parts of a batch into a store of this machine, as if their documents had been taken in one by one.

``load(output, folder)`` takes the folder of a finished batch; gives the number of sources. A server loads the
parts itself; ``docs/scaling.md`` says how.
"""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO, Final

from diplograph.batch import parts
from diplograph.errors import StoreError
from diplograph.store import bulk, inference
from diplograph.store.copies import Copies
from diplograph.store.embedded import EmbeddedEngine
from diplograph.store.engine import INFERRED
from diplograph.store.folder import open_folder
from diplograph.store.ledger import ROWS, Entry, entry_of
from diplograph.store.revision import Workplace

_PIECE: Final = 60_000_000  # bytes of text that the database is given at once
_LOADED: Final = ("evidence", "consensus", "background", "books")


def load(output: Path, folder: Path) -> int:
    """Make a store of a batch; gives the number of its sources.

    Args:
        output: The folder of the batch.
        folder: The folder of the store; it must be new or empty.

    Raises:
        StoreError: If the batch is not finished, its parts are damaged, or the folder is taken.
    """
    if not parts.is_finished(output):
        raise StoreError(f"{output} is no finished batch; run `diplograph batch` again, which goes on")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not empty; name a new folder for the store of a batch")
    entries = dict(_entries(output))
    with open_folder(folder) as store:
        # Asked for once, the twin knows that it is whole, and takes the parts as they are.
        store.columns.open()
        store.ledger.begin(entries)
        store.take_in(lambda place: _put(output, place, entries, Copies(folder / "evidence")))
        for number, path in enumerate(sorted((output / parts.TABLES).glob("events-*.parquet"))):
            shutil.copyfile(path, store.columns.part(f"batch-{number:05}"))
        store.ledger.end(entries)
        store.infer()
    return len(entries)


def _put(output: Path, place: Workplace, entries: Mapping[str, Entry], copies: Copies) -> None:
    engine = place.engine
    assert isinstance(engine, EmbeddedEngine), "a folder is kept by it"
    for path in sorted((output / parts.QUADS).glob("evidence-*.nq.gz")):
        _copy(path, entries, copies)
    for kind in _LOADED:
        for path in sorted((output / parts.QUADS).glob(f"{kind}-*.gz")):
            for piece in _pieces(path):
                engine.load_quads(piece)
    if sum(entry.quads for entry in entries.values()) <= bulk.MOST_REASONED:
        engine.load(INFERRED, [inference.ALL_STALE])
    engine.flush()


def _entries(output: Path) -> Iterator[tuple[str, Entry]]:
    import pyarrow.parquet as pq

    for path in sorted((output / parts.TABLES).glob("sources-*.parquet")):
        for row in pq.read_table(path, columns=["id", "statements", "digest"]).to_pylist():
            yield row["id"], Entry(quads=row["statements"], digest=row["digest"])


def _pieces(path: Path) -> Iterator[IO[bytes]]:
    with gzip.open(path) as text:
        while lines := text.readlines(_PIECE):
            yield io.BytesIO(b"".join(lines))


def _copy(path: Path, entries: Mapping[str, Entry], copies: Copies) -> None:
    """Keep a copy of each document's statements, and see that they are what was written."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as text:
        for graph, quads in groupby(text, key=lambda quad: quad.rsplit(" ", 2)[1]):
            source = graph.strip("<>").rpartition("/")[2]
            if entries[source].digest.startswith(ROWS):
                continue
            lines = [f"{quad.rsplit(' ', 2)[0]} ." for quad in quads]
            if entry_of(lines) != entries[source]:
                raise StoreError(f"{path}: source {source} is not as it was written; remove it and run again")
            copies.keep(source, lines)
