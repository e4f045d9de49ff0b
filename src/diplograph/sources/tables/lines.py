"""Cuts a stream of bytes into rows: with their line, their place in the text and their cells.

Takes a stream and a dialect; gives ``Batch`` after ``Batch`` of rows. What is no row (a wrong encoding, a
cell without end, an archive that breaks off) is told to ``faults`` with its line, and the rest goes on.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Final, Protocol

BLOCK: Final = 4_000_000
LONGEST: Final = 1_000_000
"""Characters of a row; what is longer is no row of event data."""
_ROWS: Final = 20_000
_HELD: Final = 16  # blocks that a single row may take while it is read
_BROKEN: Final = (EOFError, gzip.BadGzipFile, zlib.error, OSError)

Faults = Callable[[int, str], None]


class Hash(Protocol):
    """What bytes are told to as they go by."""

    def update(self, data: bytes, /) -> None:
        """Take them in."""


@dataclass(slots=True)
class Batch:
    """Rows of a table, column by column.

    Attributes:
        number: The line of each, counted from 1.
        start: Where each begins in the text, in code points.
        raw: Each as it stands in the file, without its line end.
        cells: The cells of each; None where ``raw`` is to be split at tabs.
    """

    number: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    cells: list[list[str]] | None = None

    def add(self, number: int, start: int, raw: str, cells: list[str] | None = None) -> None:
        """One more row."""
        self.number.append(number)
        self.start.append(start)
        self.raw.append(raw)
        if self.cells is not None and cells is not None:
            self.cells.append(cells)


def tabbed(lines: Iterable[tuple[int, int, str]]) -> Iterator[Batch]:
    """Lines as batches of rows that are split at tabs later."""
    batch = Batch()
    for number, start, line in lines:
        if line:
            batch.add(number, start, line)
            if len(batch.number) == _ROWS:
                yield batch
                batch = Batch()
    yield batch


def quoted(
    lines: Iterable[tuple[int, int, str]], delimiter: str, width: int | None, faults: Faults
) -> Iterator[Batch]:
    """Lines as batches of rows whose cells may be quoted and run over several lines.

    A quote that is never closed swallows what follows it: its line is set aside, and reading goes on after
    it.

    Args:
        lines: Number, start and text of each line.
        delimiter: What stands between cells.
        width: Cells that a row must have; None lets the first row tell.
        faults: Told of what is no row.
    """
    source = _Again(lines)
    reader = csv.reader(source, delimiter=delimiter)
    allowed = csv.field_size_limit(LONGEST)
    batch = Batch(cells=[])
    try:
        while True:
            source.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as wrong:
                faults(source.taken[0][0], f"no row of a table ({wrong})")
                source.back()
                continue
            number, start, _ = source.taken[0]
            width = width or len(cells)
            if len(source.taken) > 1 and len(cells) != width:
                faults(number, "a quote that is never closed")
                source.back()
                continue
            if cells:
                batch.add(number, start, "\n".join(text for _, _, text in source.taken), cells)
            if len(batch.number) == _ROWS:
                yield batch
                batch = Batch(cells=[])
    finally:
        csv.field_size_limit(allowed)
    yield batch


class _Again:
    """Lines for the CSV reader, which can be given back."""

    def __init__(self, lines: Iterable[tuple[int, int, str]]) -> None:
        self.lines = iter(lines)
        self.waiting: deque[tuple[int, int, str]] = deque()
        self.taken: list[tuple[int, int, str]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.lines)
        self.taken.append(line)
        return f"{line[2]}\n"

    def back(self) -> None:
        """All but the first line taken are read again."""
        self.waiting.extendleft(reversed(self.taken[1:]))


def lines(
    stream: BinaryIO, faults: Faults, digest: Hash, *, legacy: str | None = None
) -> Iterator[tuple[int, int, str]]:
    """Number, start in code points, and text of each line of a stream.

    Args:
        stream: The bytes.
        faults: Told of lines that are too long or in another encoding, and of an archive that breaks off.
        digest: Is told all bytes.
        legacy: The encoding of lines that are no UTF-8; without it they are set aside.
    """
    number, start = 0, 0
    for block, broken in _blocks(stream, digest):
        whole = _decoded(block)
        for line in block.split(b"\n") if whole is None else whole.split("\n"):
            number += 1
            text = _text(line, number, faults, legacy) if isinstance(line, bytes) else line
            length = len(text) if text is not None else len(line)
            if text is not None and length > LONGEST:
                faults(number, f"a row of more than {LONGEST:,} characters")
            elif text is not None and not broken:
                yield number, start, text.removesuffix("\r")
            start += length + 1
        if broken:
            faults(number, f"the file breaks off here ({broken}); what stands before is kept")


def _decoded(block: bytes) -> str | None:
    try:
        return block.decode("utf-8-sig" if block.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        return None


def _text(line: bytes, number: int, faults: Faults, legacy: str | None) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if legacy:
            return line.decode(legacy)
        faults(number, f"no UTF-8 (byte 0x{line[wrong.start]:02x})")
        return None


def _blocks(stream: BinaryIO, digest: Hash) -> Iterator[tuple[bytes, str]]:
    """Whole lines at a time, without the last line end; beside a line that is cut off, why."""
    rest: list[bytes] = []
    broken = ""
    while not broken:
        block, broken = _block(stream)
        if not block:
            break
        digest.update(block)
        head, end, tail = block.rpartition(b"\n")
        if end:
            yield b"".join([*rest, head]), ""
            rest = [tail]
        elif len(rest) < _HELD:
            # Beyond that it is no row anyway, and is not kept.
            rest.append(block)
    if any(rest) or broken:
        yield b"".join(rest), broken


def _block(stream: BinaryIO) -> tuple[bytes, str]:
    """As much as there is up to a size; beside it why there is no more, if the file breaks off."""
    # An archive gives what it can only to who asks for little at a time.
    read = getattr(stream, "read1", stream.read)
    found: list[bytes] = []
    size = 0
    try:
        while size < BLOCK and (piece := read(BLOCK)):
            found.append(piece)
            size += len(piece)
    except _BROKEN as wrong:
        return b"".join(found), str(wrong) or type(wrong).__name__
    return b"".join(found), ""


def sheet(rows: Iterable[list[Any]], digest: Hash) -> Iterator[Batch]:
    """Rows of a spreadsheet as batches; the text of a row is its cells with tabs between them."""
    batch, start = Batch(cells=[]), 0
    for number, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row]
        raw = "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells)
        digest.update(raw.encode())
        if any(cells):
            batch.add(number, start, raw, cells)
        start += len(raw) + 1
        if len(batch.number) == _ROWS:
            yield batch
            batch = Batch(cells=[])
    yield batch


def _cell(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
