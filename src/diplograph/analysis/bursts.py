"""Finds times in which an exchange was denser than usual, and says how bursty it is as a whole.

*Burstiness* of the gaps between visits: B = (σ − μ)/(σ + μ), −1 for a clock, 0 for chance (Poisson), towards
1 for bursts; *memory* M: the correlation of each gap with the next. Reference: Goh and Barabási (2008),
"Burstiness and memory in complex systems", Europhys. Lett. 81:48002.

*Bursts*: the automaton of Kleinberg (2003), "Bursty and hierarchical structure in streams", Data Mining and
Knowledge Discovery 7:373, with two states: gaps are exponential with the mean rate, or with ``ratio`` times
it; going up costs γ·ln n, going down nothing. The cheapest sequence of states (Viterbi) tells which gaps lie
in a burst.

Preconditions: B needs two gaps, M three, bursts three visits; else there is none. Where dates are coarse, a
gap counts with the middle of its bounds, and ``coarse`` says how many did.
Takes visits in order (of one pair, or of a state); gives ``Bursts`` whose times carry event ids.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey

RATIO: Final = 3.0
GAMMA: Final = 1.0
SHORTEST: Final = 3
SMALL: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A time of denser visits: its visits in order, and how many came in a usual time of that length."""

    visits: tuple[Journey, ...]
    usual: float

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of its visits."""
        return travel.ids(self.visits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bursts:
    """How bursty visits are.

    Attributes:
        burstiness: B; None with fewer than two gaps.
        memory: M; None with fewer than three gaps, or if gaps do not vary.
        bursts: The times of denser visits, in order.
        coarse: How many gaps have bounds that differ.
        events: Event ids of all visits.
    """

    burstiness: float | None
    memory: float | None
    bursts: tuple[Burst, ...]
    coarse: int
    events: tuple[str, ...]


def bursts(visits: Sequence[Journey], *, ratio: float = RATIO, gamma: float = GAMMA) -> Bursts:
    """The bursts among dated visits in order of time.

    Args:
        visits: Dated visits in order.
        ratio: How many times the usual rate makes a burst.
        gamma: How reluctantly a burst is assumed.
    """
    steps = [days for a, b in pairwise(visits) if (days := travel.days_between(a.when, b.when))]
    gaps = [max(0.0, (days.at_least + days.at_most) / 2) for days in steps]
    return Bursts(
        burstiness=burstiness(gaps),
        memory=memory(gaps),
        bursts=_found(visits, gaps, ratio, gamma),
        coarse=sum(not days.exact for days in steps),
        events=travel.ids(visits),
    )


def burstiness(gaps: Sequence[float]) -> float | None:
    """B = (σ − μ)/(σ + μ); None with fewer than two gaps, or if all are zero."""
    if len(gaps) < SHORTEST - 1:
        return None
    mean, deviation = fmean(gaps), pstdev(gaps)
    return (deviation - mean) / (deviation + mean) if deviation + mean > SMALL else None


def memory(gaps: Sequence[float]) -> float | None:
    """The correlation of each gap with the next; None with too few, or if they do not vary."""
    before, after = gaps[:-1], gaps[1:]
    if len(gaps) < SHORTEST or min(pstdev(before), pstdev(after)) < SMALL:
        return None
    mean = fmean(before), fmean(after)
    products = [(x - mean[0]) * (y - mean[1]) for x, y in zip(before, after, strict=True)]
    return fmean(products) / (pstdev(before) * pstdev(after))


def states(gaps: Sequence[float], ratio: float = RATIO, gamma: float = GAMMA) -> tuple[int, ...]:
    """For each gap 1 if it lies in a burst, else 0: the cheapest path through the automaton."""
    whole = sum(gaps)
    if len(gaps) < SHORTEST - 1 or whole <= 0:
        return (0,) * len(gaps)
    rates = (len(gaps) / whole, ratio * len(gaps) / whole)
    rise = gamma * math.log(len(gaps))
    cost = [0.0, math.inf]
    came: list[tuple[int, int]] = []
    for gap in gaps:
        here = [rate * gap - math.log(rate) for rate in rates]
        from_low = (cost[0], cost[0] + rise)
        # On equal cost the calm state is kept: a burst must pay for itself.
        best = (0 if from_low[0] <= cost[1] else 1, 1 if cost[1] < from_low[1] else 0)
        cost = [
            min(from_low[0], cost[1]) + here[0],
            min(from_low[1], cost[1]) + here[1],
        ]
        came.append(best)
    return _path(came, 0 if cost[0] <= cost[1] else 1)


def _path(came: Sequence[tuple[int, int]], last: int) -> tuple[int, ...]:
    """The states from where each was reached, read backwards."""
    path = [last]
    for best in reversed(came[1:]):
        path.append(best[path[-1]])
    return tuple(reversed(path))


def _found(visits: Sequence[Journey], gaps: Sequence[float], ratio: float, gamma: float) -> tuple[Burst, ...]:
    if len(visits) < SHORTEST:
        return ()
    per_day = len(gaps) / sum(gaps) if sum(gaps) > 0 else 0.0
    found: list[Burst] = []
    start: int | None = None
    for place, state in enumerate([*states(gaps, ratio, gamma), 0]):
        if state and start is None:
            start = place
        elif not state and start is not None:
            usual = per_day * sum(gaps[start:place])
            found.append(Burst(visits=tuple(visits[start : place + 1]), usual=usual))
            start = None
    return tuple(found)
