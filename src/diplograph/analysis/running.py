"""Cuts many visits into runs in which guest and host change places at every step, in columns.

The definition is that of ``shuttle``: a maximal run of a dyad's visits, in order of time, in which no step
can only have taken longer than the window.

Takes columns of visits that can be put in sequence; gives ``Runs``: the rows in order, and where runs begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diplograph.analysis import ordering
from diplograph.analysis.ordering import Flags, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Runs of one visit and more.

    Attributes:
        rows: The rows given, by dyad and time.
        start: For each run, where in ``rows`` it begins.
        length: For each run, its number of visits.
        least: For each of ``rows``, the lower bound of the days since the one before in its run, or 0.
        most: The upper bound of them.
        certain: For each run, whether dates fix its order and keep every step within the window.
        last: For each run, whether it is its dyad's last.
        repeated: For each run, whether the visit that ended it was by the same side.
    """

    rows: Ints
    start: Ints
    length: Ints
    least: Ints
    most: Ints
    certain: Flags
    last: Flags
    repeated: Flags


def runs(
    dyad: Ints, guest: Ints, first: Ints, last: Ints, events: Sequence[str] | None, *, window: int
) -> Runs:
    """The runs among dated visits.

    Args:
        dyad: A number for each pair.
        guest: A number for each guest.
        first: The earliest day on which each can have begun.
        last: The latest.
        events: Event ids, which settle ties; None where counts alone are wanted.
        window: Days that a step may take.
    """
    rows = ordering.order(dyad, first, last, events, guest)
    dyad, guest, first, last = dyad[rows], guest[rows], first[rows], last[rows]
    same, other = dyad[1:] == dyad[:-1], guest[1:] != guest[:-1]
    low, high = first[1:] - last[:-1], last[1:] - first[:-1]
    on = same & other & (np.maximum(0, low) <= window)
    begins = np.concatenate(([True], ~on))[: len(rows)]
    start = np.flatnonzero(begins)
    length = np.diff(np.append(start, len(rows)))
    doubt = np.concatenate(([False], on & ((low < 0) | (high > window))))[: len(rows)]
    stop = start + length
    follows = np.zeros(len(start), dtype=np.bool_)
    if len(start):
        follows[:-1] = dyad[stop[:-1]] == dyad[start[:-1]]
    repeated = np.zeros(len(start), dtype=np.bool_)
    if len(start):
        repeated[:-1] = follows[:-1] & (guest[stop[:-1]] == guest[stop[:-1] - 1])
    return Runs(
        rows=rows,
        start=start,
        length=length,
        least=_steps(np.maximum(0, low), on)[: len(rows)],
        most=_steps(high, on)[: len(rows)],
        certain=~np.logical_or.reduceat(doubt, start) if len(start) else follows,
        last=~follows,
        repeated=repeated,
    )


def _steps(days: Ints, on: Flags) -> Ints:
    return np.concatenate(([0], np.where(on, days, 0)))
