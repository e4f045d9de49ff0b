"""Reads the tables of data/ row by row and refuses what is malformed.

Takes the path of a CSV file; gives the rows as frozen dataclasses, or a ``KnowledgeError`` with file
and line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from diplograph.errors import KnowledgeError
from diplograph.knowledge.names import key
from diplograph.knowledge.rows import (
    Gathering,
    Membership,
    OfficeWords,
    Organisation,
    Place,
    Series,
    Vacancy,
)
from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

Row = TypeVar("Row")
Cells = Mapping[str, str]
_PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def table(
    path: Path,
    make: Callable[[Cells], tuple[str, Row]],
    references: Mapping[str, Container[str]] | None = None,
) -> dict[str, Row]:
    """Every row of a file by its id.

    Args:
        path: The CSV file, with a header.
        make: Turns the cells of a line into an id and a row; raises ValueError if they are malformed.
        references: For a column, the ids that its cells may name.

    Raises:
        KnowledgeError: At the first line that is malformed; nothing is half-loaded.
    """
    rows: dict[str, Row] = {}
    for line, cells in _lines(path):
        try:
            name, row = make(cells)
            _refer(cells, references or {})
        except (ValueError, KeyError) as fault:
            missing = f"there is no column {fault}" if isinstance(fault, KeyError) else str(fault)
            raise KnowledgeError(str(path), line, missing) from fault
        if name in rows:
            raise KnowledgeError(str(path), line, f"the id {name!r} occurs twice; remove one of the rows")
        rows[name] = row
    return rows


def _refer(cells: Cells, references: Mapping[str, Container[str]]) -> None:
    """Refuse a cell that names an unknown id."""
    for column, known in references.items():
        if cells[column] and cells[column] not in known:
            raise ValueError(f"{cells[column]!r} in column {column!r} is not known; add its row first")


def _lines(path: Path) -> Iterator[tuple[int, Cells]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, None)
            if not header:
                raise KnowledgeError(
                    str(path), 1, "the file is empty; build it with scripts/gazetteer/build.py"
                )
            width = len(header)
            for cells in reader:
                if len(cells) != width:
                    found = f"{len(cells)} cells where the header names {width}; quote cells that hold commas"
                    raise KnowledgeError(str(path), reader.line_num, found)
                yield reader.line_num, dict(zip(header, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise KnowledgeError(str(path), 1, f"cannot be read: {fault}") from fault


def state(cells: Cells) -> tuple[str, State]:
    """A row of states.csv."""
    period = _period(cells)
    return _id(cells), State(
        id=cells["id"],
        name=_filled(cells, "name"),
        aliases=_several(cells["aliases"]),
        adjectives=_several(cells["adjectives"]),
        demonyms=_several(cells["demonyms"]),
        capitals=_several(cells["capitals"]),
        metonyms=_several(cells["metonyms"]),
        start=period[0],
        end=period[1],
        official_name=cells["official_name"],
        native_names=_several(cells["native_names"]),
        former_capitals=_dated(cells, "former_capitals"),
        former_names=_dated(cells, "former_names"),
        seats=_several(cells["seats"]),
        weak_aliases=_several(cells["weak_aliases"]),
        ambiguous=_several(cells["ambiguous"]),
        kind=cells["kind"],
        sovereign=cells["sovereign"] or None,
        successors=_several(cells["successor"]),
        line=cells.get("line") or None,
        government=_several(cells["government"]),
        leader=_several(cells["leader"]),
        iso2=cells["iso2"],
        cow=cells["cow"],
        gec=cells["gec"],
        un_member=cells["un_member"],
        region=cells["region"],
        lat=_number(cells["lat"]),
        lon=_number(cells["lon"]),
        source=cells["source"],
        as_of=cells["as_of"],
    )


def tenure(cells: Cells) -> tuple[str, Tenure]:
    """A row of tenures.csv."""
    period = _period(cells)
    return _id(cells), Tenure(
        id=cells["id"],
        person=_filled(cells, "person"),
        name=_filled(cells, "name"),
        surname=_filled(cells, "surname"),
        state=_filled(cells, "state"),
        office=_filled(cells, "office"),
        title=cells["title"],
        role=cells["role"],
        aliases=_several(cells["aliases"]),
        start=period[0],
        end=period[1],
        acting=cells["acting"] == "yes",
        source=_filled(cells, "source"),
        name_order=cells["name_order"],
        as_of=cells["as_of"],
        note=cells["note"],
    )


def organisation(cells: Cells) -> tuple[str, Organisation]:
    """A row of organisations.csv."""
    return _id(cells), Organisation(
        id=cells["id"],
        name=_filled(cells, "name"),
        acronym=cells["acronym"],
        aliases=_several(cells["aliases"]),
        kind=cells["kind"],
        seat=cells["seat"],
        members=tuple(_membership(member) for member in _several(cells["members"])),
        ambiguous=_several(cells["ambiguous"]),
        source=cells["source"],
        as_of=cells["as_of"],
    )


def series(cells: Cells) -> tuple[str, Series]:
    """A row of series.csv."""
    return _id(cells), Series(
        id=cells["id"],
        name=_filled(cells, "name"),
        aliases=_several(cells["aliases"]),
        organisation=cells["organisation"] or None,
        source=cells["source"],
        as_of=cells["as_of"],
    )


def gathering(cells: Cells) -> tuple[str, Gathering]:
    """A row of gatherings.csv."""
    period = _period(cells)
    return _id(cells), Gathering(
        id=cells["id"],
        series=_filled(cells, "series"),
        series_name=cells["series_name"],
        name=_filled(cells, "name"),
        aliases=_several(cells["aliases"]),
        place=cells["place"],
        state=cells["state"] or None,
        start=period[0],
        end=period[1],
        source=cells["source"],
        as_of=cells["as_of"],
    )


def place(cells: Cells) -> tuple[str, Place]:
    """A row of places.csv."""
    return _id(cells), Place(
        id=cells["id"],
        name=_filled(cells, "name"),
        aliases=_several(cells["aliases"]),
        state=cells["state"] or None,
        kind=cells["kind"],
        lat=_number(cells["lat"]),
        lon=_number(cells["lon"]),
        population=int(cells["population"] or 0),
        within=cells["within"] or None,
        ambiguous=cells["ambiguous"] == "yes",
        source=cells["source"],
        as_of=cells["as_of"],
    )


def vacancy(cells: Cells) -> tuple[str, Vacancy]:
    """A row of vacancies.csv."""
    _period(cells)
    filled = {
        column: _filled(cells, column) for column in ("id", "state", "office", "start", "end", "reason")
    }
    return filled["id"], Vacancy(**filled, source=cells["source"])


def office_words(cells: Cells) -> tuple[str, OfficeWords]:
    """A row of offices.csv."""
    row = OfficeWords(
        words=_filled(cells, "words"),
        states=_several(cells["states"]),
        offices=_several(cells["offices"]),
        role=cells["role"] or None,
        home=cells["home"] or None,
    )
    if row.words != key(row.words):
        raise ValueError(f"{row.words!r} must be written as it is compared: {key(row.words)!r}")
    if not (row.offices or row.role):
        raise ValueError(f"{row.words!r} means no office; fill the column 'offices' or 'role'")
    return f"{row.words} {cells['states']}".strip(), row


def _id(cells: Cells) -> str:
    return _filled(cells, "id")


def _filled(cells: Cells, column: str) -> str:
    value = cells[column]
    if not value:
        raise ValueError(f"the column {column!r} is empty; fill it or remove the row")
    return value


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _dated(cells: Cells, column: str) -> tuple[str, ...]:
    """Values with the time of each: ``Bonn@1949-05-23/1990-10-03``; one's own table may lack the column."""
    found = _several(cells.get(column, ""))
    for entry in found:
        value, _, period = entry.partition("@")
        start, slash, end = period.partition("/")
        if not (value and start and slash):
            raise ValueError(f"{entry!r} in column {column!r} is not of the form NAME@START/END")
        _period({"start": start, "end": end})
    return found


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _membership(text: str) -> Membership:
    state_id, _, period = text.partition("@")
    start, _, end = period.partition("/")
    for bound in (start, end):
        _check_date(bound)
    return Membership(state=state_id, start=start or None, end=end or None)


def _period(cells: Cells) -> tuple[str | None, str | None]:
    start, end = cells["start"], cells["end"]
    _check_date(start)
    _check_date(end)
    # Whole dates compare as text; only partial ones need the calendar.
    if start and end and end < start and last_day(end) < first_day(start):
        raise ValueError(f"ends on {end}, before it starts on {start}; correct one of them")
    return start or None, end or None


def _check_date(text: str) -> None:
    if not text:
        return
    if not _PARTIAL.fullmatch(text):
        raise ValueError(f"{text!r} is no date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    # Only the end of a month can be wrong now.
    if text[8:] > "28":
        first_day(text)
