"""Rules for times that are counted from the day of publication or from what was told last.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diplograph.model import TimeSpan, first_day
from diplograph.text.timex import calendar
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import UNIT

_BACK = ("last", "past", "previous", "preceding")
_AHEAD = ("next", "coming", "upcoming", "following")
_TOLD = ("that", "same", "following", "previous", "preceding")


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
        yield _from_context(scene, first, behind, _step(word), "daytime")


def _step(word: str) -> int:
    return 1 if word in ("next", "following") else -1 if word in _BACK else 0


def same_day(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the following day``, ``that day``, ``the same day``, ``the day before``, ``later in the day``."""
    at = scene.place("XFb", first, behind)
    if scene.tokens.word(behind - 1).endswith("s"):
        yield from vague(scene, first, behind)
        return
    word = scene.tokens.word(at) if at is not None else "same"
    step = _step(word) if word not in ("before", "after") else (-1 if word == "before" else 1)
    if scene.last_day() is None and at is None:
        yield _from_publication(scene, first, behind, 0, "day/same")
        return
    if word in ("this", "past", "last", "coming"):
        yield scene.mention(first, behind, None, "day/vague")
        return
    yield _from_context(scene, first, behind, step, "day/told")


def weekday(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Friday``, ``next Tuesday``, ``Friday last week``, ``the following Tuesday``: by tense where nothing else tells."""
    at = scene.place("Wv", first, behind)
    assert at is not None
    number = scene.number(at)
    day, anchor, rule = _weekday(scene, number, first, behind)
    yield scene.mention(first, behind, day.isoformat() if day else None, rule, anchor=anchor)


def _weekday(scene: Scene, number: int, first: int, behind: int) -> tuple[date | None, Anchor, str]:
    modifier = scene.place("XF", first, behind)
    word = scene.tokens.word(modifier) if modifier is not None else ""
    if scene.place(UNIT, first, behind) is not None:
        return _weekday_of_week(scene, number, word)
    if word in _TOLD:
        return _weekday_told(scene, number, word)
    if scene.published is None:
        day = scene.last_day()
        if day is None or word:
            return None, "none", "weekday/no-date"
        return calendar.weekday_near(day, number), "context", "weekday/near"
    modifiers = [scene.tokens.word(at) for at in scene.places("X", first, behind)]
    return (
        _weekday_from(scene, scene.published, number, modifiers, (first, behind)),
        "published",
        f"weekday/{word or 'tense'}",
    )


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
    if word in _TOLD:
        day = scene.last_day()
        step = _step(word)
        if day is None:
            return None, "none", "weekday/week"
        return calendar.shift(calendar.week(day, step)[0], number), "context", "weekday/week"
    if scene.published is None:
        return None, "none", "weekday/week"
    step = -1 if word in _BACK else 1 if word in _AHEAD else 0
    return calendar.shift(calendar.week(scene.published, step)[0], number), "published", "weekday/week"


def _weekday_told(scene: Scene, number: int, word: str) -> tuple[date | None, Anchor, str]:
    rule = f"weekday/{word}"
    day = scene.last_day()
    if day is None:
        return None, "none", rule
    if word == "following":
        return calendar.weekday_after(day, number, strictly=True), "context", rule
    if word in _BACK:
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
    if joined or all((two - one).days == 1 for one, two in zip(values, values[1:], strict=False)):
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
        start = None if day is None else calendar.shift(calendar.week(day, _step(word))[0], 5)
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
    if "this" in words or "coming" in words or scene.direction(*stretch) == "future":
        return calendar.shift(monday, 5)
    return calendar.shift(monday, 5 if published.weekday() >= 5 else -2)


def period(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``early next week``, ``this month``, ``late last year``, ``the following year``: month or year, with bounds."""
    unit_at = scene.place(UNIT, first, behind)
    assert unit_at is not None
    unit = str(scene.tokens.values[unit_at])
    words = [scene.tokens.word(at) for at in scene.places("XF", first, behind)]
    told = any(word in _TOLD for word in words)
    base, anchor = _base(scene, told)
    if base is None:
        yield scene.mention(first, behind, None, f"period/{unit}")
        return
    step = -1 if any(word in _BACK for word in words) else 1 if any(word in _AHEAD for word in words) else 0
    bounds, value = _stretch(base, unit, step)
    within = _narrowed(scene, bounds, (first, behind), step if not told else 9, unit)
    if unit in ("week", "fortnight"):
        value = calendar.iso_month(*_month_of(within, base))
    yield scene.mention(first, behind, value, f"period/{unit}", anchor=anchor, within=within)


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


def unresolved(scene: Scene, first: int, behind: int, rule: str) -> TimeMention:
    """A mention that nothing fixes."""
    return scene.mention(first, behind, None, rule)


def span_of(day: date) -> TimeSpan:
    """A span of one day."""
    return TimeSpan(start=day.isoformat())
