"""The files that a batch is made of: written whole or not at all, the same bytes for the same content.

Every machine of a cluster sees them in one folder. ``work/`` holds what later steps read, and ``account-*``
there says which parts are done; ``nquads/``, ``parquet/`` and ``lines/`` are what is wanted. A part that is
made twice, because a machine was lost, is written twice with the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from diplograph.store.columns import SCHEMA

if TYPE_CHECKING:
    import pyarrow as pa

WORK, QUADS, TABLES, LINES = "work", "nquads", "parquet", "lines"
DROPPED = f"{WORK}/dropped"
FOLDERS: Final = (WORK, QUADS, TABLES, LINES)
_DONE: Final = "account.json"
_LEVEL: Final = 1  # packs a third worse than 6, in a quarter of the time
_KINDS: Final = {
    "sources": {
        "id": "string", "name": "string", "url": "string", "published": "date32", "slice": "int32",
        "place": "int32", "reports": "int32", "quads": "string", "line": "string", "statements": "int64",
        "digest": "string",
    },
    "reports": {
        "id": "string", "source": "string", "slice": "int32", "place": "int32", "dyad": "string",
        "begins": "int32", "ends": "int32", "record": "string", "code": "string", "goldstein": "float64",
        "guest_code": "string", "host_code": "string",
    },
    "kept": {
        "id": "string", "name": "string", "url": "string", "published": "date32", "reports": "int32",
        "statements": "int64", "digest": "string",
    },
    "denoted": {
        "report": "string", "event": "string", "source": "string", "dyad": "string", "record": "string",
    },
}  # fmt: skip


def schema(kind: str) -> pa.Schema:
    """The columns of a kind of part; those of events are the columnar twin's."""
    import pyarrow as pa

    if kind == "events":
        return pa.schema([(name, _arrow(told)) for name, told in SCHEMA.items()])
    named = {"string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "date32": pa.date32()}
    named["float64"] = pa.float64()
    return pa.schema([(name, named[told]) for name, told in _KINDS[kind].items()])


def _arrow(told: str) -> pa.DataType:
    import pyarrow as pa

    if told.endswith("[]"):
        return pa.list_(_arrow(told[:-2]))
    if told.startswith("STRUCT("):
        fields = (field.split() for field in told[len("STRUCT(") : -1].split(", "))
        return pa.struct([(name, _arrow(kind)) for name, kind in fields])
    named = {"VARCHAR": pa.string(), "DATE": pa.date32(), "DOUBLE": pa.float64(), "INTEGER": pa.int32()}
    return named[told]


class Table:
    """A Parquet file that grows by rows or batches and appears when it is whole.

    Args:
        path: The file.
        kind: What its rows are: ``sources``, ``reports``, ``events`` and so on.
        size: Rows that are held before they are written.
    """

    def __init__(self, path: Path, kind: str, size: int = 5_000) -> None:
        import pyarrow.parquet as pq

        self._path, self._half, self._size = path, _half(path), size
        self.schema = schema(kind)
        self._rows: list[Mapping[str, Any]] = []
        self._writer = pq.ParquetWriter(self._half, self.schema, compression="zstd")

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) == self._size:
            self._flush()

    def take(self, table: pa.Table) -> None:
        """Add many rows at once."""
        self._writer.write_table(table.cast(self.schema))

    def close(self) -> None:
        """Put the file in its place."""
        self._flush()
        self._writer.close()
        self._half.replace(self._path)

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self.schema))
            self._rows = []


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """A file packed by gzip that appears when it is whole, without name and time in its head."""
    half = _half(path)
    with half.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as stream:
        yield stream  # type: ignore[misc]  # GzipFile is a file of bytes
    half.replace(path)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Lines as a packed file."""
    with packed(path) as stream:
        for line in lines:
            stream.write(f"{line}\n".encode())


def dropped(output: Path, number: int) -> frozenset[int]:
    """The places of the sources of a slice that others replace."""
    import pyarrow.parquet as pq

    found: set[int] = set()
    for path in (output / DROPPED).glob("*.parquet"):
        table = pq.read_table(path, columns=["place"], filters=[("slice", "=", number)])
        found.update(table.column("place").to_pylist())
    return frozenset(found)


def account(output: Path, name: str) -> dict[str, Any] | None:
    """What was noted of a part when it was done; None if it is not."""
    path = output / WORK / f"account-{name}.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def settle(output: Path, name: str, told: Mapping[str, Any]) -> None:
    """Note that a part is done; the last thing that is done for it."""
    path = output / WORK / f"account-{name}.json"
    half = _half(path)
    half.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    half.replace(path)


def sweep(output: Path) -> None:
    """Remove what machines that were lost left half done."""
    for half in output.glob("*/.*.half"):
        half.unlink(missing_ok=True)


def finish(output: Path, told: Mapping[str, Any]) -> None:
    """Note that the batch is done."""
    half = output / f"{_DONE}.half"
    half.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    half.replace(output / _DONE)


def is_finished(output: Path) -> bool:
    """Whether a batch is done."""
    return (output / _DONE).exists()


def undone(output: Path, names: Sequence[str]) -> list[str]:
    """Those of some parts that are not done."""
    there = {path.name for path in (output / WORK).glob("account-*.json")}
    return [name for name in names if f"account-{name}.json" not in there]


def _half(path: Path) -> Path:
    # Two machines may make one part at the same time.
    return path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}.half")
