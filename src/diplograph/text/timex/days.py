"""Rules for dates that name days of the calendar.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from diplograph.text import language
from diplograph.text.timex import calendar
from diplograph.text.timex.choice import is_attribute, relative_year, year_of
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene

_RECENT = 45


class _Run(NamedTuple):
    """Days on end: tokens from and to, first and last day."""

    begin: int
    behind: int
    first: int
    last: int


class _Year(NamedTuple):
    """The year of some days, what it was counted from, and the rule that gave it."""

    year: int | None
    anchor: Anchor
    rule: str


def numeric(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``2004-07-21``, and ``21/7/2004`` where day and month cannot be confused."""
    surface = scene.phrase(first, behind)
    one, two, three = (int(part) for part in re.split(r"[-/.]", surface))
    day: date | None = None
    if one > 31:
        day = calendar.valid(one, two, three)
    elif one > 12 or one == two:
        day = calendar.valid(three, two, one)
    elif two > 12:
        day = calendar.valid(three, one, two)
    yield scene.mention(first, behind, day.isoformat() if day else None, "date/numeric")


def month_days(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``May 3-4, 12, 14``, ``Friday, Jan. 9, 2026``, ``19 to 21 October``: days of one month."""
    at = scene.place("Mm", first, behind)
    assert at is not None
    runs, stop = _runs(scene, first, behind)
    told = _year_told(scene, (first, stop), stop == behind, (scene.number(at), runs[0].first))
    if told.year and told.anchor == "none":
        scene.told = told.year
    for number, run in enumerate(runs):
        begin = first if number == 0 else run.begin
        end = stop if number == len(runs) - 1 else run.behind
        yield _days(scene, (begin, end), scene.number(at), run, told)


def _year_told(scene: Scene, stretch: tuple[int, int], whole: bool, day: tuple[int, int]) -> _Year:
    year_at = scene.place("Y", *stretch)
    if year_at is not None and whole:
        return _Year(scene.number(year_at), "none", "date/full")
    modifier = scene.place("XF", *stretch)
    if modifier is not None and whole:
        return _Year(*relative_year(scene, modifier), "date/relative-year")
    weekday_at = scene.place("Wv", *stretch)
    weekday = scene.number(weekday_at) if weekday_at is not None else None
    year, anchor = year_of(scene, day, weekday, *stretch)
    if _names_past_event(scene, stretch[1]) and not _is_recent(scene, year, day):
        return _Year(None, "none", "date/named-event")
    return _Year(year, anchor, "date/attribute" if is_attribute(scene, *stretch) else "date/no-year")


def days_between(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``between 4 and 7 May 2023``."""
    at = scene.place("Mm", first, behind)
    assert at is not None
    days = [scene.number(place) for place in scene.places("DO", first, behind)]
    told = _year_told(scene, (first, behind), True, (scene.number(at), days[0]))
    run = _Run(first, behind, days[0], days[-1])
    yield _days(scene, (first, behind), scene.number(at), run, told)


def _runs(scene: Scene, first: int, behind: int) -> tuple[list[_Run], int]:
    """Days on end, and where the expression ends.

    A number behind an "and" that is no following day, in front of a word, counts something else:
    "May 3 and 12 people".
    """
    classes = scene.tokens.classes
    runs: list[_Run] = []
    for at in scene.places("DO", first, behind):
        day = scene.number(at)
        before = classes[at - 2] if classes[at - 1] == "t" else classes[at - 1]
        if runs and (before in "->u" or (before == "&" and day == runs[-1].last + 1)):
            runs[-1] = runs[-1]._replace(behind=at + 1, last=day)
        elif runs and at == behind - 1 and before in "&," and classes[at + 1 : at + 2] == "x":
            return runs, runs[-1].behind
        else:
            runs.append(_Run(at, at + 1, day, day))
    return runs, behind


def _days(scene: Scene, stretch: tuple[int, int], month: int, run: _Run, told: _Year) -> TimeMention:
    if told.year is None:
        return scene.mention(*stretch, None, told.rule)
    start = calendar.valid(told.year, month, run.first)
    end = calendar.valid(told.year, month, run.last)
    if start is None or end is None or start > end:
        return scene.mention(*stretch, None, "date/impossible")
    return scene.mention(*stretch, start.isoformat(), told.rule, end=end.isoformat(), anchor=told.anchor)


def _names_past_event(scene: Scene, behind: int) -> bool:
    """Whether a date names something: the year of "the October 7 attacks" is not that of the story."""
    if behind >= len(scene.tokens.starts):
        return False
    return scene.tokens.word(behind) in language.table()["events"]["named"]


def _is_recent(scene: Scene, year: int | None, day: tuple[int, int]) -> bool:
    found = calendar.valid(year, *day) if year else None
    return bool(found and scene.published and 0 <= (scene.published - found).days <= _RECENT)


def across_months(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Oct. 30-Nov. 2``, ``from 30 October to 2 November 2023``."""
    months = [scene.number(at) for at in scene.places("Mm", first, behind)]
    days = [scene.number(at) for at in scene.places("DO", first, behind)]
    years, anchor = _years_across(scene, (first, behind), (months[0], months[1]), days[0])
    if years is None:
        yield scene.mention(first, behind, None, "range/no-year", kind="range")
        return
    start = calendar.valid(years[0], months[0], days[0])
    end = calendar.valid(years[1], months[1], days[1])
    if not start or not end or start > end:
        yield scene.mention(first, behind, None, "date/impossible")
        return
    yield scene.mention(first, behind, start.isoformat(), "range/months", end=end.isoformat(), anchor=anchor)


def _years_across(
    scene: Scene, stretch: tuple[int, int], months: tuple[int, int], day: int
) -> tuple[tuple[int, int] | None, Anchor]:
    """Years of both ends; a turn of the year lies between them if the months run backwards."""
    told = [scene.number(at) for at in scene.places("Y", *stretch)]
    turn = int(months[0] > months[1])
    if len(told) == 2:
        return (told[0], told[1]), "none"
    if told:
        scene.told = told[0]
        return (told[0] - turn, told[0]), "none"
    year, anchor = year_of(scene, (months[0], day), None, *stretch)
    return ((year, year + turn), anchor) if year else (None, "none")
