"""Rules for years and what is longer or made of them: decades, centuries, seasons, quarters, feast days.

Each rule takes a ``Scene`` and the stretch of tokens that its pattern matched, and gives mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from diplograph.text import language
from diplograph.text.timex import calendar
from diplograph.text.timex.choice import TOLD, by_direction, relative_year
from diplograph.text.timex.mention import Anchor, TimeMention
from diplograph.text.timex.scene import Scene

_FIRST_YEAR = 1400
_LAST_YEAR = 2100
_PREPOSITIONS = frozenset(
    "in since by until till during from through throughout circa around before after between".split()
)


def year(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``in 2015``, ``2014 and 2015``, ``late 2023``, ``the 2015 agreement``; not "2015 troops"."""
    places = scene.places("Y", first, behind)
    rule = _year_rule(scene, first, behind)
    if rule is None:
        return
    for at in places:
        number = scene.number(at)
        if not _FIRST_YEAR <= number <= _LAST_YEAR:
            continue
        begin = first if at == places[0] else at
        part = scene.part(first, behind, calendar.year_bounds(number))
        if rule == "year":
            scene.told = number
        yield scene.mention(begin, at + 1, f"{number:04d}", rule, within=part)


def _year_rule(scene: Scene, first: int, behind: int) -> str | None:
    """By which context a number of four digits is a year; None if it is none."""
    classes = scene.tokens.classes
    before = classes[first - 1] if first else ""
    following = scene.tokens.word(behind) if behind < len(classes) else ""
    if following in language.table()["events"]["counted"]:
        return None
    if classes[first] in "Eet" or before in ("B", "u", "b", ">") or len(classes.strip(".;")) == 1:
        return "year"
    if before == "i" and scene.tokens.word(first - 1) == "for":
        return None if _plural(following) else "year"
    if before == "i":
        return "year" if scene.tokens.word(first - 1) in _PREPOSITIONS else None
    if before == "o":
        return None if _plural(following) else "year"
    if before == "(" and classes[behind : behind + 1] in (")", ",", "-"):
        return "year"
    return "year/attribute" if _is_attribute(scene, first, before, following) else None


def _is_attribute(scene: Scene, first: int, before: str, following: str) -> bool:
    """Whether it tells which one: "the 2015 agreement", "a 2018 deal", "APEC 2025"."""
    if before in ("t", "'", "X", "F"):
        return following.isalpha()
    if before == "q":
        return following.isalpha() and not _plural(following)
    if before != "x":
        return False
    if scene.tokens.word(first - 1) == "for":
        return not following.isalpha()
    return _named(scene, first - 1)


def _plural(word: str) -> bool:
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in ("talks", "games", "elections")
    )


def _named(scene: Scene, at: int) -> bool:
    """Whether it is a gathering with its year, such as "APEC 2025"; "Resolution 2015" is none."""
    word = scene.tokens.text[scene.tokens.starts[at] : scene.tokens.ends[at]]
    return word[0].isupper() and word.lower() not in language.table()["events"]["numbered"]


