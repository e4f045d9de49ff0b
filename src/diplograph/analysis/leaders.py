"""Tells where new leaders go first, and what a change of leader does to an exchange.

*First trips*: for each tenure of a head of state or government, the first visits abroad that its holder is
told to have made in office, in order. A visit counts if the holder is among its named travellers and it can
have begun within the tenure.

*Effect of a change*: for each change in an office of either state, the pair's visits in the ``days`` before
and after it, and the ratio of the two rates; p is exact and two-sided, for given their sum the visits after
are binomial with ½ if nothing changed (Przyborowski and Wilenski 1940, Biometrika 31:313). Over all changes
the counts are added up. A window that other windows overlap is used all the same; a change too close to
the first event or the as-of day has no full window and is left out of the sum.

Preconditions: tenures with dates; visits whose dates let them fall on either side of a change are counted
in neither and named (``unsure``).
Takes events and tenures (of the gazetteer); gives rows with event ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis.exact import binomial
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import SUMMIT, Level
from diplograph.model import Event, State, Tenure, first_day, last_day

LEADING: Final = frozenset({"head-of-state", "head-of-government"})
AROUND: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTrip:
    """An early visit of a new leader.

    Attributes:
        tenure: Id of the tenure.
        name: Of its holder.
        state: Code of the state led.
        number: 1 for the first visit in office.
        visit: The visit.
        since: Days from taking office; None if the day is not known.
    """

    tenure: str
    name: str
    state: str
    number: int
    visit: Journey
    since: Days | None

    @property
    def events(self) -> tuple[str, ...]:
        """The event id of the visit."""
        return (self.visit.event,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A pair's visits before and after a change of leader.

    Attributes:
        state: Code of the state whose leader changed.
        day: The day on which the new one took office.
        name: Who took office.
        before: Event ids of visits in the window before.
        after: Event ids of visits in the window after.
        unsure: Event ids of visits that can lie on either side of it, or of a window's end.
        whole: Whether both windows lie within what is known.
        p: Two-sided p value; 1 without visits.
    """

    state: str
    day: date
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    unsure: tuple[str, ...]
    whole: bool
    p: float

    @property
    def events(self) -> tuple[str, ...]:
        """All event ids that the row rests on."""
        return (*self.before, *self.after, *self.unsure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """All changes of a pair added up.

    ``ratio`` is visits after over visits before; None without visits before.
    """

    changes: tuple[Change, ...]
    before: int
    after: int
    ratio: float | None
    p: float


def leading(tenures: Iterable[Tenure], states: Mapping[str, State]) -> tuple[Tenure, ...]:
    """The tenures of offices whose holder is called the state's leader at the time.

    Args:
        tenures: Who held which office.
        states: Code → state of the gazetteer: its ``leader`` names offices, each with the day from which.
    """
    return tuple(t for t in tenures if t.state in states and t.office in _offices(states[t.state], t.start))


def _offices(state: State, start: str | None) -> frozenset[str]:
    """The offices that lead a state on a day; all that ever did where the day is not known."""
    named = [entry.partition("@")[::2] for entry in state.leader]
    if start is None:
        return frozenset(office for office, _ in named)
    begun = [since for _, since in named if since <= start]
    return frozenset(office for office, since in named if begun and since == max(begun))


def first_trips(
    events: Iterable[Event],
    tenures: Iterable[Tenure],
    *,
    first: int = 1,
    roles: Collection[str] = LEADING,
    multilateral: bool = True,
    as_of: date | None = None,
) -> tuple[FirstTrip, ...]:
    """The first visits of each leader in office, by state and day of taking office.

    Args:
        events: Events of any kind.
        tenures: Who held which office.
        first: How many visits of each.
        roles: Roles of tenures that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
    """
    made: dict[tuple[str, str], list[Journey]] = {}
    for journey in travel.journeys(events, multilateral=multilateral, as_of=as_of):
        for person in journey.persons:
            made.setdefault((person, journey.guest), []).append(journey)
    rows: list[FirstTrip] = []
    for tenure in sorted(
        (t for t in tenures if t.role in roles), key=lambda t: (t.state, t.start or "", t.id)
    ):
        own = (j for j in made.get((tenure.person, tenure.state), []) if _within(j, tenure))
        rows += [_first(tenure, n, visit) for n, visit in enumerate(own, start=1) if n <= first]
    return tuple(rows)


def _within(visit: Journey, tenure: Tenure) -> bool:
    if not visit.dated or tenure.start is None:
        return False
    ended = last_day(tenure.end) if tenure.end else date.max
    return visit.when.latest_start() >= first_day(tenure.start) and visit.when.earliest_start() <= ended


def _first(tenure: Tenure, number: int, visit: Journey) -> FirstTrip:
    start = tenure.start or ""
    low = (visit.when.earliest_start() - last_day(start)).days
    high = (visit.when.latest_start() - first_day(start)).days
    return FirstTrip(
        tenure=tenure.id,
        name=tenure.name,
        state=tenure.state,
        number=number,
        visit=visit,
        since=Days(at_least=max(0, low), at_most=high),
    )


def effect(
    events: Iterable[Event],
    a: str,
    b: str,
    tenures: Iterable[Tenure],
    *,
    days: int = AROUND,
    roles: Collection[str] = LEADING,
    level: Collection[Level] = SUMMIT,
    multilateral: bool = False,
    as_of: date | None = None,
) -> Effect:
    """What changes of leader in either state do to a pair's visits.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        tenures: Who held which office; acting holders and days not known to the day are passed over.
        days: How long the windows before and after are.
        roles: Roles of tenures that count.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: The last day that is known; by default that of the last visit.
    """
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    visits = [j for j in travel.between_states(held, a, b) if j.dated]
    if not visits:
        return Effect(changes=(), before=0, after=0, ratio=None, p=1.0)
    known = visits[0].when.earliest_start(), as_of or max(j.when.latest_start() for j in visits)
    starts = sorted(
        {(t.state, t.start or "", t.name) for t in tenures if _changes(t, (a, b), roles)},
        key=lambda found: (found[1], found[0], found[2]),
    )
    changes = tuple(_change(visits, state, start, name, days, known) for state, start, name in starts)
    changes = tuple(change for change in changes if change.events or change.whole)
    before, after = (sum(len(getattr(c, side)) for c in changes if c.whole) for side in ("before", "after"))
    ratio = after / before if before else None
    return Effect(changes=changes, before=before, after=after, ratio=ratio, p=binomial(after, before + after))


def _changes(tenure: Tenure, states: tuple[str, str], roles: Collection[str]) -> bool:
    exact = tenure.start is not None and len(tenure.start) == 10
    return exact and tenure.state in states and tenure.role in roles and not tenure.acting


def _change(
    visits: Sequence[Journey], state: str, start: str, name: str, days: int, known: tuple[date, date]
) -> Change:
    day = date.fromisoformat(start)
    window = day - timedelta(days=days), day + timedelta(days=days)
    sides: dict[str, list[Journey]] = {"before": [], "after": [], "unsure": []}
    for visit in visits:
        low, high = visit.when.earliest_start(), visit.when.latest_start()
        if high < window[0] or low >= window[1]:
            continue
        inside = window[0] <= low and high < window[1]
        side = "before" if inside and high < day else "after" if inside and low >= day else "unsure"
        sides[side].append(visit)
    before, after = len(sides["before"]), len(sides["after"])
    return Change(
        state=state,
        day=day,
        name=name,
        before=travel.ids(sides["before"]),
        after=travel.ids(sides["after"]),
        unsure=travel.ids(sides["unsure"]),
        whole=known[0] <= window[0] and window[1] <= known[1],
        p=binomial(after, before + after),
    )
