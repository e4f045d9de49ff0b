"""Tells whether visits keep to seasons.

Definition: for each month of the year, the visits that surely began in it and those that can have; beside
them what months of equal traffic would have had, by their days. The test is Rayleigh's: each visit is a point
on the circle of the year, R̄ the length of their mean, and p ≈ exp(√(1 + 4n + 4(n² − n²R̄²)) − (1 + 2n)).
Reference: Zar (2010), Biostatistical Analysis, 5th ed., 27.1; Wilkie (1983), Appl. Stat. 32:311.
It finds one season in the year; two opposite ones cancel out, which the table of months shows.

Preconditions: only visits known to the month count; those known to the year or undated are listed apart.
A visit known to the month stands in the middle of it.
Takes visits; gives ``Seasons``, whose months carry event ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey
from diplograph.model import Granularity

MONTH_DAYS: Final = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEAR: Final = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of the year: visits that surely began in it, that can have, and what is expected."""

    month: int
    sure: int
    at_most: int
    expected: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """How visits are spread over the year.

    Attributes:
        months: January to December.
        concentration: R̄: 0 for none, 1 if all visits fall on one day of the year; None without visits.
        peak: The mean day as (month, day); None without visits.
        p: Of Rayleigh's test; None without visits.
        left_out: Event ids of visits not known to the month.
    """

    months: tuple[Month, ...]
    concentration: float | None
    peak: tuple[int, int] | None
    p: float | None
    left_out: tuple[str, ...]


def seasons(visits: Iterable[Journey]) -> Seasons:
    """The seasons of visits."""
    given = list(visits)
    placed = [j for j in given if j.when.granularity in (Granularity.DAY, Granularity.MONTH)]
    months = tuple(_month(number, placed) for number in range(1, 13))
    angles = [_angle(journey) for journey in placed]
    length, direction = _mean(angles)
    return Seasons(
        months=months,
        concentration=length if angles else None,
        peak=_day(direction) if angles else None,
        p=rayleigh(len(angles), length) if angles else None,
        left_out=travel.ids([j for j in given if j not in placed]),
    )


def _month(number: int, placed: Sequence[Journey]) -> Month:
    can = [j for j in placed if number in _months(j)]
    sure = [j for j in can if len(_months(j)) == 1]
    expected = len(placed) * MONTH_DAYS[number - 1] / YEAR
    return Month(month=number, sure=len(sure), at_most=len(can), expected=expected, events=travel.ids(can))


def _months(journey: Journey) -> set[int]:
    return {journey.when.earliest_start().month, journey.when.latest_start().month}


def _angle(journey: Journey) -> float:
    first, last = journey.when.earliest_start(), journey.when.latest_start()
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    return 2 * math.pi * (middle.timetuple().tm_yday - 0.5) / YEAR


def _mean(angles: Sequence[float]) -> tuple[float, float]:
    if not angles:
        return 0.0, 0.0
    x, y = sum(map(math.cos, angles)) / len(angles), sum(map(math.sin, angles)) / len(angles)
    return math.hypot(x, y), math.atan2(y, x) % (2 * math.pi)


def _day(angle: float) -> tuple[int, int]:
    # Counted in a year without a leap day, for the mean of many years is no day of one of them.
    day = date.fromordinal(date(2001, 1, 1).toordinal() + min(364, int(angle / (2 * math.pi) * YEAR)))
    return day.month, day.day


def rayleigh(n: int, length: float) -> float:
    """P of Rayleigh's test for n points whose mean has a length; at most 1."""
    rest = 1 + 4 * n + 4 * (n**2 - (n * length) ** 2)
    return min(1.0, math.exp(math.sqrt(max(0.0, rest)) - (1 + 2 * n)))
