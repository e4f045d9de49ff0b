"""Rules for counted stretches: how long, how long ago, how much later.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from diplograph.model import Granularity, first_day
from diplograph.text import language
from diplograph.text.timex import calendar
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import UNIT

_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 2}
_INEXACT = ("over", "around", "under")


def duration(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``two-day``, ``a 48-hour visit``, ``for three days``."""
    if scene.place("V", first, behind) is not None:
        yield scene.mention(first, behind, None, "duration/vague", kind="duration")
        return
    unit = _unit(scene, first, behind)
    count = _count(scene, first, behind)
    if count == 1 and not _measures(scene, first):
        return
    days = None
    if unit in _DAYS:
        days = count * _DAYS[unit]
    elif unit == "hour" and count >= 24:
        days = -(-count // 24)
    yield scene.mention(first, behind, None, "duration", kind="duration", days=days)


def _measures(scene: Scene, first: int) -> bool:
    """Whether "a day" or "one week" says how long.

    "for a week", "a one-day visit"; not "twice a day", "one day".
    """
    if scene.tokens.classes[first + 1] == "-":
        return True
    return first > 0 and (
        scene.tokens.classes[first - 1] in "iba~" or scene.tokens.word(first - 1) in ("spent", "lasted")
    )


def ago(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``two days ago`` is a day, ``a fortnight ago`` the month it fell in, ``two years ago`` a year."""
    yield _moved(scene, first, behind, scene.published, "published", -1, "ago")


def later(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``two days later``, ``a year earlier``, ``eight days before that``: counted from what was told last."""
    at = scene.places("eb", first, behind)[-1]
    sign = 1 if scene.tokens.word(at) in ("later", "after") else -1
    unit = _unit(scene, first, behind)
    told = scene.context
    span = (told.day if told.fresh else None) if unit == "day" else told.latest
    if span is None or span.start is None:
        base = date(scene.context.year, 7, 1) if scene.context.year and unit in ("year", "decade") else None
    elif span.granularity is Granularity.MONTH and unit in ("day", "week", "fortnight"):
        base = None
    else:
        base = first_day(span.start) if sign < 0 or span.end is None else first_day(span.end)
    yield _moved(scene, first, behind, base, "context", sign, "later")


def beside(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``two days before the talks`` counts from what was told last.

    In "on Friday, a day after Seoul had protested" it is the day of the protest: counted back from Friday.
    """
    at = scene.places("b", first, behind)[-1]
    sign = 1 if scene.tokens.word(at) == "after" else -1
    words = [scene.tokens.word(place) for place in range(at + 1, min(at + 4, len(scene.tokens.starts)))]
    base = scene.last_day()
    if any(word in anaphoric() for word in words) and not scene.dated:
        yield _moved(scene, first, at, base, "context", sign, "beside/told")
        return
    comes = first > 0 and scene.tokens.word(first - 1) in ("comes", "came")
    if scene.dated or comes:
        yield _moved(scene, first, at, base, "context", -sign, "beside/clause")
        return
    yield scene.mention(first, at, None, "beside")


def ahead(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``in three days' time``, ``two weeks from now``."""
    yield _moved(scene, first, behind, scene.published, "published", 1, "ahead")


def _moved(
    scene: Scene, first: int, behind: int, base: date | None, anchor: Anchor, sign: int, rule: str
) -> TimeMention:
    unit = _unit(scene, first, behind)
    count = _count(scene, first, behind)
    if (
        base is None
        or scene.place("V", first, behind) is not None
        or not count
        or unit in ("hour", "minute", "decade", "century", "weekend")
    ):
        return scene.mention(first, behind, None, rule)
    if unit == "day":
        return _days_away(scene, first, behind, calendar.shift(base, sign * count), anchor, rule)
    if unit in ("week", "fortnight"):
        day = calendar.shift(base, sign * count * _DAYS[unit])
        bounds = (calendar.shift(day, -3), calendar.shift(day, 3))
        return scene.mention(
            first, behind, calendar.iso_month(day.year, day.month), rule, anchor=anchor, within=bounds
        )
    if unit == "month":
        year, month = calendar.month_shift(base.year, base.month, sign * count)
        return scene.mention(first, behind, calendar.iso_month(year, month), rule, anchor=anchor)
    year = base.year + sign * count
    value = (
        f"{year:04d}" if unit == "year" and 1 <= year <= 9999 and not _rounded(scene, first, count) else None
    )
    return scene.mention(first, behind, value, rule, anchor=anchor)


def _rounded(scene: Scene, first: int, count: int) -> bool:
    """Round and guarded numbers of years fix no year."""
    return (count >= 10 and count % 10 == 0) or (count >= 3 and _guarded(scene, first))


def _days_away(scene: Scene, first: int, behind: int, day: date, anchor: Anchor, rule: str) -> TimeMention:
    if _guarded(scene, first):
        return scene.mention(first, behind, calendar.iso_month(day.year, day.month), rule, anchor=anchor)
    return scene.mention(first, behind, day.isoformat(), rule, anchor=anchor)


def _guarded(scene: Scene, first: int) -> bool:
    """Whether the number is told as inexact: "about ten days ago"."""
    if scene.tokens.classes[first] == "a":
        return True
    return first > 0 and (scene.tokens.classes[first - 1] in "a~" or scene.tokens.word(first - 1) in _INEXACT)


def _unit(scene: Scene, first: int, behind: int) -> str:
    at = scene.place(UNIT, first, behind)
    return str(scene.tokens.values[at]) if at is not None else ""


def _count(scene: Scene, first: int, behind: int) -> int:
    """The number told; "twenty-one" adds up, "half a" comes to none."""
    unit = scene.place(UNIT, first, behind)
    if scene.place("h", first, behind) is not None:
        return 0
    return sum(scene.number(at) for at in scene.places("qDyn", first, unit if unit is not None else behind))


def ordinal_day(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``on the first day`` and ``on the final day`` of the stretch told last."""
    if scene.tokens.word(behind - 1).endswith("s"):
        return
    at = scene.place("rX", first, behind)
    span = scene.context.day
    value = scene.number(at) if at is not None and scene.tokens.classes[at] == "r" else -1
    if span is None or span.start is None or span.end is None or len(span.end) != 10:
        yield scene.mention(first, behind, None, "day/ordinal")
        return
    start, end = first_day(span.start), first_day(span.end)
    day = end if value < 0 else calendar.shift(start, value - 1)
    yield scene.mention(
        first, behind, day.isoformat() if day <= end else None, "day/ordinal", anchor="context"
    )


def bare_day(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``until the 30th``, ``on the 24th``: a day of the month told last, else the nearest such day."""
    at = scene.place("O", first, behind)
    assert at is not None
    number = scene.number(at)
    if (
        behind < len(scene.tokens.starts)
        and scene.tokens.classes[behind] == "x"
        and scene.tokens.word(behind) not in bare_followers()
    ):
        return
    latest = scene.context.day if scene.context.fresh else scene.context.latest
    if latest and latest.start and len(latest.start) >= 7:
        base, anchor = (
            first_day(latest.end if latest.end and len(latest.end) >= 7 else latest.start),
            "context",
        )
    elif scene.published:
        base, anchor = scene.published, "published"
    else:
        yield scene.mention(first, behind, None, "day/of-month")
        return
    near = [calendar.month_shift(base.year, base.month, step) for step in (-1, 0, 1)]
    days = [found for month in near if (found := calendar.valid(*month, number))]
    day = (
        calendar.valid(base.year, base.month, number) if anchor == "context" else calendar.nearest(days, base)
    )
    yield scene.mention(first, behind, day.isoformat() if day else None, "day/of-month", anchor=anchor)  # type: ignore[arg-type]  # the stubs are narrower than what is taken


@cache
def anaphoric(code: str = "en") -> frozenset[str]:
    """Nouns that stand for what was told last, as in "two days before the talks"."""
    return frozenset(language.table(code)["events"]["anaphoric"])


@cache
def bare_followers(code: str = "en") -> frozenset[str]:
    """Words that go on behind "on the 24th", where "the 24th summit" would be no day."""
    return frozenset(language.table(code)["events"]["after_day"])
