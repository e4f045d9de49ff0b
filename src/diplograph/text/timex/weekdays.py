"""Rules for weekdays and weekends.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from diplograph.model import first_day
from diplograph.text.timex import calendar
from diplograph.text.timex.choice import AHEAD, BACK, TOLD, step_of
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import UNIT


def weekday(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Friday``, ``next Tuesday``, ``Friday last week``, ``the following Tuesday``.

    By tense where nothing else tells.
    """
    at = scene.place("Wv", first, behind)
    assert at is not None
    number = scene.number(at)
    day, anchor, rule = _weekday(scene, number, first, behind)
    yield scene.mention(first, behind, day.isoformat() if day else None, rule, anchor=anchor)


def _weekday(scene: Scene, number: int, first: int, behind: int) -> tuple[date | None, Anchor, str]:
    modifiers = scene.modifiers(first, behind)
    word = modifiers[0] if modifiers else ""
    if scene.place(UNIT, first, behind) is not None:
        return _weekday_of_week(scene, number, word)
    if word in TOLD:
        return _weekday_told(scene, number, word)
    if scene.published is None:
        day = scene.last_day()
        if day is None or word:
            return None, "none", "weekday/no-date"
        return calendar.weekday_near(day, number), "context", "weekday/near"
    chosen = _weekday_from(scene, scene.published, number, modifiers, (first, behind))
    return chosen, "published", f"weekday/{word or 'tense'}"


def _weekday_from(
    scene: Scene, published: date, number: int, modifiers: list[str], stretch: tuple[int, int]
) -> date:
    if "past" in modifiers or "last" in modifiers:
        return calendar.weekday_before(published, number, strictly=True)
    if "coming" in modifiers or "upcoming" in modifiers:
        return calendar.weekday_after(published, number, strictly=True)
    if "next" in modifiers:
        return calendar.shift(calendar.week(published, 1)[0], number)
    if "this" in modifiers:
        return calendar.shift(calendar.week(published)[0], number)
    if scene.direction(*stretch) == "future":
        return calendar.weekday_after(published, number)
    return calendar.weekday_before(published, number)


def _weekday_of_week(scene: Scene, number: int, word: str) -> tuple[date | None, Anchor, str]:
    if word in TOLD:
        day = scene.last_day()
        step = step_of(word)
        if day is None:
            return None, "none", "weekday/week"
        return calendar.shift(calendar.week(day, step)[0], number), "context", "weekday/week"
    if scene.published is None:
        return None, "none", "weekday/week"
    step = -1 if word in BACK else 1 if word in AHEAD else 0
    return calendar.shift(calendar.week(scene.published, step)[0], number), "published", "weekday/week"


def _weekday_told(scene: Scene, number: int, word: str) -> tuple[date | None, Anchor, str]:
    rule = f"weekday/{word}"
    day = scene.last_day()
    if day is None:
        return None, "none", rule
    if word == "following":
        return calendar.weekday_after(day, number, strictly=True), "context", rule
    if word in BACK:
        return calendar.weekday_before(day, number, strictly=True), "context", rule
    return calendar.weekday_near(day, number), "context", rule


def weekdays(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Sunday through Tuesday``, ``Monday and Tuesday``, ``Monday, Thursday and Friday``."""
    places = scene.places("Wv", first, behind)
    joined = scene.place("->u", first, behind) is not None
    days = [next(iter(weekday(scene, at, at + 1))).span for at in places]
    start, end = days[0], days[-1]
    if not start.start or not end.start:
        yield scene.mention(first, behind, None, "weekdays", kind="range")
        return
    values = [first_day(day.start) for day in days if day.start]
    for at in range(1, len(values)):
        if values[at] < values[at - 1]:
            values[at] = calendar.weekday_after(values[at - 1], values[at].weekday())
    values = _in_order(scene, values, first, behind)
    anchor: Anchor = "published" if scene.published else "context"
    if joined or all((two - one).days == 1 for one, two in pairwise(values)):
        yield scene.mention(
            first, behind, values[0].isoformat(), "weekdays", end=values[-1].isoformat(), anchor=anchor
        )
        return
    for at, value in zip(places, values, strict=True):
        yield scene.mention(at, at + 1, value.isoformat(), "weekdays", anchor=anchor)


def _in_order(scene: Scene, values: list[date], first: int, behind: int) -> list[date]:
    """What is past ends by publication: the run is moved back by whole weeks."""
    if scene.published is None or scene.direction(first, behind) == "future":
        return values
    weeks = -(-max((values[-1] - scene.published).days, 0) // 7)
    return [calendar.shift(value, -7 * weeks) for value in values]


def weekend(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``over the weekend``, ``next weekend``: Saturday and Sunday."""
    at = scene.place("XF", first, behind)
    words = [scene.tokens.word(place) for place in scene.places("XF", first, behind)]
    word = words[0] if at is not None else ""
    if word in ("that", "following", "previous", "same"):
        day = scene.last_day()
        anchor: Anchor = "context"
        start = None if day is None else calendar.shift(calendar.week(day, step_of(word))[0], 5)
    else:
        anchor = "published"
        start = None if scene.published is None else _saturday(scene, scene.published, words, (first, behind))
    if start is None:
        yield scene.mention(first, behind, None, "weekend", kind="range")
        return
    end = calendar.shift(start, 1)
    yield scene.mention(first, behind, start.isoformat(), "weekend", end=end.isoformat(), anchor=anchor)


def _saturday(scene: Scene, published: date, words: list[str], stretch: tuple[int, int]) -> date:
    monday = calendar.week(published)[0]
    if "last" in words or "past" in words:
        return calendar.shift(monday, -2)
    if "next" in words:
        return calendar.shift(monday, 12)
    behind_us = "this" in words and published.weekday() < 5 and scene.direction(*stretch) == "past"
    if behind_us:
        return calendar.shift(monday, -2)
    if "this" in words or "coming" in words or scene.direction(*stretch) == "future":
        return calendar.shift(monday, 5)
    return calendar.shift(monday, 5 if published.weekday() >= 5 else -2)
