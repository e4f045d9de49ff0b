"""Draws visits as chance would have had them, with what must not be chance kept.

Null models, each named for what it keeps:

- ``year``: hosts are shuffled among the visits of each year, so that every state makes and receives as many
  visits in each year as it did (directed, weighted configuration model within years);
- ``configuration``: the same over all years at once: only the sums of each state are kept (Newman, Strogatz
  and Watts 2001, Phys. Rev. E 64:026118, for directed sequences);
- ``region``: the same within each year and region of the host, so that nobody's choice of region is chance;
- ``order``: within each pair the days and the counts both ways are kept, and who travelled when is chance.

Nobody is drawn to visit himself. Draws are made by a Markov chain: in each sweep the visits of a block are
paired at random and a pair swaps hosts with probability ½ if that makes no self-visit; the proposal is
symmetric, so every arrangement is equally likely in the end (Artzy-Randrup and Stone 2005, Phys. Rev. E
72:056708). The chain starts from a random arrangement where one without self-visits is found by swaps, else
from the observed one, and makes ``SWEEPS`` sweeps. Seeded: the same seed gives the same draws.

Takes columns of dated visits; gives a ``Sample``: guests and hosts, a row for each draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from diplograph.analysis.columns import Visits, day, ints
from diplograph.analysis.ordering import Flags, Ints

SWEEPS: Final = 16
REPAIRS: Final = 12
LARGEST: Final = 2_000_000


class Model(StrEnum):
    """What is kept while the rest is chance."""

    YEAR = "year"
    CONFIGURATION = "configuration"
    REGION = "region"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Arrangements of the same visits, a row each.

    Attributes:
        guest: Draws × visits.
        host: Draws × visits.
        visits: The visits as they were: their dates, levels and ids.
    """

    guest: Ints
    host: Ints
    visits: Visits

    @property
    def draws(self) -> int:
        """How many arrangements there are."""
        return len(self.guest)

    @property
    def dyad(self) -> Ints:
        """A number for each pair of states, draws × visits."""
        low, high = np.minimum(self.guest, self.host), np.maximum(self.guest, self.host)
        return low * len(self.visits.states) + high

    @property
    def apart(self) -> Ints:
        """The same, told apart by draw, in one line."""
        size = len(self.visits.states) ** 2
        return (np.arange(self.draws)[:, None] * size + self.dyad).ravel()

    @property
    def way(self) -> Ints:
        """A number for each direction, told apart by draw, in one line; see ``columns.Visits.way``."""
        return self.apart * 2 + (self.guest > self.host).ravel()


def observed(visits: Visits) -> Sample:
    """The visits as they were, as a sample of one."""
    return Sample(guest=visits.guest[None, :], host=visits.host[None, :], visits=visits)


def samples(
    visits: Visits,
    model: Model,
    *,
    draws: int,
    seed: int = 0,
    regions: Mapping[str, str] | None = None,
) -> Iterator[Sample]:
    """Arrangements by chance, in portions that fit into memory.

    Args:
        visits: Dated visits.
        model: What is kept.
        draws: How many arrangements in all.
        seed: Seed of the draws.
        regions: State code → region, for the model ``region``.
    """
    source = np.random.default_rng(seed)
    portion = max(1, LARGEST // max(1, len(visits)))
    for start in range(0, draws, portion):
        size = min(portion, draws - start)
        if model is Model.ORDER:
            yield _reordered(visits, size, source)
        else:
            block = blocks(visits, model, regions or {})
            host = _shuffled(visits.guest, visits.host, block, size, source)
            yield Sample(guest=np.broadcast_to(visits.guest, host.shape), host=host, visits=visits)


def blocks(visits: Visits, model: Model, regions: Mapping[str, str]) -> Ints:
    """For each visit, the number of the block within which hosts are shuffled, from 0."""
    if model is Model.CONFIGURATION:
        return np.zeros(len(visits), dtype=np.int64)
    years = {number: found.year for number in np.unique(visits.first).tolist() if (found := day(number))}
    number = ints(years.get(first, 0) for first in visits.first.tolist())
    if model is Model.REGION:
        names = sorted({regions.get(code, "") for code in visits.states})
        region = ints(names.index(regions.get(code, "")) for code in visits.states)
        number = number * len(names) + region[visits.host]
    return np.unique(number, return_inverse=True)[1].astype(np.int64)


def _keys(block: Ints, shape: tuple[int, int], source: np.random.Generator) -> Ints:
    """Random numbers that sort by block."""
    return (block << 32) | source.integers(0, 1 << 32, shape)


def _reordered(visits: Visits, size: int, source: np.random.Generator) -> Sample:
    """Each pair's travellers in random order over its days."""
    dyad = np.unique(visits.dyad, return_inverse=True)[1].astype(np.int64)
    line = np.argsort(dyad, kind="stable")
    drawn = np.argsort(_keys(dyad[line], (size, len(line)), source), axis=1)
    guest, host = np.empty((size, len(line)), np.int64), np.empty((size, len(line)), np.int64)
    guest[:, line], host[:, line] = visits.guest[line][drawn], visits.host[line][drawn]
    return Sample(guest=guest, host=host, visits=visits)


def _shuffled(guest: Ints, host: Ints, block: Ints, size: int, source: np.random.Generator) -> Ints:
    line = np.argsort(block, kind="stable")
    guest, host, block = guest[line], host[line], block[line]
    made = host[np.argsort(_keys(block, (size, len(line)), source), axis=1)]
    for _ in range(REPAIRS):
        if not (made == guest).any():
            break
        _sweep(guest, made, block, source)
    made = _or_observed(guest, host, made, block)
    for _ in range(SWEEPS):
        _sweep(guest, made, block, source)
    result = np.empty_like(made)
    result[:, line] = made
    return result


def _sweep(guest: Ints, host: Ints, block: Ints, source: np.random.Generator) -> None:
    """Pair the visits of each block at random and let pairs swap hosts; changes ``host``."""
    size, count = host.shape
    drawn = np.argsort(_keys(block, (size, count), source), axis=1)
    left, right = drawn[:, 0 : count - 1 : 2], drawn[:, 1:count:2]
    draw = np.arange(size)[:, None]
    mine, yours = host[draw, left], host[draw, right]
    here, there = guest[left], guest[right]
    now = (mine == here).astype(np.int8) + (yours == there)
    then = (yours == here).astype(np.int8) + (mine == there)
    coin = source.random(left.shape) < 0.5
    swap = (block[left] == block[right]) & (then <= now) & ((then < now) | coin)
    host[draw, left], host[draw, right] = np.where(swap, yours, mine), np.where(swap, mine, yours)


def _or_observed(guest: Ints, host: Ints, made: Ints, block: Ints) -> Ints:
    """The arrangement made, but the observed one in blocks where self-visits are left."""
    bad: Flags = made == guest
    if not bad.any():
        return made
    starts = np.flatnonzero(np.concatenate(([True], block[1:] != block[:-1])))
    spoilt = np.logical_or.reduceat(bad, starts, axis=1)[:, np.unique(block, return_inverse=True)[1]]
    return np.where(spoilt, host, made)
