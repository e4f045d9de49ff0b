"""Rules for dates that name a day, month or year of the calendar.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from diplograph.text import language
from diplograph.text.timex import calendar
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import UNIT

_SLACK = 1
_AHEAD_SLACK = 6
_PAST_IS_NEARER = 2
_FAR = 330
_CLOSE = 20


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
    month = scene.number(at)
    runs, stop = _runs(scene, first, behind)
    year_at = scene.place("Y", first, behind)
    modifier = scene.place("XF", first, behind)
    weekday_at = scene.place("Wv", first, behind)
    anchor: Anchor = "none"
    year: int | None
    if year_at is not None and stop == behind:
        year, rule = scene.number(year_at), "date/full"
    elif modifier is not None and stop == behind:
        year, anchor = relative_year(scene, modifier)
        rule = "date/relative-year"
    else:
        weekday = scene.number(weekday_at) if weekday_at is not None else None
        days = [day for run in runs for day in run[2:]]
        year, anchor = _year(scene, month, days[0], weekday, first, stop)
        rule = "date/no-year"
    if year and anchor == "none":
        scene.told = year
    if rule == "date/no-year" and _is_attribute(scene, first, stop):
        rule = "date/attribute"
    if year_at is None and _names_past_event(scene, stop):
        year, rule = None, "date/named-event"
    for number, run in enumerate(runs):
        begin = first if number == 0 else run[0]
        end = stop if number == len(runs) - 1 else run[1]
        if number == 0 and len(runs) > 1 and at > run[1]:
            begin = first
        yield _days(scene, (begin, end), year, month, (run[2], run[3]), rule, anchor)


def days_between(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``between 4 and 7 May 2023``."""
    at = scene.place("Mm", first, behind)
    assert at is not None
    days = [scene.number(place) for place in scene.places("DO", first, behind)]
    year_at = scene.place("Y", first, behind)
    anchor: Anchor = "none"
    if year_at is not None:
        year: int | None = scene.number(year_at)
        scene.told = year
    else:
        year, anchor = _year(scene, scene.number(at), days[0], None, first, behind)
    rule = "range/between"
    yield _days(scene, (first, behind), year, scene.number(at), (days[0], days[-1]), rule, anchor)


def _runs(scene: Scene, first: int, behind: int) -> tuple[list[tuple[int, int, int, int]], int]:
    """Stretches of days: tokens from and to, first and last day. And where the expression ends.

    A number behind an "and" that is no following day, in front of a word, counts something else:
    "May 3 and 12 people".
    """
    classes = scene.tokens.classes
    runs: list[tuple[int, int, int, int]] = []
    stop = behind
    at = first
    while at < behind:
        if classes[at] in "DO":
            day = scene.number(at)
            if (runs and classes[at - 1] in "->u") or (runs and classes[at - 2 : at] in (">t", "ut")) or (runs and day == runs[-1][3] + 1 and classes[at - 1] == "&"):
                runs[-1] = (runs[-1][0], at + 1, runs[-1][2], day)
            elif runs and at == behind - 1 and classes[at - 1] in "&," and _counts(scene, at):
                stop = runs[-1][1]
                break
            else:
                runs.append((at, at + 1, day, day))
        at += 1
    return runs, stop


def _counts(scene: Scene, at: int) -> bool:
    following = scene.tokens.classes[at + 1 : at + 2]
    return following == "x" and scene.tokens.word(at + 1).isalpha()


def _days(
    scene: Scene,
    stretch: tuple[int, int],
    year: int | None,
    month: int,
    days: tuple[int, int],
    rule: str,
    anchor: Anchor,
) -> TimeMention:
    if year is None:
        return scene.mention(*stretch, None, rule)
    start, end = (calendar.valid(year, month, day) for day in days)
    if start is None or end is None or start > end:
        return scene.mention(*stretch, None, "date/impossible")
    return scene.mention(*stretch, start.isoformat(), rule, end=end.isoformat(), anchor=anchor)


