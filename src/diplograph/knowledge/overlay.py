"""A folder of the reader's own, whose tables lie over those that come with diplograph.

``over(gazetteer, folder)`` gives the gazetteer as that folder has it; ``write`` puts updates into it.
A later layer wins, row by row: the tables of the package, ``FOLDER/wikidata/*.csv`` (written by
``diplograph gazetteer update``), then ``FOLDER/*.csv`` (written by hand, and by nothing else). The file
``FOLDER/removed.csv`` (table, id, reason) takes rows out.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from diplograph import resources
from diplograph.errors import KnowledgeError
from diplograph.knowledge import reading
from diplograph.knowledge.gazetteer import Gazetteer, forget, read

UPDATES: Final = "wikidata"
REMOVED: Final = "removed"
Cells = Mapping[str, str]
# A table may speak of the rows of those before it.
_TABLES: Final[Mapping[str, tuple[Callable[[Cells], tuple[str, Any]], Mapping[str, tuple[str, ...]]]]] = {
    "states": (reading.state, {}),
    "organisations": (reading.organisation, {}),
    "series": (reading.series, {}),
    "tenures": (reading.tenure, {"state": ("states", "organisations")}),
    "gatherings": (reading.gathering, {"state": ("states",), "series": ("series",)}),
    "vacancies": (reading.vacancy, {"state": ("states",)}),
    "places": (reading.place, {"state": ("states",)}),
}


@cache
def built_in() -> Gazetteer:
    """The tables that come with diplograph, without anything over them; read once."""
    return read(resources.path("data"))


def over(base: Gazetteer, folder: Path) -> Gazetteer:
    """The gazetteer with the tables of a folder over it.

    Raises:
        KnowledgeError: If the folder is not there, holds a table that nobody knows, or a row is malformed.
    """
    _check(folder)
    merged: dict[str, dict[str, Any]] = {name: dict(getattr(base, name)) for name in _TABLES}
    for name, (make, columns) in _TABLES.items():
        for path in _layers(folder, name):
            known = {column: frozenset().union(*(merged[t] for t in ts)) for column, ts in columns.items()}
            merged[name].update(reading.table(path, make, known))
        for one in removed(folder, name):
            merged[name].pop(one, None)
    return Gazetteer(**merged)


def removed(folder: Path | None, table: str) -> frozenset[str]:
    """Ids of the rows of a table that the folder takes out.

    Raises:
        KnowledgeError: If a line names no table, or has no id.
    """
    path = folder / f"{REMOVED}.csv" if folder else None
    if path is None or not path.is_file():
        return frozenset()
    return frozenset(one for of, one in reading.table(path, _taken_out).values() if of == table)


def local_ids(folder: Path | None, table: str) -> frozenset[str]:
    """Ids of the rows of a table that were written by hand in the folder."""
    path = folder / f"{table}.csv" if folder else None
    return frozenset(row["id"] for row in rows(path)) if path and path.is_file() else frozenset()


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table as they stand, by column; an absent file has none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines, strict=True)]


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, in order."""
    with resources.path(f"data/{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))


def standing(folder: Path | None, table: str) -> dict[str, dict[str, str]]:
    """The cells of every row of a table by id, as the last layer that has it writes them."""
    paths = [resources.path(f"data/{table}.csv"), *(_layers(folder, table) if folder else ())]
    return {row["id"]: row for path in paths for row in rows(path)}


def write(folder: Path, tables: Mapping[str, Sequence[Cells]]) -> None:
    """Put updated tables into the folder; where a row is malformed or the disk is full, none is changed.

    Raises:
        KnowledgeError: If a row of theirs would not be read again.
        OSError: If the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{UPDATES}-", dir=folder))
    try:
        for name, found in tables.items():
            _write_table(draft / f"{name}.csv", columns(name), found)
            reading.table(draft / f"{name}.csv", _TABLES[name][0])
        (folder / UPDATES).mkdir(exist_ok=True)
        # Only now that each has been written and read again; a table is exchanged as a whole.
        for name in tables:
            (draft / f"{name}.csv").replace(folder / UPDATES / f"{name}.csv")
        forget()
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_table(path: Path, header: Sequence[str], found: Sequence[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for row in sorted(found, key=lambda row: row["id"]):
            writer.writerow([row.get(column, "") for column in header])


def _layers(folder: Path, table: str) -> Iterator[Path]:
    for place in (folder / UPDATES, folder):
        if (path := place / f"{table}.csv").is_file():
            yield path


def _taken_out(cells: Cells) -> tuple[str, tuple[str, str]]:
    if cells["table"] not in _TABLES or not cells["id"]:
        raise ValueError(f"name one of {', '.join(sorted(_TABLES))} in column 'table', and the id of its row")
    return f"{cells['table']} {cells['id']}", (cells["table"], cells["id"])


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise KnowledgeError(
            str(folder), 1, "this folder of your own data is not there; make it, or unset the setting 'data'"
        )
    for path in sorted((*folder.glob("*.csv"), *(folder / UPDATES).glob("*.csv"))):
        if path.stem not in (*_TABLES, REMOVED):
            known = ", ".join(f"{name}.csv" for name in (*_TABLES, REMOVED))
            raise KnowledgeError(str(path), 1, f"no table is called so; there are: {known}")
