"""Sorts columns by a group and by day, a million rows at a time.

Takes columns of whole numbers; gives positions. Group and day are packed into one number each, which sorts
several times as fast as columns one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

# 22 bits hold any day number to the year 9999, 10 bits the width of a span up to a year.
DAY_BITS: Final = 22
WIDTH_BITS: Final = 10


def placed(group: Ints, day: Ints) -> Ints:
    """A number that sorts by group, then by day."""
    return (group << DAY_BITS) | day


def order(group: Ints, first: Ints, last: Ints, events: Sequence[str] | None, guest: Ints) -> Ints:
    """Positions of dated rows sorted by group, bounds, event id and guest.

    Ids are text and slow to sort, so they are read only for rows that nothing else tells apart; without ids
    such rows keep the order in which they were given.
    """
    width = last - first
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    if int(width.max()) >= 1 << WIDTH_BITS or int(group.max()) >= 1 << (63 - DAY_BITS - WIDTH_BITS):
        sort = np.lexsort((last, first, group))
        tied = _same(group[sort]) & _same(first[sort]) & _same(last[sort])
    else:
        packed = (placed(group, first) << WIDTH_BITS) | width
        sort = np.argsort(packed, kind="stable")
        tied = _same(packed[sort])
    return sort if events is None else _untied(sort, tied, events, guest)


def _same(column: Ints) -> Flags:
    """For each row but the first, whether it equals the one before."""
    return np.concatenate(([False], column[1:] == column[:-1]))


def _untied(sort: Ints, tied: Flags, events: Sequence[str], guest: Ints) -> Ints:
    """Put rows that are tied with the one before in the order of event id and guest."""
    if not tied.any():
        return sort
    among = tied | np.append(tied[1:], False)
    places = np.flatnonzero(among)
    number = np.cumsum(~tied)[places]
    rows = sort[places]
    keys = [
        (int(n), events[int(row)], int(guest[row]), at)
        for at, (n, row) in enumerate(zip(number, rows, strict=True))
    ]
    sort[places] = rows[[key[3] for key in sorted(keys)]]
    return sort


def groups(key: Ints) -> list[Ints]:
    """For each value of a key, from the smallest, the positions that have it, in order."""
    sort = np.argsort(key, kind="stable")
    edges = np.flatnonzero(key[sort][1:] != key[sort][:-1]) + 1
    return np.split(sort, edges) if len(key) else []
