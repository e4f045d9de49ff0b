"""What chance makes of a measure, for many arrangements at once.

Takes a ``nulls.Sample``; gives a number for each draw. The names in ``MEASURES`` are those that
``significance`` and the command line understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from diplograph.analysis import answering, running
from diplograph.analysis.nulls import Sample
from diplograph.analysis.ordering import Floats, Ints

Measure = Callable[[Sample, int], Floats]


def _weights(sample: Sample) -> tuple[Floats, Floats]:
    """For each draw Σmin and Σmax over pairs, each visit weighing 1."""
    ways, counts = np.unique(sample.way, return_counts=True)
    both = np.flatnonzero((ways[1:] == (ways[:-1] ^ 1)) & (ways[:-1] % 2 == 0))
    draw = ways // (2 * len(sample.visits.states) ** 2)
    least = np.minimum(counts[both], counts[both + 1]).astype(np.float64)
    low: Floats = np.bincount(draw[both], least, sample.draws).astype(np.float64)
    high: Floats = np.bincount(draw, counts, sample.draws).astype(np.float64) - low
    return low, high


def weighted(sample: Sample, within: int) -> Floats:  # noqa: ARG001 - all measures are called alike
    """2Σmin/Σw."""
    low, high = _weights(sample)
    share: Floats = 2 * low / (low + high)
    return share


def minmax(sample: Sample, within: int) -> Floats:  # noqa: ARG001 - all measures are called alike
    """Σmin/Σmax."""
    low, high = _weights(sample)
    share: Floats = low / high
    return share


def _answered(sample: Sample, within: int) -> Ints:
    """The answer to each visit of each draw, draws × visits."""
    first, last = (np.tile(bound, sample.draws) for bound in (sample.visits.first, sample.visits.last))
    told = answering.answers(sample.way, first, last, None, sample.guest.ravel(), within=within)
    return told.answer.reshape(sample.draws, -1)


def returned(sample: Sample, within: int) -> Floats:
    """The share of visits that were surely returned within the days."""
    share: Floats = (_answered(sample, within) == answering.RETURNED).mean(axis=1)
    return share


def perhaps(sample: Sample, within: int) -> Floats:
    """The share of visits that were surely or perhaps returned within the days."""
    share: Floats = (_answered(sample, within) <= answering.PERHAPS).mean(axis=1)
    return share


def legs(sample: Sample, within: int) -> Floats:
    """The share of visits that are legs of a shuttle; ``within`` is its window."""
    visits = sample.visits
    first, last = (np.tile(bound, sample.draws) for bound in (visits.first, visits.last))
    found = running.runs(sample.apart, sample.guest.ravel(), first, last, None, window=within)
    many = found.length > 1
    draw = found.rows[found.start] // len(visits)
    return np.bincount(draw[many], found.length[many], sample.draws) / len(visits)


def returned_by_dyad(sample: Sample, within: int, dyads: Ints) -> Ints:
    """For each draw and each of some pairs, how many visits were surely returned."""
    hit = _answered(sample, within) == answering.RETURNED
    at = np.searchsorted(dyads, sample.dyad)
    known = hit & (at < len(dyads)) & (dyads[np.minimum(at, len(dyads) - 1)] == sample.dyad)
    draw = np.nonzero(known)[0]
    counts = np.bincount(draw * len(dyads) + at[known], minlength=sample.draws * len(dyads))
    return counts.reshape(sample.draws, len(dyads)).astype(np.int64)


MEASURES: Final[Mapping[str, Measure]] = {
    "weighted": weighted,
    "minmax": minmax,
    "returned": returned,
    "perhaps": perhaps,
    "legs": legs,
}
