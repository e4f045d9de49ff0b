"""Reads the hand-written tables and writes the finished ones.

Takes rows as dicts; gives CSV files that are sorted, UTF-8, and never half-written.
"""

from __future__ import annotations

import csv
import os
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
TARGET = REPOSITORY / "data"
OVERRIDES = HERE / "overrides"
SOURCES = Path(os.environ.get("DIPLOGRAPH_SOURCES", REPOSITORY.parent / "shared" / "data"))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, as dicts."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)]


def numbered(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of somebody else's CSV file with the number of the line on which each ends.

    Raises:
        ValueError: With file and line, where the file is missing, lacks a column or holds a broken row.
    """
    if not path.is_file():
        message = f"{path}: this source is not there; name its folder with --sources DIR"
        raise ValueError(message)
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            message = f"{path}:1: there is no column {', '.join(missing)}"
            raise ValueError(message)
        for cells in reader:
            if len(cells) != len(header):
                message = f"{path}:{reader.line_num}: {len(cells)} cells where the header names {len(header)}"
                raise ValueError(message)
            yield reader.line_num, dict(zip(header, cells, strict=True))


def override(name: str) -> list[dict[str, str]]:
    """The rows of one hand-written table."""
    return read(OVERRIDES / f"{name}.csv")


def write(
    name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]], target: Path = TARGET
) -> int:
    """Write <name>.csv in the folder of the target in one step; returns the number of rows.

    Raises:
        ValueError: If two rows have the same id.
    """
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    ids = [str(row["id"]) for row in ordered]
    double = sorted({one for one, other in pairwise(ids) if one == other})
    if double:
        raise ValueError(f"{name}: these ids occur twice: {double[:20]}")
    draft = target / f".{name}.csv.tmp"
    with draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([str(row.get(column, "")) for column in columns] for row in ordered)
    draft.replace(target / f"{name}.csv")
    return len(ordered)


def split(cell: str) -> list[str]:
    """The values of a cell that holds several, separated by bars."""
    return [value.strip() for value in cell.split("|") if value.strip()]


def join(values: Iterable[str]) -> str:
    """Several values in one cell, each once, in the order given."""
    return "|".join(dict.fromkeys(value.strip() for value in values if value and value.strip()))


def plain(text: str) -> str:
    """The text without accents, with straight apostrophes."""
    folded = text.replace("’", "'").replace("‘", "'").replace("ı", "i").replace("ł", "l").replace("Ł", "L")
    folded = folded.replace("ø", "o").replace("Ø", "O").replace("đ", "d").replace("Đ", "D").replace("ß", "ss")
    folded = (
        folded.replace("æ", "ae").replace("ð", "d").replace("þ", "th").replace("ə", "a").replace("Ə", "A")
    )
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits, joined by hyphens."""
    kept = "".join(
        letter if letter.isalnum() and letter.isascii() else " "
        for letter in plain(text).replace("'", "").lower()
    )
    return "-".join(kept.split())
