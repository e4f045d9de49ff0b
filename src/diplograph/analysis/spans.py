"""Cuts time into years or months, and tells which of them an event surely or perhaps began in.

Takes events with dates of any precision; gives names of periods: ``2025`` or ``2025-08``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from diplograph.model import TimeSpan

MONTHS: Final = 12


class Unit(StrEnum):
    """How long a period is."""

    YEAR = "year"
    MONTH = "month"


def number(day: date, unit: Unit) -> int:
    """The number of the period that holds a day; the next period has the next number."""
    return day.year if unit is Unit.YEAR else day.year * MONTHS + day.month - 1


def name(period: int, unit: Unit) -> str:
    """The name of a period by its number: ``2025``, ``2025-08``."""
    if unit is Unit.YEAR:
        return f"{period:04}"
    return f"{period // MONTHS:04}-{period % MONTHS + 1:02}"


def starts(period: int, unit: Unit) -> date:
    """The first day of a period."""
    return date(period, 1, 1) if unit is Unit.YEAR else date(period // MONTHS, period % MONTHS + 1, 1)


def bounds(when: TimeSpan, unit: Unit) -> tuple[int, int] | None:
    """The first and the last period in which a span can have begun; None if it is undated."""
    if when.start is None:
        return None
    return number(when.earliest_start(), unit), number(when.latest_start(), unit)


def all_between(first: int, last: int) -> Iterator[int]:
    """Every period from the one to the other, both included."""
    return iter(range(first, last + 1))
