"""Reads the fields in which front matter, JSON lines and HTML describe a text.

``fields`` takes key and value pairs and gives the arguments of a ``Draft``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from diplograph.errors import SourceError
from diplograph.text import timex


class Fields(TypedDict, total=False):
    """The fields of a ``Draft`` that metadata can fill."""

    published: date | None
    publisher: str | None
    url: str | None
    title: str | None
    language: str


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
    texts = {key: next((str(found[k]) for k in names if found.get(k)), None) for key, names in _KEYS.items()}
    language = str(found.get("language") or found.get("lang") or "en")[:2].lower()
    return Fields(
        published=_day(name, found.get("published") or found.get("date")),
        publisher=texts["publisher"],
        url=texts["url"],
        title=texts["title"],
        language=language,
    )


def _day(name: str, value: Any) -> date | None:
    if not value or str(value).lower() in ("unknown", "none", "null"):
        return None
    text = str(value)
    mentions = timex.find(text, 0, len(text), None)
    day = next((m.span.start for m in mentions if m.span.start and len(m.span.start) == 10), None)
    if day is None:
        raise SourceError(f"{name}: published: {text!r} is no day; write it as 2026-01-09")
    return date.fromisoformat(day)
