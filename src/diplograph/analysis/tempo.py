"""Measures the rhythm of an exchange: gaps between visits, the usual gap, and breaks.

Definitions: a *gap* is the days from the first day of a dyad's visit (either way) to the first day of its
next. The *usual gap* is the median of the gaps' lower bounds. A *break* is a gap that surely exceeds
``factor`` times the usual one and ``at_least`` days; so a quick exchange is not "broken" by every pause.
The days since the last visit count as a gap that is still open (its length is a lower bound:
right-censored).

Takes events and two states; gives a ``Tempo`` whose gaps carry event ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import SUMMIT, Level
from diplograph.model import Event

FACTOR: Final = 2.0
SHORTEST_BREAK: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The time from one visit to the next.

    Attributes:
        before: The visit before it.
        after: The visit after it; None while it lasts.
        days: Its length; of an open gap, its length so far.
        broken: Whether it is a break in the rhythm.
    """

    before: Journey
    after: Journey | None
    days: Days
    broken: bool = False

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the visits around it."""
        return travel.ids([j for j in (self.before, self.after) if j])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """The rhythm of a dyad.

    Attributes:
        states: The two states, as asked.
        gaps: Closed gaps in order of time, then the open one if an as-of day was given.
        usual: The usual gap in days; None with fewer than two gaps to compare.
    """

    states: tuple[str, str]
    gaps: tuple[Gap, ...] = ()
    usual: float | None = None

    @property
    def breaks(self) -> tuple[Gap, ...]:
        """The gaps in which the rhythm was broken."""
        return tuple(gap for gap in self.gaps if gap.broken)


def _closed(visits: Sequence[Journey]) -> list[Gap]:
    gaps = []
    for before, after in pairwise(visits):
        days = travel.days_between(before.when, after.when)
        if days is not None:
            bounds = Days(at_least=max(0, days.at_least), at_most=days.at_most)
            gaps.append(Gap(before=before, after=after, days=bounds))
    return gaps


def _open(visits: Sequence[Journey], as_of: date | None) -> list[Gap]:
    if as_of is None or not visits:
        return []
    days = travel.days_since(visits[-1].when, as_of)
    return [Gap(before=visits[-1], after=None, days=days)] if days else []


def _judged(gap: Gap, threshold: float) -> Gap:
    return Gap(before=gap.before, after=gap.after, days=gap.days, broken=gap.days.at_least > threshold)


def tempo(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    level: Collection[Level] = SUMMIT,
    multilateral: bool = False,
    as_of: date | None = None,
    factor: float = FACTOR,
    at_least: int = SHORTEST_BREAK,
) -> Tempo:
    """The gaps between the held visits of two states that can be put in sequence.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: The day up to which the open gap is counted; None leaves it out.
        factor: How many usual gaps make a break.
        at_least: Days below which no gap is a break.
    """
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    visits = travel.sequence(travel.between_states(held, a, b))
    closed = _closed(visits)
    # One gap has nothing to be compared with.
    usual = float(median(gap.days.at_least for gap in closed)) if len(closed) > 1 else None
    threshold = max(at_least, factor * usual) if usual is not None else float("inf")
    gaps = [_judged(gap, threshold) for gap in closed + _open(visits, as_of)]
    return Tempo(states=(a, b), gaps=tuple(gaps), usual=usual)
