"""Sets a measure of reciprocity against chance, over all visits.

z = (observed − mean)/sd of the draws; p = (1 + #{draws ≥ observed})/(1 + draws), one-sided (North, Curtis
and Sham 2002, "A note on the calculation of empirical P values from Monte Carlo procedures", Am. J. Hum.
Genet. 71:439); ρ = (observed − mean)/(1 − mean) (Squartini and others 2013). The interval holds the middle
95% of the draws. ``nulls`` tells what each null model keeps, ``statistics`` what can be measured.

Preconditions: the models that shuffle hosts need visits by several guests to several hosts in one block (a
year, say); a graph of two states has no chance to be compared with there, and the verdict says so (no z);
``order`` can judge a single pair. Visits known only to the month or year are shuffled in the year of their
earliest day; undated ones are left out.

Takes events, or columns of visits; gives a ``Verdict``. ``pairtests`` judges each pair by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from diplograph.analysis import columns, nulls, reciprocity, statistics
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.levels import Level
from diplograph.analysis.nulls import Model
from diplograph.analysis.ordering import Floats
from diplograph.errors import UnknownPluginError
from diplograph.model import Event

DRAWS: Final = 999
SMALL: Final = 1e-12


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
        measure: What was measured.
        model: What the draws keep.
        events: Event ids of the visits judged.
    """

    observed: float
    mean: float
    low: float
    high: float
    z: float | None
    p: float
    rho: float | None
    draws: int
    measure: str = "weighted"
    model: Model = Model.YEAR
    events: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict in words: ``more reciprocal than chance: 0.41 against 0.19–0.27``."""
        if self.z is None:
            return f"no other arrangement of these visits is possible: {self.observed:.2f}"
        against = f"{self.observed:.2f} against {self.low:.2f}–{self.high:.2f}"
        if self.observed > self.high:
            return f"more reciprocal than chance: {against}"
        return f"{'less' if self.observed < self.low else 'no more'} reciprocal than chance: {against}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What the draws give for one number: mean, the middle 95%, z and p of the observed."""

    mean: float
    low: float
    high: float
    z: float | None
    p: float


def against_chance(
    given: Iterable[Event] | Visits,
    *,
    measure: str = "weighted",
    model: Model = Model.YEAR,
    within: int = reciprocity.WITHIN,
    draws: int = DRAWS,
    seed: int = 0,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = False,
    as_of: date | None = None,
    regions: Mapping[str, str] | None = None,
) -> Verdict | None:
    """A measure of held, dated visits beside the null model; None without visits.

    Args:
        given: Events of any kind, or columns of visits.
        measure: A name of ``statistics.MEASURES``.
        model: What the draws keep.
        within: Days within which a return or a leg counts, where the measure asks for them.
        draws: How many random arrangements to draw.
        seed: Seed of the draws.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
        regions: State code → region, for the model ``region``; by default that of the gazetteer.

    Raises:
        UnknownPluginError: If there is no such measure; the message lists those there are.
    """
    held = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    return of_visits(
        columns.in_order(held.take(held.dated)),  # draws depend on the order of rows
        measure=measure,
        model=model,
        within=within,
        draws=draws,
        seed=seed,
        regions=regions,
    )


def of_visits(
    visits: Visits,
    *,
    measure: str = "weighted",
    model: Model = Model.YEAR,
    within: int = reciprocity.WITHIN,
    draws: int = DRAWS,
    seed: int = 0,
    regions: Mapping[str, str] | None = None,
) -> Verdict | None:
    """The same of columns of dated visits, for large tables."""
    if measure not in statistics.MEASURES:
        raise UnknownPluginError("measure", measure, statistics.MEASURES)
    if not len(visits):
        return None
    call = statistics.MEASURES[measure]
    found = float(call(nulls.observed(visits), within)[0])
    given = drawn(visits, model, draws, seed, regions)
    values = np.concatenate([call(sample, within) for sample in given])
    chance = judged(np.array([found]), values[:, None])[0]
    return Verdict(
        observed=found,
        mean=chance.mean,
        low=chance.low,
        high=chance.high,
        z=chance.z,
        p=chance.p,
        rho=reciprocity.over_chance(found, chance.mean),
        draws=len(values),
        measure=measure,
        model=model,
        events=tuple(dict.fromkeys(visits.events)),
    )


def drawn(
    visits: Visits, model: Model, draws: int, seed: int, regions: Mapping[str, str] | None
) -> Iterable[nulls.Sample]:
    """Arrangements by chance; the regions of the gazetteer where they are wanted and not given."""
    if model is Model.REGION and regions is None:
        from diplograph.knowledge import gazetteer

        regions = {code: state.region for code, state in gazetteer.load().states.items()}
    return nulls.samples(visits, model, draws=draws, seed=seed, regions=regions)


def judged(found: Floats, values: Floats) -> tuple[Chance, ...]:
    """What the draws give for each of several numbers; ``values`` is draws × numbers."""
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    ordered = np.sort(values, axis=0)
    low, high = ordered[int(0.025 * (len(values) - 1))], ordered[round(0.975 * (len(values) - 1))]
    # Sums of fractions in another order differ in the last digits, which must not decide.
    p = (1 + (values >= found - SMALL).sum(axis=0)) / (1 + len(values))
    z = (found - mean) / np.where(deviation > SMALL, deviation, 1.0)
    return tuple(
        Chance(
            mean=float(mean[i]),
            low=float(low[i]),
            high=float(high[i]),
            z=float(z[i]) if deviation[i] > SMALL else None,
            p=float(p[i]),
        )
        for i in range(len(found))
    )
