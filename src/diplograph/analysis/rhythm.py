"""Tells how regular a shuttle was, when it broke, who broke it and when it was taken up again.

*Regularity* of a shuttle: the coefficient of variation of its turn-arounds, CV = σ/μ; 0 for a clock. Only
turn-arounds known to the day enter; ``coarse`` counts the others. It needs two.
*Break*: a shuttle ends when the state whose turn it was stayed out beyond the window (``late``) or when the
other travelled again instead (``repeated``); the state whose turn it was broke it in both cases. It is
*resumed* by the first leg of the pair's next shuttle. The pause runs from the last leg before to that.

Takes an ``Exchange`` of ``shuttle``; gives a ``Rhythm`` whose rows carry event ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.shuttle import Ending, Exchange, Shuttle


@dataclass(frozen=True, slots=True, kw_only=True)
class Regularity:
    """How evenly one shuttle ran.

    Attributes:
        legs: How many legs it has.
        mean: Mean turn-around in days, of those known to the day; None without any.
        cv: Their coefficient of variation; None with fewer than two.
        coarse: How many turn-arounds are known as bounds only.
        events: Event ids of the legs.
    """

    legs: int
    mean: float | None
    cv: float | None
    coarse: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One break of a pair's shuttle.

    Attributes:
        by: Code of the state whose turn it was.
        how: ``late`` or ``repeated``.
        last: The last leg before the break.
        next_visit: Event id of the visit that ended the run.
        resumed: The first leg of the next shuttle; None if there is none yet.
        pause: Days from the last leg to the resumption.
    """

    by: str
    how: Ending
    last: Journey
    next_visit: str
    resumed: Journey | None
    pause: Days | None

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids that the row rests on."""
        found = (self.last.event, self.next_visit, *([self.resumed.event] if self.resumed else []))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The shuttles of a pair and the breaks between them, in order of time."""

    states: tuple[str, str]
    shuttles: tuple[Regularity, ...]
    breaks: tuple[Break, ...]

    @property
    def broken_by(self) -> dict[str, int]:
        """How often each of the two broke it."""
        return {state: sum(row.by == state for row in self.breaks) for state in self.states}


def rhythm(exchange: Exchange) -> Rhythm:
    """The rhythm of a pair."""
    followers: Sequence[Shuttle | None] = [*exchange.shuttles[1:], None][: len(exchange.shuttles)]
    breaks = tuple(
        made
        for one, following in zip(exchange.shuttles, followers, strict=True)
        if (made := _break(one, following))
    )
    return Rhythm(
        states=exchange.states,
        shuttles=tuple(regularity(one) for one in exchange.shuttles),
        breaks=breaks,
    )


def regularity(one: Shuttle) -> Regularity:
    """How evenly a shuttle ran."""
    exact = [days.at_most for days in one.turn_arounds if days.exact]
    mean = fmean(exact) if exact else None
    return Regularity(
        legs=len(one.legs),
        mean=mean,
        cv=pstdev(exact) / mean if mean and len(exact) > 1 else None,
        coarse=len(one.turn_arounds) - len(exact),
        events=one.events,
    )


def _break(one: Shuttle, following: Shuttle | None) -> Break | None:
    if one.broken_by is None or one.next_visit is None:
        return None
    last = one.legs[-1]
    resumed = following.legs[0] if following else None
    days = travel.days_between(last.when, resumed.when) if resumed else None
    return Break(
        by=one.broken_by,
        how=one.ending,
        last=last,
        next_visit=one.next_visit,
        resumed=resumed,
        pause=Days(at_least=max(0, days.at_least), at_most=days.at_most) if days else None,
    )
