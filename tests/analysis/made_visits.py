"""Builds columns of visits for the tests of chance: planted returns, or none."""

from __future__ import annotations

import numpy as np

from diplograph.analysis.columns import LEVELS, STATUSES, UNITS, Visits

START = 730120  # 1 January 2000
STATES = 12
DAYS = 6 * 365


def columns_of(guest, host, first, states=STATES):
    """Visits known to the day, by position of guest and host."""
    count = len(guest)
    none = np.zeros(count, dtype=np.int64)
    return Visits(
        states=tuple(f"S{number:02}" for number in range(states)),
        guest=np.asarray(guest, dtype=np.int64),
        host=np.asarray(host, dtype=np.int64),
        first=np.asarray(first, dtype=np.int64),
        last=np.asarray(first, dtype=np.int64),
        unit=none + UNITS.index("day"),
        level=none + LEVELS.index("leader"),
        status=none + STATUSES.index("held"),
        gathering=none.astype(bool),
        subtype=none,
        subtypes=("",),
        events=[f"e{number:05}" for number in range(count)],
    )


def by_chance(visits, seed):
    """Visits of guests and hosts of unequal weight, on any day of six years."""
    source = np.random.default_rng(seed)
    weight = 1 / np.arange(1, STATES + 1)
    guest = source.choice(STATES, visits, p=weight / weight.sum())
    host = source.choice(STATES, visits, p=weight / weight.sum())
    host = np.where(host == guest, (host + 1) % STATES, host)
    return columns_of(guest, host, START + source.integers(0, DAYS, visits))


def planted(visits, share, seed):
    """The same number of visits, of which a share are returns of others, made within 180 days."""
    source = np.random.default_rng(seed)
    returns = round(visits * share)
    first = by_chance(visits - returns, seed)
    which = source.choice(len(first), returns, replace=False)
    guest = np.concatenate((first.guest, first.host[which]))
    host = np.concatenate((first.host, first.guest[which]))
    return columns_of(
        guest, host, np.concatenate((first.first, first.first[which] + source.integers(1, 181, returns)))
    )
