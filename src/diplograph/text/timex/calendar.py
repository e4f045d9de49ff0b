"""Arithmetic of days, weeks and months; knows nothing of words.

Takes dates and numbers, gives dates and partial ISO dates.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

_FIRST = date(1, 1, 8)
_LAST = date(9999, 12, 24)


def shift(day: date, days: int) -> date:
    """``day`` moved by a number of days, kept inside the calendar."""
    ordinal = min(max(day.toordinal() + days, _FIRST.toordinal()), _LAST.toordinal())
    return date.fromordinal(ordinal)


def weekday_before(day: date, weekday: int, *, strictly: bool = False) -> date:
    """The last such weekday on or before ``day``."""
    back = (day.weekday() - weekday) % 7
    return shift(day, -(back or (7 if strictly else 0)))


def weekday_after(day: date, weekday: int, *, strictly: bool = False) -> date:
    """The first such weekday on or after ``day``."""
    ahead = (weekday - day.weekday()) % 7
    return shift(day, ahead or (7 if strictly else 0))


def weekday_near(day: date, weekday: int) -> date:
    """The nearest such weekday, at most three days away."""
    back = (day.weekday() - weekday) % 7
    return shift(day, -back if back <= 3 else 7 - back)


def week(day: date, ahead: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``, or of one ``ahead`` weeks later."""
    monday = shift(day, 7 * ahead - day.weekday())
    return monday, shift(monday, 6)


def month_shift(year: int, month: int, months: int) -> tuple[int, int]:
    """A month moved by a number of months."""
    count = year * 12 + month - 1 + months
    return min(max(count // 12, 1), 9999), count % 12 + 1


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def part(bounds: tuple[date, date], tenths: tuple[int, ...]) -> tuple[date, date]:
    """The part of a stretch that lies from one tenth of it to another."""
    first, last = bounds
    length = (last - first).days + 1
    begin = shift(first, length * tenths[0] // 10)
    end = shift(first, max(-(-length * tenths[1] // 10) - 1, 0))
    return begin, min(end, last)


def iso_month(year: int, month: int) -> str:
    """A month as a partial ISO date."""
    return f"{year:04d}-{month:02d}"


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(candidates: list[date], to: date) -> date | None:
    """The candidate nearest to a day; the earlier of two that are as near."""
    return min(candidates, key=lambda day: (abs((day - to).days), day), default=None)


def midpoint(bounds: tuple[date, date]) -> date:
    """The day in the middle of a stretch."""
    return bounds[0] + timedelta(days=(bounds[1] - bounds[0]).days // 2)


def feast(value: Sequence[int], year: int) -> date:
    """The day of a feast in a year: its month and day, or its distance from Easter Sunday in days."""
    return date(year, *value) if len(value) > 1 else easter(year) + timedelta(days=value[0])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (J. Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, part = divmod(century, 4)
    lunar = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(rest, 4)
    sunday = (32 + 2 * part + 2 * quarter - lunar - left) % 7
    late = (golden + 11 * lunar + 22 * sunday) // 451
    month, day = divmod(lunar + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