def years(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``1910-45``, ``2012–13``, ``from 2001 to 2006``."""
    start = scene.number(first)
    end = scene.number(behind - 1)
    if end < 100:
        end += start // 100 * 100
    if not _FIRST_YEAR <= start < end <= _LAST_YEAR:
        return
    yield scene.mention(first, behind, f"{start:04d}", "years", end=f"{end:04d}")


def decade(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the 1990s``, ``early 1990s``."""
    at = scene.place("d", first, behind)
    assert at is not None
    digits = _decade_digits(scene, at, first)
    if len(digits) != 4 or digits[3] != "0" or not _FIRST_YEAR <= int(digits) <= _LAST_YEAR:
        return
    start = int(digits)
    end = start + (99 if digits.endswith("00") and start < 2000 else 9)
    within = scene.part(first, behind, (date(start, 1, 1), date(end, 12, 31)))
    yield scene.mention(first, behind, f"{start:04d}", "decade", end=f"{end:04d}", within=within)


def _decade_digits(scene: Scene, at: int, first: int) -> str:
    """The first year of a decade in four digits, as far as it is told; "his fifties" is an age."""
    value = scene.tokens.values[at]
    introduced = scene.tokens.classes[first] in "tE"
    if isinstance(value, int):
        return str(value) if introduced else ""
    digits = "".join(c for c in scene.tokens.word(at) if c.isdigit())
    return f"19{digits}" if len(digits) == 2 and digits[1] == "0" and introduced else digits


def century(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the 20th century``."""
    at = scene.place("Or", first, behind)
    assert at is not None
    number = scene.number(at)
    if not 1 <= number <= 22:
        return
    start = (number - 1) * 100
    if start < 1000:
        yield scene.mention(first, behind, None, "century")
        return
    yield scene.mention(first, behind, f"{start:04d}", "century", end=f"{start + 99:04d}")


def season(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``spring 2024``, ``last summer``, ``the winter of 2012-13``: a year, with the months as its bounds."""
    at = scene.place("S", first, behind)
    assert at is not None
    value = scene.tokens.values[at]
    first_month, length = value if isinstance(value, tuple) else (1, 12)
    numbers = scene.places("Y", first, behind)
    modifier = scene.place("XF", first, behind)
    if numbers:
        number: int | None = scene.number(numbers[0])
        anchor: Anchor = "none"
        scene.told = number
        if behind - 1 > numbers[0]:
            yield from (
                replace(found, start=scene.tokens.starts[first]) for found in years(scene, numbers[0], behind)
            )
            return
    elif modifier is not None:
        number, anchor = _relative_season(scene, first_month, length, modifier)
    else:
        number, anchor = _bare_season(scene, first_month, first, behind)
    if number is None:
        yield scene.mention(first, behind, None, "season")
        return
    last = calendar.month_shift(number, first_month, length - 1)
    within = (date(number, first_month, 1), calendar.month_bounds(*last)[1])
    end = f"{last[0]:04d}" if last[0] > number else None
    yield scene.mention(
        first,
        behind,
        f"{number:04d}",
        "season",
        end=end,
        anchor=anchor,
        within=within,
        kind="date",
    )


def _relative_season(scene: Scene, month: int, length: int, modifier: int) -> tuple[int | None, Anchor]:
    word = scene.tokens.word(modifier)
    if word in TOLD:
        latest = scene.context.latest
        if latest is None or latest.start is None or len(latest.start) < 7:
            return (scene.context.year, "context") if word in ("that", "same") else (None, "none")
        told, now = int(latest.start[:4]), int(latest.start[5:7])
        return told + {"following": int(month <= now), "previous": -int(month >= now)}.get(word, 0), "context"
    if scene.published is None:
        return None, "none"
    year, now = scene.published.year, scene.published.month
    if word in ("last", "past"):
        return year - (month + length - 1 >= now or month > now), "published"
    if word in ("next", "coming", "upcoming"):
        return year + (month <= now), "published"
    return year - (month + length > 13 and now < month and now <= month + length - 13), "published"


def _bare_season(scene: Scene, month: int, first: int, behind: int) -> tuple[int | None, Anchor]:
    if scene.told:
        return scene.told, "context"
    if scene.published is None:
        return (scene.context.year, "context") if scene.context.year else (None, "none")
    direction = scene.direction(first, behind)
    year, now = scene.published.year, scene.published.month
    if direction == "future":
        return year + (month + 2 < now), "published"
    return year - (month > now), "published"


def holiday(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``Christmas Day 2015``, ``Good Friday``, ``New Year's Eve``; not "the Christmas Charity"."""
    value = scene.tokens.values[first]
    assert isinstance(value, tuple)
    year_at = scene.place("Y", first, behind)
    if year_at is not None:
        day = calendar.feast(value, scene.number(year_at))
        yield scene.mention(first, behind, day.isoformat(), "holiday/year")
        return
    if scene.is_name(behind - 1):
        return
    anchor, kind = scene.anchor()
    if anchor is None or not 1 < anchor.year < _LAST_YEAR:
        yield scene.mention(first, behind, None, "holiday")
        return
    candidates = [calendar.feast(value, anchor.year + step) for step in (-1, 0, 1)]
    found = calendar.feast(value, scene.told) if scene.told else None
    found = found or by_direction(candidates, anchor, scene.direction(first, behind))
    yield scene.mention(first, behind, found.isoformat() if found else None, "holiday", anchor=kind)


def quarter(scene: Scene, first: int, behind: int) -> Iterator[TimeMention]:
    """``the first half of 2025``, ``the third quarter of last year``."""
    which = scene.place("rO", first, behind)
    year_at = scene.place("Y", first, behind)
    modifier = scene.place("XF", first, behind)
    number = scene.number(year_at) if year_at is not None else None
    anchor: Anchor = "none"
    if number is None and modifier is not None:
        number, anchor = relative_year(scene, modifier)
    length = 6 if scene.place("h", first, behind) is not None else 3
    order = scene.number(which) if which is not None else 1
    if number is None or not 1 <= order <= 12 // length:
        yield scene.mention(first, behind, None, "quarter")
        return
    begin = (order - 1) * length + 1
    within = (date(number, begin, 1), calendar.month_bounds(number, begin + length - 1)[1])
    yield scene.mention(first, behind, f"{number:04d}", "quarter", anchor=anchor, within=within)
