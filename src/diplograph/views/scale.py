"""Maps days to places on a line, with long silences folded to a fixed width.

A history of twenty years with three busy ones would leave the busy ones unreadable. Stretches of more
than ``fold`` days in which nothing happened take ``folded`` pixels each, whatever their length; the
drawing says so.

Takes the days that are to be shown; gives a ``Scale``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

FOLD: Final = 500
PAD: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days from ``start`` to ``end``, drawn from ``left`` to ``right``; ``folded`` if time is compressed."""

    start: date
    end: date
    left: float
    right: float
    folded: bool

    def place(self, day: date) -> float:
        """Where a day of this stretch lies."""
        days = max(1, (self.end - self.start).days)
        return self.left + (self.right - self.left) * (day - self.start).days / days


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The stretches of a time line, from left to right, without holes."""

    stretches: tuple[Stretch, ...]

    def x(self, day: date) -> float:
        """Where a day lies; days outside lie at the nearer end."""
        starts = [stretch.start for stretch in self.stretches]
        at = max(0, bisect_right(starts, day) - 1)
        stretch = self.stretches[at]
        return min(max(stretch.place(day), stretch.left), stretch.right)

    @property
    def folds(self) -> tuple[Stretch, ...]:
        """The folded stretches."""
        return tuple(stretch for stretch in self.stretches if stretch.folded)

    def years(self) -> tuple[tuple[int, float], ...]:
        """First days of years outside folds, with their places."""
        found = []
        for stretch in self.stretches:
            if not stretch.folded:
                for year in range(stretch.start.year, stretch.end.year + 1):
                    day = date(year, 1, 1)
                    if stretch.start <= day <= stretch.end:
                        found.append((year, stretch.place(day)))
        return tuple(found)


def _busy(days: Iterable[date], fold: int) -> list[tuple[date, date]]:
    ordered = sorted(set(days))
    spans = [(ordered[0], ordered[0])]
    for before, after in pairwise(ordered):
        if (after - before).days > fold:
            spans.append((after, after))
        else:
            spans[-1] = (spans[-1][0], after)
    return spans


def scale(
    days: Iterable[date],
    left: float,
    right: float,
    *,
    fold: int = FOLD,
    folded: float = 96,
    pad: int = PAD,
) -> Scale:
    """A scale on which all given days lie.

    Args:
        days: At least one day.
        left: Where the line begins.
        right: Where it ends.
        fold: Days of silence above which a stretch is folded.
        folded: Width of a folded stretch.
        pad: Days shown before the first and after the last day of each busy stretch.
    """
    rim = timedelta(days=pad)
    spans = [(start - rim, end + rim) for start, end in _busy(days, max(fold, 2 * pad + 1))]
    # With very many silences the folds may not eat up the line.
    width = min(folded, 0.5 * (right - left) / len(spans))
    free = (right - left) - width * (len(spans) - 1)
    total = sum((end - start).days for start, end in spans)
    stretches, x = [], left
    for number, (start, end) in enumerate(spans):
        if number:
            before = spans[number - 1][1]
            stretches.append(Stretch(start=before, end=start, left=x, right=x + width, folded=True))
            x += width
        own = free * (end - start).days / total
        stretches.append(Stretch(start=start, end=end, left=x, right=x + own, folded=False))
        x += own
    return Scale(stretches=tuple(stretches))


def length(days: int) -> str:
    """A long stretch in words: ``6 years 10 months``, ``14 months``, ``40 days``."""
    months = round(days / 30.44)
    if months < 3:
        return f"{days} days"
    if months < 24:
        return f"{months} months"
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" {rest} month{'s' if rest > 1 else ''}" if rest else "")
