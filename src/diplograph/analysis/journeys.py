"""Turns events into journeys: one directed visit of one guest state to one host state.

Takes events; gives ``Journey`` rows in order of time, and the number of days between two of them as
bounds. Every measure of this room is built on these rows, so what counts as a journey is settled here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from diplograph.analysis import levels
from diplograph.analysis.levels import Level
from diplograph.model import Event, EventType, Granularity, Participant, Status, TimeSpan

HELD: Final = frozenset({Status.HELD})
AHEAD: Final = frozenset({Status.PLANNED, Status.PROPOSED, Status.POSTPONED})
EVERY_LEVEL: Final = frozenset(Level)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Days:
    """A number of days between two dates, as bounds; the same where dates are known to the day."""

    at_least: int
    at_most: int

    @property
    def exact(self) -> bool:
        """Whether the bounds leave no choice."""
        return self.at_least == self.at_most

    def __str__(self) -> str:
        """``38 days``, ``150 to 180 days``, ``at most 30 days``."""
        if self.exact:
            return f"{self.at_most} day{'' if self.at_most == 1 else 's'}"
        return (
            f"{self.at_least} to {self.at_most} days" if self.at_least > 0 else f"at most {self.at_most} days"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One guest state's visit to one host state.

    Attributes:
        event: Id of the visit it comes from.
        guest: Code of the state that travels.
        host: Code of the state visited.
        travellers: Names of those who travel for the guest, as told.
        persons: Their slugs, in the same order.
        offices: Their offices as told, in the same order; empty where none is.
        multilateral: Whether the journey was to a gathering held there.
    """

    event: str
    guest: str
    host: str
    when: TimeSpan
    status: Status
    level: Level
    travellers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    place: str | None = None
    occasion: str | None = None
    subtype: str | None = None

    @property
    def multilateral(self) -> bool:
        """Whether the journey was to a gathering held there."""
        return self.occasion is not None

    @property
    def dated(self) -> bool:
        """Whether anything fixes its time."""
        return self.when.start is not None

    @property
    def dyad(self) -> tuple[str, str]:
        """The two states, in alphabetical order."""
        return (self.guest, self.host) if self.guest < self.host else (self.host, self.guest)


def _order(journey: Journey) -> tuple[date, date, str, str]:
    """Dated journeys by their bounds, then undated ones; ties by id, so that the order never varies."""
    if not journey.dated:
        return date.max, date.max, journey.event, journey.guest
    return journey.when.earliest_start(), journey.when.latest_start(), journey.event, journey.guest


def _travellers(event: Event, guest: str) -> tuple[Participant, ...]:
    return tuple(person for person in event.facts.participants if person.state == guest)


def of_event(event: Event) -> Iterator[Journey]:
    """The journeys of one event: none unless it is a visit with a guest and a host; one for each guest."""
    facts = event.facts
    if facts.type is not EventType.VISIT:
        return
    host = facts.host or (facts.states[-1] if len(facts.states) > 1 else None)
    guests = facts.guests or tuple(state for state in facts.states[:1] if state != host)
    for guest in dict.fromkeys(guests):
        if host is None or guest == host:
            continue
        people = _travellers(event, guest)
        yield Journey(
            event=event.id,
            guest=guest,
            host=host,
            when=facts.when,
            status=facts.status,
            level=levels.highest(person.office for person in people),
            travellers=tuple(person.name for person in people),
            persons=tuple(person.person for person in people),
            offices=tuple(person.office or "" for person in people),
            place=facts.place.name if facts.place else None,
            occasion=facts.occasion.name if facts.occasion else None,
            subtype=facts.subtype,
        )


def _loose_day(journey: Journey) -> bool:
    return journey.dated and journey.when.granularity is not Granularity.DAY


