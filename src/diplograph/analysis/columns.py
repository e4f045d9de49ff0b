"""Holds visits as columns: the form in which the measures of this room compute, a million rows at a time.

A row is a journey (one guest state, one host state) and keeps its event id. Days are day numbers as
``date.toordinal`` counts them; ``first`` and ``last`` bound the day on which the visit began, and are the
same where it is known. Undated rows have ``first`` = ``last`` = ``UNDATED``.

Takes events (``of_events``), journeys (``of_journeys``) or a Parquet or Arrow table (``arrow.of_table``);
gives ``Visits``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from diplograph.analysis import journeys as travel
from diplograph.analysis import levels
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.errors import UnknownPluginError
from diplograph.model import Event, Granularity, Status

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

UNDATED: Final = -1
LEVELS: Final = tuple(Level)
STATUSES: Final = tuple(Status)
UNITS: Final = tuple(Granularity)

# A packed sort key: 22 bits hold any day number to the year 9999, 10 bits the width of a span up to a year.
DAY_BITS: Final = 22
WIDTH_BITS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Journeys as columns of equal length.

    Attributes:
        states: Codes of the states, sorted; ``guest`` and ``host`` are positions in it.
        guest: The state that travels.
        host: The state visited.
        first: The earliest day on which it can have begun.
        last: The latest.
        unit: Position in ``UNITS``: what its start is known to.
        level: Position in ``LEVELS``.
        status: Position in ``STATUSES``.
        gathering: Whether it was to a gathering.
        subtype: Position in ``subtypes``.
        subtypes: Names of the kinds of visit; ``""`` where none is told.
        events: Event ids.
    """

    states: tuple[str, ...]
    guest: Ints
    host: Ints
    first: Ints
    last: Ints
    unit: Ints
    level: Ints
    status: Ints
    gathering: Flags
    subtype: Ints
    subtypes: tuple[str, ...]
    events: Sequence[str]

    def __len__(self) -> int:
        return len(self.guest)

    @property
    def dated(self) -> Flags:
        """Which rows have a date of any kind."""
        flags: Flags = self.first != UNDATED
        return flags

    @property
    def dyad(self) -> Ints:
        """A number for each pair of states, whichever way."""
        low, high = np.minimum(self.guest, self.host), np.maximum(self.guest, self.host)
        return low * len(self.states) + high

    @property
    def way(self) -> Ints:
        """A number for each direction: the two of a dyad differ in the lowest bit."""
        return self.dyad * 2 + (self.guest > self.host)

    def pair(self, dyad: int) -> tuple[str, str]:
        """The codes of a dyad's number, in alphabetical order."""
        low, high = divmod(int(dyad), len(self.states))
        return self.states[low], self.states[high]

    def take(self, rows: Ints | Flags) -> Visits:
        """The rows at positions, or those of a mask."""
        chosen = np.arange(len(self))[rows]
        kept = {name: getattr(self, name)[chosen] for name in COLUMNS}
        return replace(self, events=Picked.of(self.events, chosen), **kept)


COLUMNS: Final = ("guest", "host", "first", "last", "unit", "level", "status", "gathering", "subtype")


@dataclass(frozen=True, slots=True)
class Picked(Sequence[str]):
    """Some rows of a sequence of ids, which is not copied: ids are read only where a figure is asked for."""

    given: Sequence[str]
    rows: Ints

    @classmethod
    def of(cls, given: Sequence[str], rows: Ints) -> Picked:
        """The rows of a sequence; rows of rows are rows of the first."""
        return cls(given.given, given.rows[rows]) if isinstance(given, Picked) else cls(given, rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self.given[int(row)] for row in self.rows[index]]
        return self.given[int(self.rows[index])]


def of_events(events: Iterable[Event], *, statuses: Collection[Status] = travel.HELD) -> Visits:
    """The visits among events as columns, in the order of ``journeys.journeys``."""
    return of_journeys(travel.journeys(events, statuses=statuses))


def of_journeys(found: Iterable[Journey]) -> Visits:
    """Journeys as columns, in the order given."""
    rows = list(found)
    states = tuple(sorted({code for journey in rows for code in (journey.guest, journey.host)}))
    subtypes = ("", *sorted({journey.subtype for journey in rows if journey.subtype}))
    place = {code: number for number, code in enumerate(states)}
    kind = {name: number for number, name in enumerate(subtypes)}
    bounds = [_bounds(journey) for journey in rows]
    return Visits(
        states=states,
        guest=ints(place[journey.guest] for journey in rows),
        host=ints(place[journey.host] for journey in rows),
        first=ints(first for first, _ in bounds),
        last=ints(last for _, last in bounds),
        unit=ints(UNITS.index(journey.when.granularity) for journey in rows),
        level=ints(LEVELS.index(journey.level) for journey in rows),
        status=ints(STATUSES.index(journey.status) for journey in rows),
        gathering=np.array([journey.multilateral for journey in rows], dtype=np.bool_),
        subtype=ints(kind[journey.subtype or ""] for journey in rows),
        subtypes=subtypes,
        events=[journey.event for journey in rows],
    )


