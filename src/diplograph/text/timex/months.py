"""Rules for months of the calendar.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diplograph.text.timex import calendar
from diplograph.text.timex.choice import TOLD, is_attribute, relative_year
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tense import Direction, is_definite
from diplograph.text.timex.tokens import UNIT

_NEAR_AHEAD = 2
_FAR_AHEAD = 10
_Told = tuple[int | None, Anchor, str]


def month(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``August 2025``, ``early March``, ``last May``, ``that October``, ``in May this year``."""
    at = scene.place("Mm", first, behind)
    assert at is not None
    if behind - first == 1 and _is_name(scene, at):
        return
    number = scene.number(at)
    year, anchor, rule = _year(scene, number, first, behind)
    if year is None:
        yield scene.mention(first, behind, None, rule)
        return
    if anchor == "none":
        scene.told = year
    within = scene.part(first, behind, calendar.month_bounds(year, number))
    yield scene.mention(first, behind, calendar.iso_month(year, number), rule, anchor=anchor, within=within)


def _is_name(scene: Scene, at: int) -> bool:
    """Whether it is a name, as in "April Ryan asked": a capitalised word behind, no preposition before."""
    classes = scene.tokens.classes
    if classes[at + 1 : at + 3] in ("-x", "-q"):
        # Mar-a-Lago
        return True
    if at and classes[at - 1] in "iuBo>&t',":
        return False
    return scene.is_name(at)


def _year(scene: Scene, month: int, first: int, behind: int) -> _Told:
    year_at = scene.place("Y", first, behind)
    if year_at is not None:
        return scene.number(year_at), "none", "month/year"
    modifier = scene.place("XF", first, behind)
    if modifier is not None:
        if scene.place(UNIT, first, behind) is not None:
            return *relative_year(scene, modifier), "month/relative-year"
        return _modified(scene, month, first, behind)
    direction = None if is_attribute(scene, first, behind) else scene.direction(first, behind)
    if scene.told and direction != "future":
        return scene.told, "context", "month/told"
    anchor, kind = scene.anchor()
    if anchor is None:
        return None, "none", "month/no-year"
    if kind == "context":
        return _nearest(anchor, month), kind, "month/near"
    if (
        direction == "future"
        and (month - anchor.month) % 12 >= _FAR_AHEAD
        and not is_definite(scene.tokens, first)
    ):
        direction = "past"
    return _by_direction(anchor, month, direction), kind, f"month/{direction or 'near'}"


def _by_direction(anchor: date, month: int, direction: Direction) -> int:
    if direction == "future":
        return anchor.year + (month < anchor.month)
    # Without a tense, a month just ahead is nearer than one almost a year ago.
    if direction is None and 0 < (month - anchor.month) % 12 <= _NEAR_AHEAD:
        return anchor.year + (month < anchor.month)
    return anchor.year - (month > anchor.month)


def _nearest(anchor: date, month: int) -> int:
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    return min(years, key=lambda year: abs((year - anchor.year) * 12 + month - anchor.month))


def _modified(scene: Scene, month: int, first: int, behind: int) -> _Told:
    words = scene.modifiers(first, behind)
    word = "last" if "past" in words else words[-1]
    if word in TOLD:
        return _told(scene, month, word)
    if scene.published is None:
        return None, "none", "month/relative"
    year, now = scene.published.year, scene.published.month
    if word in ("last", "past"):
        year -= month >= now
    elif word in ("next", "coming", "upcoming"):
        year += month <= now
    return year, "published", f"month/{word}"


def _told(scene: Scene, month: int, word: str) -> _Told:
    """``that October``, ``the following March``, ``the previous November``: from what was told last."""
    rule = f"month/{word}"
    context = scene.context
    if word in ("that", "same"):
        return (context.year, "context", rule) if context.year else (None, "none", rule)
    if context.latest and context.latest.start:
        year, now = int(context.latest.start[:4]), int(context.latest.start[5:7])
    elif scene.published and not context.year:
        year, now = scene.published.year, scene.published.month
    elif context.year:
        # Of a year alone, the months that follow are those of the next.
        year, now = context.year, 12 if word == "following" else 1
    else:
        return None, "none", rule
    return (year + (month <= now) if word == "following" else year - (month >= now)), "context", rule
