"""Holds visits as columns: the form in which the measures of this room compute, a million rows at a time.

A row is a journey (one guest state, one host state) and keeps its event id. Days are day numbers as
``date.toordinal`` counts them; ``first`` and ``last`` bound the day on which the visit began, and are the
same where it is known. Undated rows have ``first`` = ``last`` = ``UNDATED``.

Takes events (``of_events``), journeys (``of_journeys``), a Parquet or Arrow table (``arrow.of_table``) or a
store (``twin.of_store``); gives ``Visits``. Measures that take events take ``Visits`` as well, by ``held``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from diplograph.analysis import journeys as travel
from diplograph.analysis import levels
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import DAY_BITS, Flags, Floats, Ints, groups, order, placed
from diplograph.analysis.picking import Picked
from diplograph.errors import UnknownPluginError
from diplograph.model import Event, Granularity, Status

UNDATED: Final = -1
LATEST: Final = (1 << DAY_BITS) - 1
LEVELS: Final = tuple(Level)
STATUSES: Final = tuple(Status)
UNITS: Final = tuple(Granularity)


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
        journeys: The rows as journeys, which may be made only when they are asked for; none where the columns
            were made of numbers alone.
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
    journeys: Sequence[Journey] = ()

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

    def pair_of(self, row: int) -> tuple[str, str]:
        """The codes of a row's two states, in alphabetical order."""
        low, high = sorted((int(self.guest[row]), int(self.host[row])))
        return self.states[low], self.states[high]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of states between which there are visits, in alphabetical order."""
        return [self.pair(dyad) for dyad in np.unique(self.dyad).tolist()]

    def take(self, rows: Ints | Flags) -> Visits:
        """The rows at positions, or those of a mask."""
        chosen = np.arange(len(self))[rows]
        kept = {name: getattr(self, name)[chosen] for name in COLUMNS}
        told = Picked.of(self.journeys, chosen) if self.journeys else ()
        return replace(self, events=Picked.of(self.events, chosen), journeys=told, **kept)


COLUMNS: Final = ("guest", "host", "first", "last", "unit", "level", "status", "gathering", "subtype")


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
        journeys=rows,
    )


def held(
    given: Iterable[Event] | Visits,
    *,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Visits:
    """The held visits among events that pass the filters of ``journeys.journeys``; of columns, the rows."""
    visits = given if isinstance(given, Visits) else of_events(given)
    return chosen(visits, level=level, multilateral=multilateral, as_of=as_of)


def chosen(
    visits: Visits,
    *,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Visits:
    """The rows that pass the filters of ``journeys.journeys``."""
    kept = of_level(visits, level)
    kept &= multilateral | ~visits.gathering
    if as_of is not None:
        kept &= visits.first <= as_of.toordinal()
    return visits if kept.all() else visits.take(kept)


def of_level(visits: Visits, level: Collection[Level]) -> Flags:
    """Which rows have one of some levels."""
    flags: Flags = np.array([each in level for each in LEVELS])[visits.level]
    return flags


def between(visits: Visits, a: str, b: str) -> Visits:
    """The rows of a pair, whichever way."""
    return visits.take(np.isin(visits.dyad, dyads(visits, a, b)))


def dyads(visits: Visits, a: str, b: str) -> list[int]:
    """The number of a pair; none if nobody of one of the two travels."""
    if not {a, b} <= set(visits.states):
        return []
    low, high = sorted((visits.states.index(a), visits.states.index(b)))
    return [low * len(visits.states) + high]


def in_order(visits: Visits) -> Visits:
    """The rows by time and event id, undated ones last, as ``journeys.in_order`` has them."""
    (rows,) = in_groups(visits, np.zeros(len(visits), dtype=np.int64)) or [np.zeros(0, dtype=np.int64)]
    return visits.take(rows)


def in_groups(visits: Visits, group: Ints) -> list[Ints]:
    """The positions of each group, from the smallest, by time and event id; undated rows come last."""
    never = np.where(visits.dated, 0, LATEST)
    ordered = order(group, visits.first + never, visits.last + never, visits.events, visits.guest)
    return [ordered[own] for own in groups(group[ordered])]


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
    days = np.sort(placed(visits.way[exact], visits.first[exact]))
    start = np.searchsorted(days, placed(visits.way[loose], visits.first[loose]), side="left")
    stop = np.searchsorted(days, placed(visits.way[loose], visits.last[loose]), side="right")
    kept: Flags = exact.copy()
    kept[np.flatnonzero(loose)[start == stop]] = True
    return kept


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
