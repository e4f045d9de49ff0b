"""Chooses the year of dates that are told without one.

``year_of`` takes a month, a day and the place where they stand, and gives the year and what it was
counted from.
"""

from __future__ import annotations

from datetime import date

from diplograph.text.timex import calendar
from diplograph.text.timex.mention import Anchor
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tense import Direction

_SLACK = 1
_AHEAD_SLACK = 6
_PAST_IS_NEARER = 3
_FAR = 330
_CLOSE = 20
_REACH = 6
_SAME_WEEKDAY = 400
BACK = ("last", "past", "previous", "preceding")
AHEAD = ("next", "coming", "upcoming", "following")
TOLD = ("that", "same", "following", "previous", "preceding")


def year_of(
    scene: Scene, day: tuple[int, int], weekday: int | None, first: int, behind: int
) -> tuple[int | None, Anchor]:
    """The year of a month and day told without one.

    Args:
        scene: The sentence.
        day: Month and day.
        weekday: Weekday told with them; it fixes the year.
        first: First token of the expression.
        behind: Token behind it.
    """
    tensed = not is_attribute(scene, first, behind)
    direction = scene.direction(first, behind) if tensed else None
    if scene.told and direction != "future":
        return scene.told, "context"
    anchor, kind = scene.anchor()
    if anchor is None:
        return None, "none"
    years = range(max(anchor.year - _REACH, 1), min(anchor.year + _REACH + 1, 9999))
    candidates = [found for year in years if (found := calendar.valid(year, *day))]
    if weekday is not None:
        near = calendar.nearest([found for found in candidates if found.weekday() == weekday], anchor)
        if near and abs((near - anchor).days) < _SAME_WEEKDAY:
            return near.year, kind
    chosen = by_direction(candidates, anchor, direction if kind == "published" else None)
    return (chosen.year, kind) if chosen else (None, "none")


def by_direction(candidates: list[date], anchor: date, direction: Direction) -> date | None:
    """The nearest candidate on the side that the tense tells; without a tense the past counts as nearer."""
    near = min(candidates, key=lambda day: _distance(day, anchor), default=None)
    if direction is None or near is None:
        return near
    if direction == "future":
        return min((day for day in candidates if (day - anchor).days >= -_AHEAD_SLACK), default=None)
    told = max((day for day in candidates if (day - anchor).days <= _SLACK), default=None)
    # A past that leads almost a year away from a day just ahead belongs to another verb.
    astray = told and abs((told - anchor).days) > _FAR and abs((near - anchor).days) <= _CLOSE
    return near if astray else told


def _distance(day: date, anchor: date) -> int:
    away = (day - anchor).days
    return away * _PAST_IS_NEARER if away > 60 else abs(away)


def is_attribute(scene: Scene, first: int, behind: int) -> bool:
    """Whether a date is a name, as in "the November 27 agreement": the story does not move to that day."""
    classes = scene.tokens.classes
    return first > 0 and classes[first - 1] in "t'" and classes[behind : behind + 1] == "x"


def step_of(word: str) -> int:
    """How far "next", "previous" or "that" moves from what was told."""
    return 1 if word in ("next", "following") else -1 if word in BACK else 0


def relative_year(scene: Scene, modifier: int) -> tuple[int | None, Anchor]:
    """The year of "this year", "last year", "the following year"."""
    word = scene.tokens.word(modifier)
    step = -1 if word in BACK else 1 if word in AHEAD else 0
    if word in TOLD:
        return (scene.context.year + step, "context") if scene.context.year else (None, "none")
    return (scene.published.year + step, "published") if scene.published else (None, "none")
