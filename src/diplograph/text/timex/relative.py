"""Rules for times that are counted from the day of publication or from what was told last.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diplograph.model import first_day
from diplograph.text.timex import calendar
from diplograph.text.timex.choice import AHEAD, BACK, TOLD, step_of
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import UNIT


def today(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``today``, ``yesterday``, ``earlier today``, ``the day before yesterday``."""
    at = scene.place("T", first, behind)
    assert at is not None
    step = scene.number(at)
    before = scene.place("b", first, behind)
    if before is not None:
        step += -1 if scene.tokens.word(before) == "before" else 1
    yield _from_publication(scene, first, behind, step, "today")


def _from_publication(scene: Scene, first: int, behind: int, step: int, rule: str) -> TimeMention:
    if scene.published is None:
        return scene.mention(first, behind, None, rule)
    day = calendar.shift(scene.published, step)
    return scene.mention(first, behind, day.isoformat(), rule, anchor="published")


def _from_context(scene: Scene, first: int, behind: int, step: int, rule: str) -> TimeMention:
    day = scene.last_day()
    if day is None:
        return scene.mention(first, behind, None, rule)
    return scene.mention(first, behind, calendar.shift(day, step).isoformat(), rule, anchor="context")


def daytime(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``this morning``, ``last night``, ``that evening``, ``the next morning``."""
    at = scene.place("XF", first, behind)
    assert at is not None
    word = scene.tokens.word(at)
    if word in ("past", "coming"):
        return
    if word == "this":
        yield _from_publication(scene, first, behind, 0, "daytime")
    elif word == "last":
        yield _from_publication(scene, first, behind, -1, "daytime")
    else:
        yield _from_context(scene, first, behind, step_of(word), "daytime")


def same_day(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the following day``, ``that day``, ``the same day``, ``the day before``, ``later in the day``."""
    at = scene.place("XFb", first, behind)
    if scene.tokens.word(behind - 1).endswith("s"):
        yield from vague(scene, first, behind)
        return
    word = scene.tokens.word(at) if at is not None else "same"
    step = step_of(word) if word not in ("before", "after") else (-1 if word == "before" else 1)
    if scene.last_day() is None and at is None:
        yield _from_publication(scene, first, behind, 0, "day/same")
        return
    if word in ("this", "past", "last", "coming"):
        yield scene.mention(first, behind, None, "day/vague")
        return
    yield _from_context(scene, first, behind, step, "day/told")


def period(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``early next week``, ``this month``, ``late last year``, ``the following year``.

    Month or year, with bounds.
    """
    unit_at = scene.place(UNIT, first, behind)
    assert unit_at is not None
    unit = str(scene.tokens.values[unit_at])
    words = scene.modifiers(first, behind)
    told = any(word in TOLD for word in words)
    base, anchor = _base(scene, told)
    if base is None:
        yield scene.mention(first, behind, None, f"period/{unit}")
        return
    step = -1 if any(word in BACK for word in words) else 1 if any(word in AHEAD for word in words) else 0
    bounds, value = _stretch(base, unit, step)
    within = _narrowed(scene, bounds, (first, behind), step if not told else 9, unit)
    if unit in ("week", "fortnight"):
        value = calendar.iso_month(*_month_of(within, base))
    end = f"{bounds[1].year:04d}" if unit == "decade" else None
    yield scene.mention(first, behind, value, f"period/{unit}", end=end, anchor=anchor, within=within)


def before_told(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the year before``, ``the week after``: beside what was told last."""
    unit = str(scene.tokens.values[first + 1])
    base, anchor = _base(scene, told=True)
    if base is None:
        yield scene.mention(first, behind, None, f"period/{unit}")
        return
    bounds, value = _stretch(base, unit, -1 if scene.tokens.word(first + 2) == "before" else 1)
    if value is None:
        value = calendar.iso_month(*_month_of(bounds, base))
    yield scene.mention(first, behind, value, f"period/{unit}", anchor=anchor, within=bounds)


def year_end(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``by year-end``: the year of publication, its last months."""
    if scene.published is None:
        yield scene.mention(first, behind, None, "year-end")
        return
    within = scene.part(first, behind, calendar.year_bounds(scene.published.year))
    value = f"{scene.published.year:04d}"
    yield scene.mention(first, behind, value, "year-end", anchor="published", within=within)


def _base(scene: Scene, told: bool) -> tuple[date | None, Anchor]:
    if not told:
        return scene.published, "published"
    latest = scene.context.latest
    if latest and latest.start:
        return first_day(latest.start), "context"
    return (date(scene.context.year, 1, 1), "context") if scene.context.year else (None, "none")


def _stretch(base: date, unit: str, step: int) -> tuple[tuple[date, date], str | None]:
    if unit == "week":
        return calendar.week(base, step), None
    if unit == "month":
        year, month = calendar.month_shift(base.year, base.month, step)
        return calendar.month_bounds(year, month), calendar.iso_month(year, month)
    if unit == "year":
        year = min(max(base.year + step, 1), 9999)
        return calendar.year_bounds(year), f"{year:04d}"
    if unit == "decade":
        year = min(max((base.year // 10 + step) * 10, 1), 9990)
        return (date(year, 1, 1), date(year + 9, 12, 31)), f"{year:04d}"
    return (base, base), None


def _narrowed(
    scene: Scene, bounds: tuple[date, date], stretch: tuple[int, int], step: int, unit: str
) -> tuple[date, date]:
    """Bounds by "early" and "late", and by "later" and "earlier", which end or begin on publication."""
    at = scene.place("Ee", *stretch)
    if at is not None:
        value = scene.tokens.values[at]
        if isinstance(value, tuple):
            if unit == "week":
                return calendar.shift(bounds[0], {0: 0, 3: 2}.get(value[0], 3)), calendar.shift(
                    bounds[0], {4: 2, 7: 3}.get(value[1], 6)
                )
            return calendar.part(bounds, value)
    if step != 0 or scene.published is None:
        return bounds
    word = scene.tokens.word(at) if at is not None else ""
    ahead = word == "later" or (not word and scene.direction(*stretch) == "future")
    if ahead:
        return max(bounds[0], min(scene.published, bounds[1])), bounds[1]
    if word == "earlier" or scene.direction(*stretch) == "past":
        return bounds[0], max(bounds[0], min(scene.published, bounds[1]))
    return bounds


def _month_of(within: tuple[date, date], base: date) -> tuple[int, int]:
    """The month that a week lies in, or that of its larger part."""
    middle = calendar.midpoint(within)
    if within[0] <= base <= within[1] and within[0].month != within[1].month:
        middle = base
    return middle.year, middle.month


def vague(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``in recent weeks``, ``the past two years``, ``the coming days``: known as a time, fixed by nothing."""
    if (
        behind - first == 3
        and not scene.tokens.word(behind - 1).endswith("s")
        and scene.tokens.word(first + 1) not in ("past", "last")
    ):
        # "the coming week", "the following month": one of them, so it can be told which.
        yield from period(scene, first, behind)
        return
    yield scene.mention(first, behind, None, "vague", kind="range")
