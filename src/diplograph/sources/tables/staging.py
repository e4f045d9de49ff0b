"""Holds the rows of one file of event data in columns, on disk where there are many, while they are understood.

``Staging(path, format)`` reads the file once; its tables are ``cells`` (a row for each row of the file that
has the right shape) and ``aside`` (line and reason of every other). Nothing here makes a Python object for a
cell of a tab-separated file.
"""

# ruff: noqa: E501, S608 - SQL stands in lines of its own; it is built of our own names, values come as columns

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from diplograph.errors import MissingExtraError, SourceError
from diplograph.sources.tables import lines, quadruples
from diplograph.sources.tables.formats import CELLS, Format
from diplograph.sources.tables.lines import Batch
from diplograph.sources.tables.opening import Member, members

if TYPE_CHECKING:
    import duckdb

MEMORY: Final = "400MB"
_ACTOR: Final = ("name", "kind", "land", "office")
_KEPT: Final = tuple(cell for cell in CELLS if cell[:2] not in ("a_", "b_") or cell in ("a_code", "b_code"))
_FILES: Final = 1 << 40  # rows of the n-th table of an archive are numbered from n times this


def connect(folder: Path | None = None, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """A database of columns; in a folder it spills what does not fit into memory.

    Raises:
        MissingExtraError: If DuckDB is not installed.
    """
    try:
        import duckdb
        import pyarrow as pa
    except ImportError as missing:
        raise MissingExtraError("event data", "data") from missing
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit='{memory}'; SET threads=1; SET preserve_insertion_order=false")
    if folder:
        told = str(folder).replace("'", "''")
        connection.execute(f"SET temp_directory='{told}'")
    pa.set_memory_pool(pa.system_memory_pool())
    return connection


class Staging:
    """One file of event data in columns.

    Args:
        path: The file.
        form: Its format.
        since: For quadruples of numbers, the day that hour 0 is on.
        most: Stop after so many rows; None reads all.

    Attributes:
        con: The database.
        digest: SHA-256 of the bytes, unpacked.
        total: Rows read.

    Raises:
        SourceError: If the file cannot be opened, or its header is not one of the format.
    """

    def __init__(
        self, path: Path, form: Format, *, since: str | None = None, most: int | None = None
    ) -> None:
        self.path, self.form, self._since, self._most = path, form, since, most
        self._folder = tempfile.TemporaryDirectory(prefix="diplograph-")
        self.con = connect(Path(self._folder.name))
        self._hash = hashlib.sha256()
        self.total = 0
        self._offset = 0
        self.names: list[str] = []
        columns = ", ".join(f'"{cell}" VARCHAR' for cell in _KEPT)
        self.con.execute(f"""
            CREATE TABLE cells (r BIGINT, c0 BIGINT, raw VARCHAR, a_key VARCHAR, b_key VARCHAR, {columns});
            CREATE TABLE aside (r BIGINT, reason VARCHAR)
        """)
        try:
            for member in members(path):
                self._take(member)
        except BaseException:
            self.close()
            raise

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, unpacked."""
        return self._hash.hexdigest()

    def where(self, row: int) -> str:
        """File and line of a row, as ``file:line``."""
        return f"{self.names[row // _FILES]}:{row % _FILES}"

    def count(self, table: str) -> int:
        """How many rows one of its tables has."""
        return int(self.con.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    def counted(self) -> dict[str, int]:
        """How many rows were set aside, by reason, the most frequent first."""
        told = self.con.sql("SELECT reason, count(*) n FROM aside GROUP BY 1 ORDER BY n DESC, reason")
        return dict(told.fetchall())

    def examples(self, each: int = 3) -> list[tuple[str, str]]:
        """The first rows set aside for each reason, as place and reason."""
        told = self.con.execute(
            "SELECT r, reason FROM aside QUALIFY row_number() OVER (PARTITION BY reason ORDER BY r) <= ? "
            "ORDER BY reason, r",
            [each],
        )
        return [(self.where(row), reason) for row, reason in told.fetchall()]

    def set_aside(self) -> Iterator[tuple[str, str]]:
        """Every row set aside, as place and reason, in order."""
        told = self.con.execute("SELECT r, reason FROM aside ORDER BY r, reason")
        while block := told.fetchmany(10_000):
            yield from ((self.where(row), reason) for row, reason in block)

    def close(self) -> None:
        """Let go of the columns."""
        self.con.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, member: Member) -> None:
        base = len(self.names) * _FILES
        self.names.append(member.name)
        faults: list[tuple[int, str]] = []
        batches = self._batches(member, faults)
        first = next(batches, Batch())
        form, header = self.form, _header(first)
        if not first.number:
            raise SourceError(f"{member.name}: the file is empty; give one with rows in it")
        if form is quadruples.FORMAT and header[1].isdigit():
            form = self._numbered()
        positions = form.positions(member.name, header)
        width = len(header) if form.header else len(form.columns)
        if form.header:
            first = _without_first(first)
        if form.name == "quadruples" and len(header) == width + 1:
            width += 1  # some data sets carry a fifth column, which is always 0
        insert = _insert(form, positions, width, base)
        for batch in chain([first], batches):
            self._load(batch, insert, base, width)
            if self._most and self.total >= self._most:
                break
        self.con.executemany(
            "INSERT INTO aside VALUES (?, ?)", [[base + n, why] for n, why in faults] or [[-1, ""]]
        )
        self.con.execute("DELETE FROM aside WHERE r < 0")
        self.total += len(faults)

    def _batches(self, member: Member, faults: list[tuple[int, str]]) -> Iterator[Batch]:
        def fault(line: int, why: str) -> None:
            faults.append((line, why))

        if member.rows is not None:
            return lines.sheet(member.rows, self._hash)
        assert member.stream is not None, "a table has rows or bytes"
        told = lines.lines(member.stream, fault, self._hash, legacy=self.form.legacy)
        if self.form.delimiter == "\t":
            return lines.tabbed(told)
        width = None if self.form.header else len(self.form.columns)
        return lines.quoted(told, self.form.delimiter, width, fault)

    def _numbered(self) -> Format:
        for table in ("entity2id", "relation2id"):
            pairs = quadruples.names(self.path.parent / f"{table}.txt")
            self.con.execute(f"CREATE OR REPLACE TABLE {table} (id VARCHAR, name VARCHAR)")
            self.con.executemany(f"INSERT INTO {table} VALUES (?, ?)", pairs)
        return quadruples.numbered(self._since, self.path)

    def _load(self, batch: Batch, insert: str, base: int, width: int) -> None:
        import pyarrow as pa

        if not batch.number:
            return
        columns: dict[str, Any] = {
            "n": pa.array(batch.number, pa.int64()),
            "start": pa.array(batch.start, pa.int64()),
            "raw": pa.array(batch.raw, pa.string()),
        }
        if batch.cells is not None:
            columns["f"] = pa.array(batch.cells, pa.list_(pa.string()))
        self.con.register("batch", pa.table(columns))
        cells = "f" if batch.cells is not None else "string_split(raw, chr(9))"
        self.con.execute(
            f"CREATE OR REPLACE TEMP VIEW rows AS SELECT n, start AS c0, raw, {cells} AS f FROM batch"
        )
        taken = self.con.execute(insert).fetchall()[0][0]
        self.total += len(batch.number)
        if taken == len(batch.number):
            return
        self.con.execute(
            f"INSERT INTO aside SELECT {base} + n, "
            f"'a wrong number of columns (' || len(f) || ' instead of {width})' FROM rows WHERE len(f) <> {width}"
        )


def _header(batch: Batch) -> list[str]:
    if not batch.number:
        return []
    return batch.cells[0] if batch.cells is not None else batch.raw[0].split("\t")


def _without_first(batch: Batch) -> Batch:
    cells = batch.cells[1:] if batch.cells is not None else None
    return Batch(number=batch.number[1:], start=batch.start[1:], raw=batch.raw[1:], cells=cells)


def _insert(form: Format, positions: dict[str, int], width: int, base: int) -> str:
    """The statement that understands a batch; an actor is one key, whose parts are separated by chr(31)."""
    keys = [_key([form.expression(f"{side}_{part}", positions) for part in _ACTOR]) for side in "ab"]
    told = ", ".join(form.expression(cell, positions) for cell in _KEPT)
    return f"INSERT INTO cells SELECT {base} + n, c0, raw, {', '.join(keys)}, {told} FROM rows WHERE len(f) = {width}"


def _key(parts: Iterable[str]) -> str:
    # concat passes over NULL, so a missing part leaves its place empty.
    return f"concat({', chr(31), '.join(parts)})"
