"""Compares two periods: whose visits to whom became more, and whose fewer.

Definition: for each direction (guest, host) and each state, the visits that surely began in one period and in
the other, their rates by year, and their ratio; ``doubtful`` are visits that can lie in a period and need
not. p is exact and two-sided: if the rate did not change, the visits of the second period are binomial among
those of both, with the share of its days (Przyborowski and Wilenski 1940, Biometrika 31:313). p values are
corrected for the number of rows (``multiple``). ``overall`` compares reciprocity and the number of partners.

Preconditions: the periods do not overlap; undated visits are in neither and counted as ``undated``.
Takes events, or columns of visits, and two periods; gives a ``Comparison`` whose rows carry event ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from diplograph.analysis import columns, tables
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.exact import binomial
from diplograph.analysis.levels import Level
from diplograph.analysis.multiple import Correction, corrected
from diplograph.analysis.ordering import Flags, Ints
from diplograph.model import Event

YEAR: Final = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time from one day to another, both included."""

    first: date
    last: date

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        """From 1 January of a year to 31 December of another."""
        return cls(first=date(first, 1, 1), last=date(last, 12, 31))

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1

    def holds(self, visits: Visits) -> Flags:
        """Which visits surely began in it."""
        flags: Flags = visits.dated & (self._days[0] <= visits.first) & (visits.last <= self._days[1])
        return flags

    def can_hold(self, visits: Visits) -> Flags:
        """Which visits can have begun in it."""
        flags: Flags = visits.dated & (self._days[0] <= visits.last) & (visits.first <= self._days[1])
        return flags

    @property
    def _days(self) -> tuple[int, int]:
        return self.first.toordinal(), self.last.toordinal()


class By(StrEnum):
    """What a row of a comparison is."""

    WAY = "way"
    DYAD = "dyad"
    GUEST = "guest"
    HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How the visits of a direction, pair or state changed.

    Attributes:
        key: Codes: guest and host, a pair, or one state.
        before: Event ids of visits surely in the first period.
        after: Event ids of visits surely in the second.
        rate_before: Visits by year in the first.
        rate_after: Visits by year in the second.
        ratio: The second rate over the first; None if there was no visit in the first.
        p: Two-sided p value.
        p_corrected: Corrected for the number of rows.
    """

    key: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    rate_before: float
    rate_after: float
    ratio: float | None
    p: float
    p_corrected: float = 1.0

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of both periods."""
        return (*self.before, *self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """A period as a whole: visits, pairs, reciprocity 2Σmin/Σw."""

    visits: int
    dyads: int
    reciprocity: float | None
    doubtful: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two periods side by side; rows by p, then by size."""

    first: Period
    second: Period
    rows: tuple[Shift, ...]
    before: Overall
    after: Overall
    undated: tuple[str, ...]


def compare(
    given: Iterable[Event] | Visits,
    first: Period,
    second: Period,
    *,
    by: By = By.DYAD,
    correction: Correction = Correction.BH,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
) -> Comparison:
    """Two periods compared.

    Args:
        given: Events of any kind, or columns of visits.
        first: The earlier period.
        second: The later one.
        by: What a row is.
        correction: How p values are corrected for the number of rows.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.

    Raises:
        ValueError: If a period ends before it begins, or the two overlap.
    """
    _check(first, second)
    visits = columns.held(given, level=level, multilateral=multilateral)
    placed = visits.take(first.holds(visits) | second.holds(visits))
    keys = {By.WAY: placed.way, By.DYAD: placed.dyad, By.GUEST: placed.guest, By.HOST: placed.host}
    rows = [_shift(placed, own, by, first, second) for own in columns.in_groups(placed, keys[by])]
    rows.sort(key=lambda row: row.key)
    p = corrected([row.p for row in rows], correction)
    rows = [replace(row, p_corrected=value) for row, value in zip(rows, p, strict=True)]
    rows.sort(key=lambda row: (row.p_corrected, row.p, -len(row.events), row.key))
    return Comparison(
        first=first,
        second=second,
        rows=tuple(rows),
        before=_overall(visits, first),
        after=_overall(visits, second),
        undated=_ids(visits.take(~visits.dated)),
    )


def _check(first: Period, second: Period) -> None:
    for period in (first, second):
        if period.first > period.last:
            raise ValueError(f"a period cannot end on {period.last} before it begins on {period.first}")
    if second.first <= first.last:
        told = f"{second.first} is not after {first.last}"
        raise ValueError(f"the second period must begin after the first has ended: {told}")


def _shift(visits: Visits, own: Ints, by: By, first: Period, second: Period) -> Shift:
    """The row of a group of visits, each of which surely lies in one of the periods."""
    group = visits.take(own)
    before, after = (_ids(group.take(period.holds(group))) for period in (first, second))
    share = second.days / (first.days + second.days)
    rates = len(before) * YEAR / first.days, len(after) * YEAR / second.days
    guest, host = group.states[group.guest[0]], group.states[group.host[0]]
    keys = {By.WAY: (guest, host), By.DYAD: group.pair_of(0), By.GUEST: (guest,), By.HOST: (host,)}
    return Shift(
        key=keys[by],
        before=before,
        after=after,
        rate_before=rates[0],
        rate_after=rates[1],
        ratio=rates[1] / rates[0] if before else None,
        p=binomial(len(after), len(before) + len(after), share),
    )


def _ids(visits: Visits) -> tuple[str, ...]:
    return tuple(dict.fromkeys(columns.in_order(visits).events))


def _overall(visits: Visits, period: Period) -> Overall:
    sure = period.holds(visits)
    inside = visits.take(sure)
    return Overall(
        visits=len(inside),
        dyads=len(inside.pairs),
        reciprocity=tables.reciprocity(inside)[1],
        doubtful=_ids(visits.take(period.can_hold(visits) & ~sure)),
    )
