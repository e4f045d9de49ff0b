"""Says dates, durations and states in plain English, so that every table can be read aloud.

Takes time spans, days and state codes; gives phrases such as ``on 13–14 January 2026``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from diplograph.model import TimeSpan

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_WITH_ARTICLE: Final = frozenset(
    {"Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros", "Holy See", "Vatican"}
)


def _day(partial: str) -> str:
    fields = partial.split("-")
    words = [str(int(fields[2]))] if len(fields) == 3 else []
    if len(fields) > 1:
        words.append(MONTHS[int(fields[1]) - 1])
    return " ".join([*words, fields[0]])


def span(when: TimeSpan) -> str:
    """A span as a reader would write it: ``13–14 January 2026``, ``August 2025``, ``undated``."""
    if when.start is None:
        return "undated"
    if when.end is None or when.end == when.start:
        return _day(when.start)
    first, last = when.start.split("-"), when.end.split("-")
    if len(first) == len(last) == 3 and first[:2] == last[:2]:
        return f"{int(first[2])}–{_day(when.end)}"
    if len(first) == len(last) and len(first) > 1 and first[0] == last[0]:
        return f"{_day(when.start).rsplit(' ', 1)[0]} – {_day(when.end)}"
    return f"{_day(when.start)} – {_day(when.end)}"


def on(when: TimeSpan) -> str:
    """A span with its preposition: ``on 30 September 2025``, ``in August 2025``, ``at a time not told``."""
    if when.start is None:
        return "at a time not told"
    return f"{'on' if len(when.start) == 10 else 'in'} {span(when)}"


def state(code: str, names: Mapping[str, str] | None = None) -> str:
    """A state's name within a sentence, with its article where English wants one."""
    name = (names or {}).get(code, code)
    article = name in _WITH_ARTICLE or name.startswith("United ") or name.endswith((" Islands", " Republic"))
    return f"the {name}" if article else name


def possessive(name: str) -> str:
    """``Japan’s``, ``the United States’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 visit``, ``2 visits``, ``no visits``."""
    word = singular if number == 1 else plural or f"{singular}s"
    return f"{number or 'no'} {word}"


def listing(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    given = list(words)
    return " and ".join(filter(None, [", ".join(given[:-1]), *given[-1:]]))
