"""Asks of each pair of states whether more of its visits are returned than chance would have it.

The number of visits that were surely returned within N days is set against a null model of ``nulls``; by
default ``order``, which keeps each pair's days and counts, so that only the taking of turns is tested. With
another model the pair's frequency is tested too. p values are corrected for the number of pairs tested
(``multiple``), which are those with at least ``fewest`` visits, whatever their result.

Takes events, or columns of visits; gives one ``DyadVerdict`` for each pair, the least likely by chance first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from diplograph.analysis import columns, nulls, reciprocity, significance, statistics
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.levels import Level
from diplograph.analysis.multiple import Correction, corrected
from diplograph.analysis.nulls import Model
from diplograph.model import Event

FEWEST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadVerdict:
    """One pair's returned visits beside what chance gives.

    Attributes:
        a: Code of one state, before b in the alphabet.
        b: Code of the other.
        visits: How many dated visits they made to one another.
        returned: How many of these were surely returned in time.
        mean: How many chance returns on average.
        low: The 2.5th percentile.
        high: The 97.5th percentile.
        z: Distance from the mean in standard deviations; None if the draws do not vary.
        p: Empirical one-sided p value.
        p_corrected: The same, corrected for the number of pairs tested.
        events: Event ids of the visits.
    """

    a: str
    b: str
    visits: int
    returned: int
    mean: float
    low: float
    high: float
    z: float | None
    p: float
    p_corrected: float
    events: tuple[str, ...]


def pairs(
    given: Iterable[Event] | Visits,
    *,
    model: Model = Model.ORDER,
    within: int = reciprocity.WITHIN,
    draws: int = significance.DRAWS,
    seed: int = 0,
    correction: Correction = Correction.BH,
    fewest: int = FEWEST,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = False,
    as_of: date | None = None,
    regions: Mapping[str, str] | None = None,
) -> tuple[DyadVerdict, ...]:
    """Each pair's returned visits beside chance; parameters as in ``significance.against_chance``.

    Args:
        given: Events of any kind, or columns of visits.
        model: What the draws keep.
        within: Days within which a return counts.
        draws: How many random arrangements to draw.
        seed: Seed of the draws.
        correction: How p values are corrected for the number of pairs.
        fewest: Pairs with fewer dated visits are not tested.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
        regions: State code → region, for the model ``region``.
    """
    held = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    visits = columns.in_order(held.take(held.dated))  # draws depend on the order of rows
    drawn = significance.drawn(visits, model, draws, seed, regions)
    return of_visits(visits, drawn, within=within, correction=correction, fewest=fewest)


def of_visits(
    visits: Visits,
    given: Iterable[nulls.Sample],
    *,
    within: int,
    correction: Correction = Correction.BH,
    fewest: int = FEWEST,
) -> tuple[DyadVerdict, ...]:
    """The same of columns of dated visits and arrangements drawn."""
    dyads, counts = np.unique(visits.dyad, return_counts=True)
    dyads, counts = dyads[counts >= fewest], counts[counts >= fewest]
    if not len(dyads):
        return ()
    found = statistics.returned_by_dyad(nulls.observed(visits), within, dyads)[0]
    values = np.concatenate([statistics.returned_by_dyad(sample, within, dyads) for sample in given])
    chances = significance.judged(found.astype(np.float64), values.astype(np.float64))
    p = corrected([chance.p for chance in chances], correction)
    rows = [
        _row(visits, int(dyads[i]), int(counts[i]), int(found[i]), chances[i], p[i])
        for i in range(len(dyads))
    ]
    return tuple(sorted(rows, key=lambda row: (row.p_corrected, row.p, -(row.z or 0.0), row.a, row.b)))


def _row(
    visits: Visits, dyad: int, count: int, found: int, chance: significance.Chance, p: float
) -> DyadVerdict:
    a, b = visits.pair(dyad)
    return DyadVerdict(
        a=a,
        b=b,
        visits=count,
        returned=found,
        mean=chance.mean,
        low=chance.low,
        high=chance.high,
        z=chance.z,
        p=chance.p,
        p_corrected=p,
        events=tuple(visits.events[row] for row in np.flatnonzero(visits.dyad == dyad).tolist()),
    )