def chosen(
    visits: Visits,
    *,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Visits:
    """The rows that pass the filters of ``journeys.journeys``."""
    kept: Flags = np.array([each in level for each in LEVELS])[visits.level]
    kept &= multilateral | ~visits.gathering
    if as_of is not None:
        kept &= visits.first <= as_of.toordinal()
    return visits if kept.all() else visits.take(kept)


def ints(values: Iterable[int]) -> Ints:
    """Whole numbers as a column."""
    return np.fromiter(values, dtype=np.int64)


def _bounds(journey: Journey) -> tuple[int, int]:
    if not journey.dated:
        return UNDATED, UNDATED
    return journey.when.earliest_start().toordinal(), journey.when.latest_start().toordinal()


def in_sequence(visits: Visits) -> Flags:
    """Which rows can be put in sequence: known to the month at least, and not told twice.

    The rule of ``journeys.sequence``: a visit known to the month only, in which the same guest made one to
    the same host that is known to the day, is taken for that one told loosely.
    """
    exact = visits.unit == UNITS.index(Granularity.DAY)
    loose = visits.unit == UNITS.index(Granularity.MONTH)
    days = np.sort(_at(visits.way[exact], visits.first[exact]))
    start = np.searchsorted(days, _at(visits.way[loose], visits.first[loose]), side="left")
    stop = np.searchsorted(days, _at(visits.way[loose], visits.last[loose]), side="right")
    kept: Flags = exact.copy()
    kept[np.flatnonzero(loose)[start == stop]] = True
    return kept


def _at(group: Ints, day: Ints) -> Ints:
    return (group << DAY_BITS) | day


def order(group: Ints, first: Ints, last: Ints, events: Sequence[str] | None, guest: Ints) -> Ints:
    """Positions of dated rows sorted by group, bounds, event id and guest.

    Ids are text and slow to sort, so they are read only for rows that nothing else tells apart; without ids
    such rows keep the order in which they were given.
    """
    width = last - first
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    if int(width.max()) >= 1 << WIDTH_BITS or int(group.max()) >= 1 << (63 - DAY_BITS - WIDTH_BITS):
        sort = np.lexsort((last, first, group))
        tied = _same(group[sort]) & _same(first[sort]) & _same(last[sort])
    else:
        packed = (_at(group, first) << WIDTH_BITS) | width
        sort = np.argsort(packed, kind="stable")
        tied = _same(packed[sort])
    return sort if events is None else _untied(sort, tied, events, guest)


def _same(column: Ints) -> Flags:
    """For each row but the first, whether it equals the one before."""
    return np.concatenate(([False], column[1:] == column[:-1]))


def _untied(sort: Ints, tied: Flags, events: Sequence[str], guest: Ints) -> Ints:
    """Put rows that are tied with the one before in the order of event id and guest."""
    if not tied.any():
        return sort
    among = tied | np.append(tied[1:], False)
    places = np.flatnonzero(among)
    number = np.cumsum(~tied)[places]
    rows = sort[places]
    keys = [
        (int(n), events[int(row)], int(guest[row]), at)
        for at, (n, row) in enumerate(zip(number, rows, strict=True))
    ]
    sort[places] = rows[[key[3] for key in sorted(keys)]]
    return sort


def weights(visits: Visits, scheme: str = "equal") -> Floats:
    """The weight of each row in a scheme of ``data/weights.csv``: the product of its factors.

    Raises:
        UnknownPluginError: If there is no such scheme; the message lists those there are.
    """
    if scheme not in levels.schemes():
        raise UnknownPluginError("weighing scheme", scheme, levels.schemes())
    factors = levels.schemes()[scheme]
    by_level = np.array([factors.get(("level", str(level)), 1.0) for level in LEVELS])
    by_subtype = np.array([factors.get(("subtype", name), 1.0) for name in visits.subtypes])
    by_occasion = np.array([factors.get(("occasion", name), 1.0) for name in ("none", "gathering")])
    product: Floats = by_level[visits.level] * by_subtype[visits.subtype]
    product *= by_occasion[visits.gathering.astype(np.int64)]
    return product


def day(number: int) -> date | None:
    """The date of a day number; None if it is ``UNDATED``."""
    return None if number == UNDATED else date.fromordinal(int(number))