def sequence(found: Iterable[Journey]) -> tuple[Journey, ...]:
    """The journeys that can be put in sequence: known to the month at least, and not told twice.

    A journey known to the month only, in which the same guest made one to the same host that is known to the
    day, is taken for that one told loosely. Measures of sequence leave it out; counts do not.
    """
    given = in_order(found)
    days: dict[tuple[str, str], list[Journey]] = {}
    for j in given:
        if j.when.granularity is Granularity.DAY:
            days.setdefault((j.guest, j.host), []).append(j)
    return tuple(
        j
        for j in given
        if j.when.granularity in (Granularity.DAY, Granularity.MONTH)
        and not (_loose_day(j) and any(_perhaps_same(j, other) for other in days.get((j.guest, j.host), ())))
    )


def _perhaps_same(loose: Journey, exact: Journey) -> bool:
    return loose.when.earliest_start() <= exact.when.earliest_start() <= loose.when.latest_start()


def in_order(found: Iterable[Journey]) -> tuple[Journey, ...]:
    """Journeys sorted by time; undated ones last."""
    return tuple(sorted(found, key=_order))


def begun(journey: Journey, as_of: date | None) -> bool:
    """Whether a journey can have begun by a day; an undated one can."""
    return as_of is None or not journey.dated or journey.when.earliest_start() <= as_of


def journeys(
    events: Iterable[Event],
    *,
    statuses: Collection[Status] = HELD,
    level: Collection[Level] = EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> tuple[Journey, ...]:
    """The journeys that pass the filters, in order of time; undated ones last.

    Args:
        events: Events of any kind; all but visits are passed over.
        statuses: Which statuses count.
        level: Which levels of traveller count.
        multilateral: Whether journeys to a gathering count.
        as_of: Leave out journeys that cannot have begun by that day; undated ones stay.
    """
    found = (
        journey
        for event in events
        for journey in of_event(event)
        if journey.status in statuses
        and journey.level in level
        and (multilateral or not journey.multilateral)
        and begun(journey, as_of)
    )
    return in_order(found)


def recoded(found: Iterable[Journey], codes: Mapping[str, tuple[str, str]]) -> tuple[Journey, ...]:
    """The journeys between partners as a table of event data told them apart; others are left out.

    A state can have had several codes there (``czech-republic``, ``czechia``), and figures that others
    computed from the table are counts of its codes.

    Args:
        found: Journeys.
        codes: Event id → codes of guest and host.
    """
    return tuple(
        replace(journey, guest=codes[journey.event][0], host=codes[journey.event][1])
        for journey in found
        if journey.event in codes
    )


def between_states(found: Iterable[Journey], a: str, b: str) -> tuple[Journey, ...]:
    """Those of the journeys that go from the one state to the other."""
    return tuple(journey for journey in found if {journey.guest, journey.host} == {a, b})


def by_dyad(found: Iterable[Journey]) -> dict[tuple[str, str], list[Journey]]:
    """The journeys of each pair of states; pairs sorted, journeys in the order given."""
    pairs: dict[tuple[str, str], list[Journey]] = {}
    for journey in found:
        pairs.setdefault(journey.dyad, []).append(journey)
    return dict(sorted(pairs.items()))


def days_between(earlier: TimeSpan, later: TimeSpan) -> Days | None:
    """Days from the first day of one span to the first day of another; None if either is unresolved.

    Starts are compared because ends are told less often. Where dates are coarse these are the bounds that
    they allow, so ``at_least`` is negative where the order of the two is not certain.
    """
    if earlier.start is None or later.start is None:
        return None
    low = (later.earliest_start() - earlier.latest_start()).days
    high = (later.latest_start() - earlier.earliest_start()).days
    return Days(at_least=low, at_most=high)


def days_since(when: TimeSpan, as_of: date) -> Days | None:
    """Days from the first day of a span to a day; None if the span is unresolved or lies after it."""
    if when.start is None or when.earliest_start() > as_of:
        return None
    return Days(
        at_least=max(0, (as_of - when.latest_start()).days), at_most=(as_of - when.earliest_start()).days
    )


def ids(found: Sequence[Journey]) -> tuple[str, ...]:
    """The event ids of journeys, each once, in order."""
    return tuple(dict.fromkeys(journey.event for journey in found))
