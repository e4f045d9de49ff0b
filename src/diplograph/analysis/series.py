"""Tells how a pair's exchange moved, year by year or month by month.

Definition: for each period, the visits a→b and b→a, other contacts and tensions that *surely* began in it,
and beside them those that *can* have begun in it; with exact dates the two are the same. The Goldstein sum
(see ``goldstein``) adds the scores of what surely fell into the period; ``a_score`` is what a did to b, where
an event has a direction, and undirected events count for both. Planned events are no part of it.
Periods without an event are there, with zeros.

Preconditions: undated events belong to no period; ``undated`` lists them.
Takes events and two states; gives a ``Series`` whose points carry event ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diplograph.analysis import goldstein, spans
from diplograph.analysis.spans import Unit
from diplograph.model import Event, EventType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many events, as bounds."""

    sure: int = 0
    at_most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of a pair.

    Attributes:
        period: ``2025`` or ``2025-08``.
        a_to_b: Visits of a to b.
        b_to_a: Visits of b to a.
        contacts: Meetings, calls and agreements that belong to no visit.
        tensions: Tensions, whoever acted.
        a_score: Goldstein sum of what a did to b.
        b_score: Goldstein sum of what b did to a.
        events: Event ids of all that can have begun in it.
    """

    period: str
    a_to_b: Count
    b_to_a: Count
    contacts: Count
    tensions: Count
    a_score: float
    b_score: float
    events: tuple[str, ...]

    @property
    def score(self) -> float:
        """What both did, undirected events counted once for each."""
        return self.a_score + self.b_score


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The periods of a pair in order; ``undated`` are the events that belong to none."""

    states: tuple[str, str]
    unit: Unit
    points: tuple[Point, ...] = ()
    undated: tuple[str, ...] = ()


def series(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    unit: Unit = Unit.YEAR,
    since: date | None = None,
    until: date | None = None,
) -> Series:
    """The series of two states.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        unit: Years or months.
        since: The first day; by default that of the first event.
        until: The last day; by default that of the last event.
    """
    shared = sorted((e for e in events if _counts(e, a, b)), key=lambda e: e.id)
    placed = [(e, found) for e in shared if (found := spans.bounds(e.facts.when, unit))]
    undated = tuple(e.id for e in shared if e.facts.when.start is None)
    first = spans.number(since, unit) if since else min((low for _, (low, _) in placed), default=0)
    last = spans.number(until, unit) if until else max((high for _, (_, high) in placed), default=-1)
    within: dict[int, list[tuple[Event, bool]]] = {}
    for event, (low, high) in placed:
        for period in range(max(low, first), min(high, last) + 1):
            within.setdefault(period, []).append((event, low == high))
    points = (_point(spans.name(p, unit), within.get(p, []), a, b) for p in spans.all_between(first, last))
    return Series(states=(a, b), unit=unit, points=tuple(points), undated=undated)


def _counts(event: Event, a: str, b: str) -> bool:
    return event.facts.status is Status.HELD and {a, b} <= set(event.facts.states)


def _point(period: str, given: list[tuple[Event, bool]], a: str, b: str) -> Point:
    def counted(kind: str) -> Count:
        sure = [certain for event, certain in given if _kind(event, a, b) == kind]
        return Count(sure=sum(sure), at_most=len(sure))

    return Point(
        period=period,
        a_to_b=counted("a"),
        b_to_a=counted("b"),
        contacts=counted("contact"),
        tensions=counted("tension"),
        a_score=_score(given, a, b),
        b_score=_score(given, b, a),
        events=tuple(event.id for event, _ in given),
    )


def _kind(event: Event, a: str, b: str) -> str:
    """``a`` or ``b`` for a visit by it to the other, ``contact``, ``tension`` or ``""``."""
    facts = event.facts
    if facts.type is EventType.VISIT:
        if a in facts.guests and facts.host == b:
            return "a"
        return "b" if b in facts.guests and facts.host == a else ""
    if facts.type is EventType.TENSION:
        return "tension"
    contact = facts.type in (EventType.MEETING, EventType.CALL, EventType.AGREEMENT)
    return "contact" if contact and event.part_of is None else ""


def _score(given: list[tuple[Event, bool]], actor: str, target: str) -> float:
    acted = (event for event, certain in given if certain and _acts(event, actor, target))
    return round(sum(goldstein.score(event) or 0.0 for event in acted), 6)


def _acts(event: Event, actor: str, target: str) -> bool:
    """Whether a state acted in an event: the guest of a visit, the actor of a tension, else all of them."""
    facts = event.facts
    if facts.type is EventType.VISIT:
        return actor in facts.guests and facts.host == target
    if facts.type is EventType.TENSION:
        return bool(facts.states) and facts.states[0] == actor
    return event.part_of is None
