"""Reads the fields in which front matter, JSON lines and HTML describe a text.

``fields`` takes key and value pairs and gives the arguments of a ``Draft``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from diplograph.errors import SourceError
from diplograph.sources.draft import whole_characters
from diplograph.text import timex


class Fields(TypedDict, total=False):
    """The fields of a ``Draft`` that metadata can fill."""

    published: date | None
    publisher: str | None
    url: str | None
    title: str | None
    language: str


_LONGEST = 100
_KEYS = {
    "publisher": ("publisher", "outlet", "source", "sitename"),
    "url": ("url", "link", "address"),
    "title": ("title", "headline"),
}


def fields(name: str, found: Mapping[str, Any]) -> Fields:
    """What metadata says of a text.

    Args:
        name: Where it stands, for the message.
        found: Keys in small letters, and values.

    Raises:
        SourceError: If a publication date is given that is no day.
    """
    texts = {
        key: next((_text(found[k]) for k in names if found.get(k)), None) for key, names in _KEYS.items()
    }
    language = str(found.get("language") or found.get("lang") or "en")[:2].lower()
    return Fields(
        published=_day(name, found.get("published") or found.get("date")),
        publisher=texts["publisher"],
        url=texts["url"],
        title=texts["title"],
        language=language,
    )


def _text(value: Any) -> str:
    return " ".join(whole_characters(str(value)).split())


def _day(name: str, value: Any) -> date | None:
    if not value or str(value).lower() in ("unknown", "none", "null"):
        return None
    day = day_or_none(str(value))
    if day is None:
        raise SourceError(f"{name}: published: {str(value)!r} is no day; write it as 2026-01-09")
    return day


def day_or_none(value: str) -> date | None:
    """The day that a stamp such as ``2026-01-09T12:00Z`` or ``Fri, 09 Jan 2026`` tells, or None.

    The day is the one that was written, in whatever time zone.
    """
    text = " ".join(value.split())[:_LONGEST]
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        mentions = timex.find(text, 0, len(text), None)
        days = (m.span.start for m in mentions if m.span.start and len(m.span.start) == 10)
        return next(map(date.fromisoformat, days), None)
