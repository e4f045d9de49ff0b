"""What the resolver says beside the value: rule, anchor, bounds, relation, and what it hands on."""

import calendar as almanac
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timex_golden import GOLDEN, now

from diplograph.text.timex import calendar

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 1, 1))
WEEKDAYS = st.integers(min_value=0, max_value=6)
EASTERS = (
    "1818-03-22 1886-04-25 1943-04-25 1954-04-18 1961-04-02 1981-04-19 1999-04-04 2000-04-23 2008-03-23 "
    "2011-04-24 2019-04-21 2024-03-31 2025-04-20 2026-04-05 2038-04-25 2049-04-18 2076-04-19"
).split()


def test_everything_said_is_as_it_was():
    """Every attribute of every mention is that of the golden file; ``timex_golden.py --write`` renews it."""
    expected, actual = GOLDEN.read_text("utf-8").splitlines(), now().splitlines()

    assert [] == [(old, new) for old, new in zip(expected, actual, strict=False) if old != new][:5]
    assert len(expected) == len(actual)


@pytest.mark.parametrize("day", EASTERS)
def test_easter(day):
    """Easter Sunday is that of the Gregorian tables, its earliest and latest days among them."""
    assert date.fromisoformat(day) == calendar.easter(int(day[:4]))


@given(DAYS, WEEKDAYS)
def test_weekdays_around_a_day(day, weekday):
    """The weekday before, after and near a day is that weekday, on the right side and as near as can be."""
    before, after = calendar.weekday_before(day, weekday), calendar.weekday_after(day, weekday)
    near = calendar.weekday_near(day, weekday)

    assert [weekday] * 3 == [found.weekday() for found in (before, after, near)]
    assert 0 <= (day - before).days <= 6
    assert 0 <= (after - day).days <= 6
    assert -3 <= (near - day).days <= 3


@given(DAYS)
def test_strictly_around_a_day(day):
    """The weekday strictly before or after a day of that weekday is a week away."""
    weekday = day.weekday()

    assert day - timedelta(days=7) == calendar.weekday_before(day, weekday, strictly=True)
    assert day + timedelta(days=7) == calendar.weekday_after(day, weekday, strictly=True)


@given(DAYS, st.integers(min_value=-5, max_value=5))
def test_weeks(day, ahead):
    """A week runs from Monday to Sunday and holds the day so many weeks later."""
    monday, sunday = calendar.week(day, ahead)

    assert (0, 6) == (monday.weekday(), (sunday - monday).days)
    assert monday <= day + timedelta(weeks=ahead) <= sunday


@given(DAYS, st.integers(min_value=-30, max_value=30))
def test_months(day, months):
    """Months are counted over the years, and a month ends on its last day."""
    year, month = calendar.month_shift(day.year, day.month, months)
    first, last = calendar.month_bounds(year, month)

    assert months == (year - day.year) * 12 + month - day.month
    assert 1 <= month <= 12
    assert (date(year, month, 1), almanac.monthrange(year, month)[1]) == (first, last.day)
    assert f"{year:04d}-{month:02d}" == calendar.iso_month(year, month)


def test_the_calendar_has_ends():
    """What would lie outside the calendar of Python stays at its rim."""
    assert date(1, 1, 8) == calendar.shift(date(1, 1, 10), -30)
    assert date(9999, 12, 24) == calendar.shift(date(9999, 12, 20), 30)
    assert (1, 1) == calendar.month_shift(1, 1, -12)
    assert (9999, 1) == calendar.month_shift(9999, 1, 12)


def test_parts_of_a_stretch():
    """Tenths of a stretch are whole days within it; a part has at least one."""
    may = calendar.month_bounds(2025, 5)
    one = (date(2025, 5, 1), date(2025, 5, 1))

    assert (date(2025, 5, 1), date(2025, 5, 10)) == calendar.part(may, (0, 3))
    assert (date(2025, 5, 22), date(2025, 5, 31)) == calendar.part(may, (7, 10))
    assert one == calendar.part(one, (0, 1))


def test_the_nearest_of_days():
    """The nearest day is taken, the earlier of two, and none of none; a day that is not is none."""
    first, middle, last = date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3)

    assert first == calendar.nearest([last, first], middle)
    assert last == calendar.nearest([first, last], date(2025, 1, 4))
    assert calendar.nearest([], middle) is None
    assert calendar.valid(2025, 2, 30) is None
    assert date(2025, 1, 16) == calendar.midpoint((first, date(2025, 1, 31)))
    assert (first, date(2025, 12, 31)) == calendar.year_bounds(2025)
