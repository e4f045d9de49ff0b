"""Sets a measure of reciprocity against chance.

Null model: within each year the hosts of the visits are shuffled among the guests (never a visit to
oneself), so that every state makes and receives as many visits in each year as it did, but whom it visits
is chance. Drawn by random swaps of hosts (a Markov chain of ten swaps per visit), seeded; equal seeds
give equal results.

z = (observed − mean)/sd, p = (1 + #{draws ≥ observed})/(1 + draws), one-sided (North, Curtis and Sham 2002,
"A note on the calculation of empirical P values from Monte Carlo procedures", Am. J. Hum. Genet. 71:439).

Precondition: the swaps need visits by several guests to several hosts in the same year; a graph of two
states has no chance to be compared with, and the result says so (``mean`` equals ``observed``, no z).
Visits known only to the year or month are shuffled in the year of their earliest day; undated ones are
left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import reciprocity
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.model import Event

SWAPS_PER_VISIT: Final = 10

Measure = Callable[[Sequence[Journey]], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A measure beside what chance gives.

    Attributes:
        observed: The measure of the visits as they were.
        mean: Its mean over the draws.
        low: The 2.5th percentile of the draws.
        high: The 97.5th percentile of the draws.
        z: Distance from the mean in standard deviations; None if the draws do not vary.
        p: Empirical one-sided p value.
        rho: (observed − mean)/(1 − mean); None if chance already gives 1.
        draws: How many draws were made.
    """

    observed: float
    mean: float
    low: float
    high: float
    z: float | None
    p: float
    rho: float | None
    draws: int

    @property
    def sentence(self) -> str:
        """The verdict in words: ``more reciprocal than chance: 0.41 against 0.19–0.27``."""
        if self.z is None:
            return f"no other arrangement of these visits is possible: {self.observed:.2f}"
        against = f"{self.observed:.2f} against {self.low:.2f}–{self.high:.2f}"
        if self.observed > self.high:
            return f"more reciprocal than chance: {against}"
        return f"{'less' if self.observed < self.low else 'no more'} reciprocal than chance: {against}"


def weighted(found: Sequence[Journey]) -> float | None:
    """2Σmin/Σw of journeys that all weigh 1; the measure that is judged unless another is given."""
    return reciprocity.from_weights(reciprocity.weights(found))[1]


def shuffled(found: Sequence[Journey], source: random.Random) -> list[Journey]:
    """The journeys with hosts swapped at random within each year."""
    years: dict[int, list[int]] = {}
    for position, journey in enumerate(found):
        years.setdefault(journey.when.earliest_start().year, []).append(position)
    hosts = [journey.host for journey in found]
    for _, positions in sorted(years.items()):
        for _ in range(SWAPS_PER_VISIT * len(positions)):
            i, j = source.choice(positions), source.choice(positions)
            if hosts[j] != found[i].guest and hosts[i] != found[j].guest:
                hosts[i], hosts[j] = hosts[j], hosts[i]
    return [replace(journey, host=host) for journey, host in zip(found, hosts, strict=True)]


def against_chance(
    events: Iterable[Event],
    *,
    measure: Measure = weighted,
    draws: int = 200,
    seed: int = 0,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = False,
) -> Verdict | None:
    """A measure of held, dated visits beside the null model; None if the measure has no value.

    Args:
        events: Events of any kind.
        measure: Takes journeys, gives a number.
        draws: How many random arrangements to draw.
        seed: Seed of the draws.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
    """
    found = [j for j in travel.journeys(events, level=level, multilateral=multilateral) if j.dated]
    observed = measure(found) if found else None
    if observed is None:
        return None
    # Seeded on purpose: a result must be the same when it is asked for again.
    source = random.Random(seed)  # noqa: S311
    values = sorted(value for _ in range(draws) if (value := measure(shuffled(found, source))) is not None)
    return _verdict(observed, values or [observed])


def _verdict(observed: float, values: Sequence[float]) -> Verdict:
    mean, deviation = fmean(values), pstdev(values)
    return Verdict(
        observed=observed,
        mean=mean,
        low=values[int(0.025 * (len(values) - 1))],
        high=values[round(0.975 * (len(values) - 1))],
        z=(observed - mean) / deviation if deviation > 1e-12 else None,
        p=(1 + sum(value >= observed for value in values)) / (1 + len(values)),
        rho=reciprocity.over_chance(observed, mean),
        draws=len(values),
    )
