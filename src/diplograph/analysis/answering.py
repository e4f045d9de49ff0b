"""Finds for each of many visits the one that answered it, in columns and in n log n steps.

The definitions are those of ``reciprocity``: a visit A→B is *returned* within N days if one B→A surely
begins after it and at most N days after it began, *perhaps* if coarse dates allow that, *open* if N days have
not surely passed by the as-of day, else *not returned*.

Takes columns of dated visits; gives ``Answers``, a column each, in the order of the rows given.
How: within a direction, sorted by first day, the running maximum of the last days tells which rows can lie
after a day, and the running minimum from the end which surely lie within a term.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from diplograph.analysis import ordering
from diplograph.analysis.ordering import DAY_BITS, Flags, Ints, placed

RETURNED: Final = 0
PERHAPS: Final = 1
NOT_RETURNED: Final = 2
OPEN: Final = 3
NAMES: Final = ("returned", "perhaps", "not-returned", "open")
_DAY: Final = (1 << DAY_BITS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What became of each visit.

    Attributes:
        answer: One of ``RETURNED``, ``PERHAPS``, ``NOT_RETURNED`` and ``OPEN``.
        by: Row of the first visit the other way that can have begun after it; −1 if there is none.
        least: Lower bound of the days between the two; 0 where ``by`` is −1.
        most: Upper bound of them.
    """

    answer: Ints
    by: Ints
    least: Ints
    most: Ints

    def count(self, answer: int) -> int:
        """How many visits have that answer."""
        return int(np.count_nonzero(self.answer == answer))


def answers(
    way: Ints,
    first: Ints,
    last: Ints,
    events: Sequence[str] | None,
    guest: Ints,
    *,
    within: int,
    as_of: int | None = None,
) -> Answers:
    """The answer to each dated visit.

    Args:
        way: A number for each direction; the two of a dyad differ in the lowest bit only.
        first: The earliest day on which it can have begun.
        last: The latest.
        events: Event ids, which settle ties; None where counts alone are wanted.
        guest: A number for each guest, which settles the rest.
        within: Days within which a return counts.
        as_of: The day number to look from; None takes all returns for known.
    """
    sort = ordering.order(way, first, last, events, guest)
    line = _Line.of(way[sort], first[sort], last[sort])
    # Asked in sorted order, neighbouring searches touch neighbouring memory: three times as fast.
    found = _asked(line, way[sort] ^ 1, first[sort], last[sort], within, as_of)
    back = np.empty_like(sort)
    back[sort] = np.arange(len(sort))
    by = np.where(found.by < 0, -1, sort[found.by])
    return Answers(answer=found.answer[back], by=by[back], least=found.least[back], most=found.most[back])


@dataclass(frozen=True, slots=True)
class _Line:
    """Visits sorted by direction and first day, with what the searches need."""

    way: Ints
    first: Ints
    last: Ints
    starts: Ints
    latest: Ints
    soonest: Ints

    @classmethod
    def of(cls, way: Ints, first: Ints, last: Ints) -> _Line:
        starts, ends = placed(way, first), placed(way, last)
        # Directions lie above days in the number, so a running extreme never crosses from one to the next.
        latest = np.maximum.accumulate(ends)
        soonest = np.minimum.accumulate(ends[::-1])[::-1]
        return cls(way, first, last, starts, latest, soonest)


def _asked(line: _Line, other: Ints, first: Ints, last: Ints, within: int, as_of: int | None) -> Answers:
    by = _first_after(line, other, first)
    sure = _surely(line, other, first, last, within)
    maybe = _perhaps(line, other, first, last, within)
    answer = np.where(sure, RETURNED, np.where(maybe, PERHAPS, NOT_RETURNED))
    if as_of is not None:
        answer = np.where((answer == NOT_RETURNED) & (as_of - last < within), OPEN, answer)
    has = by >= 0
    at = np.where(has, by, 0)
    least = np.where(has, np.maximum(0, line.first[at] - last), 0) if len(at) else by
    most = np.where(has, line.last[at] - first, 0) if len(at) else by
    return Answers(answer=answer, by=by, least=least, most=most)


def _first_after(line: _Line, other: Ints, first: Ints) -> Ints:
    at = np.searchsorted(line.latest, placed(other, first), side="right")
    return np.where(_belongs(line, at, other), at, -1)


def _surely(line: _Line, other: Ints, first: Ints, last: Ints, within: int) -> Flags:
    at = np.searchsorted(line.starts, placed(other, last), side="right")
    here = _belongs(line, at, other)
    ends = line.soonest[np.where(here, at, 0)] if len(at) else at
    return here & ((ends & _DAY) - first <= within)


def _perhaps(line: _Line, other: Ints, first: Ints, last: Ints, within: int) -> Flags:
    horizon = np.minimum(last + within, _DAY)
    at = np.searchsorted(line.starts, placed(other, horizon), side="right") - 1
    here = (at >= 0) & _belongs(line, at, other)
    ends = line.latest[np.where(here, at, 0)] if len(at) else at
    return here & ((ends & _DAY) > first)


def _belongs(line: _Line, at: Ints, other: Ints) -> Flags:
    """Whether the rows found lie in the direction asked for."""
    inside = at < len(line.way)
    here: Flags = inside & (line.way[np.where(inside, at, 0)] == other) if len(at) else inside
    return here
