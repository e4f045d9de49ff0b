"""Reads web pages: the article without what surrounds it, by trafilatura (extra ``html``).

``read`` takes a name and an open file and gives one ``Draft`` whose text is the extracted article.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from diplograph.errors import MissingExtraError, SourceError
from diplograph.sources.decoding import whole
from diplograph.sources.draft import Draft
from diplograph.sources.metadata import Fields


def read(name: str, stream: BinaryIO) -> Iterator[Draft]:
    """The draft of one web page.

    Args:
        name: Its name.
        stream: Its bytes.

    Raises:
        MissingExtraError: If trafilatura is not installed.
        SourceError: If there is no article in it.
    """
    try:
        import trafilatura
    except ImportError as missing:
        raise MissingExtraError(f"{name}: reading HTML", "html") from missing
    raw = whole(name, stream)
    if not raw.strip():
        raise SourceError(f"{name}: the file is empty; give one with text in it")
    page = trafilatura.load_html(raw)
    found = (
        None
        if page is None
        else trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    )
    text = getattr(found, "text", None)
    if not text:
        raise SourceError(f"{name}: no article was found in this page; save its text as a .txt file")
    title = getattr(found, "title", None)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    yield Draft(name=name, text=text, raw=raw, **_fields(found))


def _fields(found: Any) -> Fields:
    day = getattr(found, "date", None)
    return Fields(
        published=date.fromisoformat(day[:10]) if day else None,
        publisher=getattr(found, "sitename", None),
        url=getattr(found, "url", None),
        title=getattr(found, "title", None),
        language=getattr(found, "language", None) or "en",
    )
