"""Opens files of event data: plain, gzip, zip and spreadsheets, as streams that are never read whole.

``members(path)`` gives, one after the other, the tables of a file: a name, and a stream of bytes or, for a
spreadsheet, its rows.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from diplograph.errors import MissingExtraError, SourceError

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_WORKBOOK: Final = "xl/workbook.xml"
# What accompanies tables in an archive and is none.
_NO_TABLE: Final = (".pdf", ".md", ".doc", ".docx", ".html", ".rtf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One table of a file: its name, and its bytes or, for a sheet, its rows of cells."""

    name: str
    stream: BinaryIO | None = None
    rows: Iterator[list[Any]] | None = None


def members(path: Path) -> Iterator[Member]:
    """The tables of a file, each open until the next is asked for.

    Raises:
        SourceError: If the file cannot be opened, or an archive holds no table.
        MissingExtraError: If it is a spreadsheet and python-calamine is not installed.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as wrong:
        raise SourceError(f"{path}: cannot be read ({wrong.strerror or wrong}); check the name") from wrong
    if start.startswith(_GZIP):
        with gzip.open(path, "rb") as unpacked:
            yield Member(name=str(path), stream=unpacked)  # type: ignore[arg-type]  # GzipFile reads bytes
    elif start == _ZIP:
        yield from _archived(path)
    else:
        with path.open("rb") as stream:
            yield Member(name=str(path), stream=stream)


def _archived(path: Path) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as wrong:
        raise SourceError(f"{path}: this zip archive is damaged ({wrong}); fetch it again") from wrong
    with archive:
        names = archive.namelist()
        if _WORKBOOK in names:
            yield _sheet(path)
            return
        tables = [name for name in sorted(names) if not name.endswith("/") and not _beside(name)]
        if not tables:
            raise SourceError(f"{path}: there is no table in this archive")
        for name in tables:
            with archive.open(name) as stream:
                yield Member(name=f"{path}!{name}", stream=stream)  # type: ignore[arg-type]  # ZipExtFile reads bytes


def _beside(name: str) -> bool:
    return name.lower().endswith(_NO_TABLE) or name.rpartition("/")[2].startswith((".", "__MACOSX"))


def _sheet(path: Path) -> Member:
    """The sheet called Master, or the first."""
    try:
        import python_calamine as calamine
    except ImportError as missing:
        raise MissingExtraError(f"{path}: reading a spreadsheet", "data") from missing
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name = "Master" if "Master" in book.sheet_names else book.sheet_names[0]
        return Member(name=f"{path}!{name}", rows=iter(book.get_sheet_by_name(name).iter_rows()))
    except (calamine.CalamineError, OSError, IndexError) as wrong:
        raise SourceError(f"{path}: this spreadsheet cannot be read ({wrong}); save it as CSV") from wrong
