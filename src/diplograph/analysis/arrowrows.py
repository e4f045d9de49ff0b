"""Reads rows of an Arrow table as journeys, each made when it is asked for.

Takes the columns of visits that ``arrow`` made of a table, and the table; gives a sequence of ``Journey``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from diplograph.analysis import picking
from diplograph.analysis.columns import LEVELS, STATUSES, UNITS, Visits, day
from diplograph.analysis.journeys import Journey
from diplograph.analysis.ordering import Ints
from diplograph.model import Granularity, TimeSpan

if TYPE_CHECKING:
    import pyarrow as pa

_WIDTHS = {Granularity.DAY: 10, Granularity.MONTH: 7, Granularity.YEAR: 4, Granularity.UNRESOLVED: 0}


@dataclass(frozen=True, slots=True)
class ArrowJourneys(Sequence[Journey]):
    """The rows of columns as journeys.

    Attributes:
        visits: The columns.
        table: Their table, which may tell ``edtf``, ``place`` and ``occasion``.
        people: For each row the list of people of its event, of whom those of the guest travelled; None where
            no table tells of people.
    """

    visits: Visits
    table: pa.Table
    people: Listed | None = None

    def __len__(self) -> int:
        return len(self.visits)

    def __getitem__(self, index: Any) -> Any:
        rows = np.arange(len(self))[index]
        return self.many(rows) if isinstance(index, slice) else self.many(rows[None])[0]

    def __iter__(self) -> Iterator[Journey]:
        return picking.in_blocks(self)

    def many(self, rows: Ints) -> list[Journey]:
        """The journeys of rows."""
        visits = self.visits.take(rows)
        told = [self._told(name, rows) for name in ("edtf", "place", "occasion")]
        people = self.people.many(rows) if self.people else [()] * len(rows)
        return list(map(_journey, _numbers(visits), _spans(visits, told[0]), told[1], told[2], people))

    def _told(self, name: str, rows: Ints) -> list[Any]:
        if name not in self.table.column_names:
            return [None] * len(rows)
        return list(self.table.column(name).take(rows).to_pylist())


@dataclass(frozen=True, slots=True)
class Listed:
    """People of events, for rows of which several can be of one event.

    Attributes:
        people: For each event a list of people: name, person, state and perhaps office.
        owner: For each row the position of its event.
    """

    people: Any
    owner: Ints

    def many(self, rows: Ints) -> list[Any]:
        """The people of rows."""
        return [found or () for found in self.people.take(self.owner[rows]).to_pylist()]


def _numbers(visits: Visits) -> Iterator[tuple[Any, ...]]:
    """Id, guest, host, level, status and subtype of each row."""
    states = visits.states
    columns = (visits.guest, visits.host, visits.level, visits.status, visits.subtype)
    for event, guest, host, level, status, kind in zip(
        visits.events, *(column.tolist() for column in columns), strict=True
    ):
        subtype = visits.subtypes[kind] or None
        yield event, states[guest], states[host], LEVELS[level], STATUSES[status], subtype


def _spans(visits: Visits, told: list[Any]) -> Iterator[TimeSpan]:
    """When each began, as told, or as far as bounds and unit tell."""
    known: dict[str, TimeSpan] = {}
    for text, first, unit in zip(told, visits.first.tolist(), visits.unit.tolist(), strict=True):
        edtf = text if text is not None else str(day(first) or "")[: _WIDTHS[UNITS[unit]]]
        if edtf not in known:
            known[edtf] = TimeSpan.parse(edtf)
        yield known[edtf]


def _journey(
    numbers: tuple[Any, ...], when: TimeSpan, place: str | None, occasion: str | None, people: Any
) -> Journey:
    event, guest, host, level, status, subtype = numbers
    own = [person for person in people if person["state"] == guest]
    return Journey(
        event=event,
        guest=guest,
        host=host,
        when=when,
        status=status,
        level=level,
        travellers=tuple(person.get("name") or "" for person in own),
        persons=tuple(person.get("person") or "" for person in own),
        offices=tuple(person.get("office") or "" for person in own),
        place=place,
        occasion=occasion,
        subtype=subtype,
    )