def _is_attribute(scene: Scene, first: int, behind: int) -> bool:
    """ "the November 27 agreement" names what is spoken of; the story does not move to that day."""
    classes = scene.tokens.classes
    return first > 0 and classes[first - 1] in "t'" and classes[behind : behind + 1] == "x"


def _names_past_event(scene: Scene, behind: int) -> bool:
    """ "the October 7 attacks" names something; its year is not that of the story."""
    return (
        behind < len(scene.tokens.starts) and scene.tokens.word(behind) in language.table()["events"]["named"]
    )


def _year(
    scene: Scene, month: int, day: int, weekday: int | None, first: int, behind: int
) -> tuple[int | None, Anchor]:
    """The year of a date told without one."""
    if scene.told:
        return scene.told, "context"
    anchor, kind = scene.anchor()
    if anchor is None:
        return None, "none"
    candidates = [
        found
        for year in range(max(anchor.year - 6, 1), min(anchor.year + 7, 9999))
        if (found := calendar.valid(year, month, day))
    ]
    if weekday is not None:
        fitting = [found for found in candidates if found.weekday() == weekday]
        near = calendar.nearest(fitting, anchor)
        if near and abs((near - anchor).days) < 400:
            return near.year, kind
    tensed = kind == "published" and not _is_attribute(scene, first, behind)
    chosen = _by_direction(candidates, anchor, scene.direction(first, behind) if tensed else None)
    return (chosen.year, kind) if chosen else (None, "none")


def _by_direction(candidates: list[date], anchor: date, direction: str | None) -> date | None:
    """The nearest candidate on the side that the tense tells; without a tense the past counts as nearer."""
    near = min(candidates, key=lambda day: _distance(day, anchor), default=None)
    if direction == "past":
        told = max((day for day in candidates if (day - anchor).days <= _SLACK), default=None)
    elif direction == "future":
        told = min((day for day in candidates if (day - anchor).days >= -_AHEAD_SLACK), default=None)
    else:
        return near
    # A tense that leads almost a year away from a day close by belongs to another verb.
    if (
        direction == "past"
        and told
        and near
        and abs((told - anchor).days) > _FAR
        and abs((near - anchor).days) <= _CLOSE
    ):
        return near
    return told


def _distance(day: date, anchor: date) -> int:
    away = (day - anchor).days
    return away * _PAST_IS_NEARER if away > 60 else abs(away)


