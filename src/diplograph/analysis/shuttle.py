"""Finds shuttle diplomacy: visits of two states that answer one another.

Definition: a *shuttle* is a maximal run of a dyad's visits, in order of time, in which guest and host
change places at every step and no step takes longer than the window. A visit in it is a *leg*; the days
from the first day of a leg to the first day of the next are its *turn-around*.

Not legs: a meeting in a third country or on the sidelines of a gathering (no visit of one to the other), a
visit to a gathering in the other state (unless ``multilateral=True``), a visit that was only planned, and a
visit that no date places in the sequence (undated, or known to the year only). They are given beside the
legs, not dropped.

Takes events; gives an ``Exchange`` for a dyad, or the shuttles of all dyads. Term: Kissinger's "shuttle" of
1974 was a mediator's (see ``thirdparty``); Korea and Japan have used it since 2004 for reciprocal visits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from diplograph.analysis import columns, picking, running
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import SUMMIT, Level
from diplograph.analysis.turn import Turn, whose_turn
from diplograph.model import Event, Status

__all__ = ["WINDOW", "Ending", "Exchange", "Shuttle", "Turn", "exchange", "shuttles", "whose_turn"]

WINDOW: Final = 365
"""Days within which a visit must be answered for the shuttle to go on, unless told otherwise."""


class Ending(StrEnum):
    """Why a shuttle ended where it did."""

    OPEN = "open"
    LATE = "late"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuttle:
    """One run of visits that answer one another.

    Attributes:
        states: The two states, the one that began first.
        legs: Its visits in order of time; two or more.
        turn_arounds: Days from each leg to the next; one fewer than the legs.
        certain: Whether the dates fix the order of the legs and keep every step within the window.
        ending: ``open`` if it is the last run of the dyad, ``late`` if the next visit came after the window,
            ``repeated`` if the next visit was by the same side.
        next_visit: Event id of the visit that ended it, if any.
    """

    states: tuple[str, str]
    legs: tuple[Journey, ...]
    turn_arounds: tuple[Days, ...]
    certain: bool
    ending: Ending
    next_visit: str | None = None

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the legs."""
        return travel.ids(self.legs)

    @property
    def broken_by(self) -> str | None:
        """The state whose return stayed out; None while the shuttle is open."""
        return None if self.ending is Ending.OPEN else self.legs[-1].host


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """All that a dyad's visits come to.

    Attributes:
        states: The two states, as asked.
        shuttles: Runs of two legs and more.
        single: Visits that neither answered one nor were answered within the window.
        ahead: Visits planned, proposed or postponed.
        cancelled: Visits called off.
        gatherings: Held visits to a gathering in the other state, where these are no legs.
        lower: Held visits below the level asked for.
        undated: Held visits that no date places in the sequence: undated, known to the year only, or told so
            loosely that they may be one of the legs.
    """

    states: tuple[str, str]
    shuttles: tuple[Shuttle, ...] = ()
    single: tuple[Journey, ...] = ()
    ahead: tuple[Journey, ...] = ()
    cancelled: tuple[Journey, ...] = ()
    gatherings: tuple[Journey, ...] = ()
    lower: tuple[Journey, ...] = ()
    undated: tuple[Journey, ...] = ()

    @property
    def legs(self) -> tuple[Journey, ...]:
        """The legs of all shuttles, in order of time."""
        return tuple(leg for shuttle in self.shuttles for leg in shuttle.legs)


def _ending(found: running.Runs, number: int) -> Ending:
    if found.last[number]:
        return Ending.OPEN
    return Ending.REPEATED if found.repeated[number] else Ending.LATE


def _shuttle(visits: Mapping[int, Journey], found: running.Runs, number: int) -> Shuttle:
    start, stop = int(found.start[number]), int(found.start[number] + found.length[number])
    legs = tuple(visits[at] for at in range(start, stop))
    ending = _ending(found, number)
    return Shuttle(
        states=(legs[0].guest, legs[0].host),
        legs=legs,
        turn_arounds=tuple(
            Days(at_least=int(found.least[at]), at_most=int(found.most[at])) for at in range(start + 1, stop)
        ),
        certain=bool(found.certain[number]),
        ending=ending,
        next_visit=None if ending is Ending.OPEN else visits[stop].event,
    )


def _runs(placed: Visits, window: int) -> running.Runs:
    return running.runs(placed.dyad, placed.guest, placed.first, placed.last, placed.events, window=window)


def _shuttles(placed: Visits, found: running.Runs) -> tuple[Shuttle, ...]:
    """The runs of two legs and more."""
    long = found.length > 1
    # Of each run its legs, and the visit that ended it, which stands right behind them.
    wanted = np.repeat(long, found.length)
    wanted[(found.start + found.length)[long & ~found.last]] = True
    at = np.flatnonzero(wanted)
    visits = dict(zip(at.tolist(), picking.many(placed.journeys, found.rows[at]), strict=True))
    return tuple(_shuttle(visits, found, number) for number in np.flatnonzero(long).tolist())


def _single(placed: Visits, found: running.Runs) -> tuple[Journey, ...]:
    """The visits that stand alone."""
    return tuple(picking.many(placed.journeys, found.rows[found.start[found.length == 1]]))


def exchange(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    window: int = WINDOW,
    level: Collection[Level] = SUMMIT,
    multilateral: bool = False,
    as_of: date | None = None,
) -> Exchange:
    """The visits of two states to one another, sorted into shuttles and what stands beside them.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        window: Days within which a visit must be answered.
        level: Levels of traveller that count as legs.
        multilateral: Whether a visit to a gathering in the other state is a leg.
        as_of: Leave out what had not begun by that day; what was planned stays.
    """
    every = [j for event in events for j in travel.of_event(event) if {j.guest, j.host} == {a, b}]
    found = travel.in_order(every)
    held = [j for j in found if j.status is Status.HELD and travel.begun(j, as_of)]
    high = [j for j in held if j.level in level]
    legs = [j for j in high if multilateral or not j.multilateral]
    placed = travel.sequence(legs)
    visits = columns.of_journeys(placed)
    runs = _runs(visits, window)
    return Exchange(
        states=(a, b),
        shuttles=_shuttles(visits, runs),
        single=_single(visits, runs),
        ahead=tuple(j for j in found if j.status in travel.AHEAD),
        cancelled=tuple(j for j in found if j.status is Status.CANCELLED),
        gatherings=tuple(j for j in high if j.multilateral and not multilateral),
        lower=tuple(j for j in held if j.level not in level),
        undated=tuple(j for j in legs if j not in placed),
    )


def shuttles(
    given: Iterable[Event] | Visits,
    *,
    window: int = WINDOW,
    level: Collection[Level] = SUMMIT,
    multilateral: bool = False,
    as_of: date | None = None,
) -> tuple[Shuttle, ...]:
    """The shuttles of all dyads, by dyad and then by time.

    Args:
        given: Events of any kind, or columns of visits.
        window: Days within which a visit must be answered.
        level: Levels of traveller that count as legs.
        multilateral: Whether a visit to a gathering in the other state is a leg.
        as_of: Leave out what had not begun by that day.
    """
    visits = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    placed = visits.take(columns.in_sequence(visits))
    return _shuttles(placed, _runs(placed, window))
