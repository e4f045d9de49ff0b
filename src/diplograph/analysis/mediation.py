"""Finds shuttles of a mediator among two capitals and more: tours that keep coming back.

Definition: for one guest state (or one traveller), a *tour* is a maximal run of its visits in which no step
takes longer than ``window`` days. A tour is a *mediation* if at least two capitals were visited twice or
more in it (so that it went back and forth, A–B–A–B), and at least ``min_legs`` visits were made to those
capitals; they are its *poles*, and the legs of a mediation are the visits to its poles. Two visits to the
same capital on end are one stay, told twice. Tables of travel often sum up a shuttle as two stays that
overlap (Damascus 3–29 May 1974, Jerusalem 4–31 May): stays of one traveller in two capitals that overlap by
``OVERLAP`` days and more make poles of both, and each such pair stands for two legs more at least.
Capitals visited once are stops on the way. ``thirdparty`` asks
the same of exactly two capitals at any pace; this finds Kissinger's round of Jerusalem, Damascus and Cairo.

Preconditions: visits known to the day or month; where dates overlap so that the order is open, ``certain``
is False.
Takes events, or columns of visits; gives ``Mediation`` rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby, pairwise
from typing import Final

from diplograph.analysis import columns
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.model import Event

WINDOW: Final = 14
TWICE: Final = 2
OVERLAP: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """One tour that kept coming back.

    Attributes:
        mediator: Code of the travelling state.
        poles: Codes of the capitals visited twice and more, the most visited first.
        legs: Visits to the poles as told, in order of time.
        legs_at_least: How many legs there were at least, overlapping stays counted.
        stops: Visits elsewhere in between.
        travellers: Names of those who travelled, sorted.
        certain: Whether the dates fix the order of the legs.
    """

    mediator: str
    poles: tuple[str, ...]
    legs: tuple[Journey, ...]
    legs_at_least: int
    stops: tuple[Journey, ...]
    travellers: tuple[str, ...]
    certain: bool

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the legs."""
        return travel.ids(self.legs)


def mediations(
    given: Iterable[Event] | Visits,
    *,
    window: int = WINDOW,
    min_legs: int = 4,
    level: Collection[Level] = travel.EVERY_LEVEL,
    by_person: bool = False,
    as_of: date | None = None,
) -> tuple[Mediation, ...]:
    """The mediations among held visits, by mediator and time.

    Args:
        given: Events of any kind, or columns of visits.
        window: Days that a step may take.
        min_legs: The fewest legs, overlapping stays counted.
        level: Levels of traveller that count.
        by_person: Whether each traveller's visits are a tour of their own, so that a president's trip does
            not fall into his minister's.
        as_of: Leave out what had not begun by that day.
    """
    held = columns.held(given, level=level, multilateral=False, as_of=as_of)
    tours: dict[tuple[str, str], list[Journey]] = {}
    for journey in travel.sequence(held.journeys):
        for person in (journey.persons or ("",)) if by_person else ("",):
            tours.setdefault((journey.guest, person), []).append(journey)
    rows = []
    for _, visits in sorted(tours.items()):
        for tour in _tours(visits, window):
            found = _mediation(tour, min_legs)
            rows += [found] if found else []
    return tuple(rows)


def _tours(visits: Sequence[Journey], window: int) -> list[list[Journey]]:
    runs = [[visit] for visit in visits[:1]]
    for before, after in pairwise(visits):
        days = travel.days_between(before.when, after.when)
        if days is not None and max(0, days.at_least) <= window:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _mediation(tour: Sequence[Journey], min_legs: int) -> Mediation | None:
    stays = [next(group) for _, group in groupby(tour, key=lambda journey: journey.host)]
    times: dict[str, int] = {}
    for stay in stays:
        times[stay.host] = times.get(stay.host, 0) + 1
    both = [(a, b) for a, b in combinations(stays, 2) if _overlap(a, b)]
    overlapping = {stay.host for pair in both for stay in pair}
    found = {host for host in times if times[host] >= TWICE} | overlapping
    poles = sorted(found, key=lambda host: (-times[host], host))
    legs = [stay for stay in stays if stay.host in found]
    at_least = len(legs) + TWICE * len(both)
    if len(poles) < TWICE or at_least < min_legs:
        return None
    return Mediation(
        mediator=tour[0].guest,
        poles=tuple(poles),
        legs=tuple(legs),
        legs_at_least=at_least,
        stops=tuple(stay for stay in stays if stay.host not in poles),
        travellers=tuple(sorted({name for leg in legs for name in leg.travellers})),
        certain=all(a.when.latest_start() <= b.when.earliest_start() for a, b in pairwise(legs)),
    )


def _overlap(a: Journey, b: Journey) -> bool:
    """Whether one traveller surely stayed in both capitals at the same time, and so went to and fro."""
    if a.host == b.host or not set(a.persons) & set(b.persons):
        return False
    first = max(a.when.latest_start(), b.when.latest_start())
    return (min(a.when.earliest_end(), b.when.earliest_end()) - first).days >= OVERLAP