def across_months(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Oct. 30-Nov. 2``, ``from 30 October to 2 November 2023``."""
    months = scene.places("Mm", first, behind)
    days = scene.places("DO", first, behind)
    years = scene.places("Y", first, behind)
    if years:
        late: int | None = scene.number(years[-1])
        anchor: Anchor = "none"
        early = scene.number(years[0]) if len(years) == 2 else late
        scene.told = late
    else:
        early, anchor = _year(scene, scene.number(months[0]), scene.number(days[0]), None, first, behind)
        late = early
    if early is None or late is None:
        yield scene.mention(first, behind, None, "range/no-year", kind="range")
        return
    start_month, end_month = scene.number(months[0]), scene.number(months[1])
    if start_month > end_month and early == late:
        early, late = (early - 1, late) if years else (early, late + 1)
    start = calendar.valid(early, start_month, scene.number(days[0]))
    end = calendar.valid(late, end_month, scene.number(days[1]))
    if not start or not end or start > end:
        yield scene.mention(first, behind, None, "date/impossible")
        return
    yield scene.mention(first, behind, start.isoformat(), "range/months", end=end.isoformat(), anchor=anchor)


def month(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``August 2025``, ``early March``, ``last May``, ``that October``, ``in May this year``."""
    at = scene.place("Mm", first, behind)
    assert at is not None
    if behind - first == 1 and _is_name(scene, at):
        return
    number = scene.number(at)
    year, anchor, rule = _month_year(scene, number, at, first, behind)
    if year is None:
        yield scene.mention(first, behind, None, rule)
        return
    if anchor == "none":
        scene.told = year
    part = scene.place("E", first, behind)
    within = _part(scene, part, calendar.month_bounds(year, number))
    yield scene.mention(first, behind, calendar.iso_month(year, number), rule, anchor=anchor, within=within)


def _is_name(scene: Scene, at: int) -> bool:
    """ "April Ryan asked": a capitalised word behind, no preposition before."""
    classes, tokens = scene.tokens.classes, scene.tokens
    if at and classes[at - 1] in "iuBo>&t',":
        return False
    return classes[at + 1 : at + 2] == "x" and tokens.text[tokens.starts[at + 1]].isupper()


def _part(scene: Scene, at: int | None, bounds: tuple[date, date]) -> tuple[date, date] | None:
    value = scene.tokens.values[at] if at is not None else None
    return calendar.part(bounds, value) if isinstance(value, tuple) else None


def _month_year(scene: Scene, month: int, at: int, first: int, behind: int) -> tuple[int | None, Anchor, str]:
    year_at = scene.place("Y", first, behind)
    if year_at is not None:
        return scene.number(year_at), "none", "month/year"
    unit = scene.place(UNIT, first, behind)
    modifier = scene.place("XF", first, behind)
    if unit is not None and modifier is not None:
        year, anchor = relative_year(scene, modifier)
        return year, anchor, "month/relative-year"
    if modifier is not None:
        return _modified_month(scene, month, modifier)
    if scene.told:
        return scene.told, "context", "month/told"
    anchor_day, kind = scene.anchor()
    if anchor_day is None:
        return None, "none", "month/no-year"
    direction = scene.direction(first, behind) if kind == "published" else None
    return _nearest_month(anchor_day, month, direction, kind), kind, f"month/{direction or 'near'}"


def _nearest_month(anchor: date, month: int, direction: str | None, kind: Anchor) -> int:
    this_year = anchor.year
    if direction == "past" or (direction is None and kind == "published"):
        # Without a tense, a month just ahead is nearer than one almost a year ago.
        ahead = (month - anchor.month) % 12
        if direction is None and 0 < ahead <= 2:
            return this_year + (month < anchor.month)
        return this_year - (month > anchor.month)
    if direction == "future":
        return this_year + (month < anchor.month)
    return min(
        (this_year - 1, this_year, this_year + 1),
        key=lambda y: abs((y - this_year) * 12 + month - anchor.month),
    )


def _modified_month(scene: Scene, month: int, modifier: int) -> tuple[int | None, Anchor, str]:
    word = scene.tokens.word(modifier)
    if word in ("that", "same", "following", "previous", "preceding"):
        return _context_month(scene, month, word)
    if scene.published is None:
        return None, "none", "month/relative"
    year, now = scene.published.year, scene.published.month
    if word in ("last", "past"):
        year -= month >= now
    elif word in ("next", "coming", "upcoming"):
        year += month <= now
    return year, "published", f"month/{word}"


def _context_month(scene: Scene, month: int, word: str) -> tuple[int | None, Anchor, str]:
    told = scene.context
    rule = f"month/{word}"
    if word in ("that", "same"):
        return (told.year, "context", rule) if told.year else (None, "none", rule)
    latest = told.latest
    if latest and latest.start and len(latest.start) >= 7:
        year, now = int(latest.start[:4]), int(latest.start[5:7])
    elif scene.published and not told.year:
        year, now = scene.published.year, scene.published.month
    elif told.year:
        year, now = told.year, 7
    else:
        return None, "none", rule
    return (year + (month <= now) if word == "following" else year - (month >= now)), "context", rule


def relative_year(scene: Scene, modifier: int) -> tuple[int | None, Anchor]:
    """The year of "this year", "last year", "the following year"."""
    word = scene.tokens.word(modifier)
    step = {
        "last": -1,
        "past": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
        "previous": -1,
        "preceding": -1,
    }.get(word, 0)
    if word in ("following", "previous", "preceding", "that", "same"):
        return (scene.context.year + step, "context") if scene.context.year else (None, "none")
    return (scene.published.year + step, "published") if scene.published else (None, "none")
