"""Finds third-party shuttles: a mediator who goes back and forth between two capitals.

Definition: for one guest state and two host states, a *third-party shuttle* is a maximal run of the guest's
visits to either host, in order of time, in which no step takes longer than the window, and which changes host
at least twice (A–B–A, so that the mediator returned to the first). Stops elsewhere do not break it, nor does
coming back within a week to the capital left last, which is a leg of its own. A tour that goes to each
capital once (A–B) is none.

Takes events; gives ``ThirdPartyShuttle`` rows. Term: Kissinger between Jerusalem, Cairo and Damascus, 1974.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import Level
from diplograph.model import Event

WINDOW: Final = 60
"""Days that a mediator may take from one capital to the next, unless told otherwise."""
_BACK: Final = 7  # days after which coming to the same capital again is no longer part of one shuttle


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyShuttle:
    """One run of a mediator's visits between two states.

    Attributes:
        mediator: Code of the travelling state.
        hosts: The two states visited, the one visited first being first.
        legs: The visits in order of time; three or more.
        travellers: Names of the persons who travelled, sorted.
    """

    mediator: str
    hosts: tuple[str, str]
    legs: tuple[Journey, ...]
    travellers: tuple[str, ...]

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the legs."""
        return travel.ids(self.legs)


def _goes_on(before: Journey, after: Journey, window: int) -> bool:
    days = travel.days_between(before.when, after.when)
    most = window if before.host != after.host else min(window, _BACK)
    return days is not None and max(0, days.at_least) <= most


def _runs(visits: Sequence[Journey], window: int) -> list[list[Journey]]:
    runs = [[visit] for visit in visits[:1]]
    for before, after in pairwise(visits):
        if _goes_on(before, after, window):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _steps(run: Sequence[Journey]) -> int:
    """How often the host changes."""
    return sum(before.host != after.host for before, after in pairwise(run))


def _by_stay(journey: Journey) -> tuple[date, date, str]:
    """By day of arrival; of stays that begin on one day the shorter came first."""
    return journey.when.earliest_start(), journey.when.latest_end(), journey.event


def _row(run: Sequence[Journey]) -> ThirdPartyShuttle:
    return ThirdPartyShuttle(
        mediator=run[0].guest,
        hosts=(run[0].host, next(leg.host for leg in run if leg.host != run[0].host)),
        legs=tuple(run),
        travellers=tuple(sorted({name for leg in run for name in leg.travellers})),
    )


def third_party_shuttles(
    events: Iterable[Event],
    *,
    window: int = WINDOW,
    min_legs: int = 3,
    level: Collection[Level] = travel.EVERY_LEVEL,
    as_of: date | None = None,
) -> tuple[ThirdPartyShuttle, ...]:
    """The third-party shuttles among held visits, by mediator, hosts and time.

    Envoys count by default, for mediation is mostly theirs; visits to gatherings do not.

    Args:
        events: Events of any kind.
        window: Days that one step may take.
        min_legs: 3 for A–B–A, 4 for A–B–A–B.
        level: Levels of traveller that count.
        as_of: Leave out what had not begun by that day.
    """
    held = travel.journeys(events, level=level, multilateral=False, as_of=as_of)
    tours: dict[str, list[Journey]] = {}
    for journey in held:
        if journey.dated:
            tours.setdefault(journey.guest, []).append(journey)
    rows = []
    for _, tour in sorted(tours.items()):
        for pair in _returned_pairs(tour):
            visits = sorted((journey for journey in tour if journey.host in pair), key=_by_stay)
            runs = (run for run in _runs(visits, window) if _steps(run) + 1 >= max(2, min_legs))
            rows += [_row(run) for run in runs]
    return tuple(rows)


def _returned_pairs(tour: Sequence[Journey]) -> list[tuple[str, str]]:
    """Pairs of hosts of which one at least was visited twice; others cannot hold A–B–A."""
    times: dict[str, int] = {}
    for journey in tour:
        times[journey.host] = times.get(journey.host, 0) + 1
    return [pair for pair in combinations(sorted(times), 2) if max(times[host] for host in pair) > 1]


def step_days(shuttle: ThirdPartyShuttle) -> tuple[Days, ...]:
    """Days from each leg to the next."""
    steps = (travel.days_between(before.when, after.when) for before, after in pairwise(shuttle.legs))
    return tuple(Days(at_least=max(0, days.at_least), at_most=days.at_most) for days in steps if days)
