"""Reads web pages: the article without what surrounds it, by trafilatura (extra ``html``).

``read`` takes a name and an open file and gives one ``Page``; its text and what the page says of itself
(``pagefacts``) are looked for when its document is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from typing import Any, BinaryIO

from diplograph.errors import MissingExtraError, SourceError
from diplograph.model import Document
from diplograph.sources.decoding import whole
from diplograph.sources.draft import Draft
from diplograph.sources.pagefacts import facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page that is not taken apart yet.

    Attributes:
        name: File name or address, for people.
        raw: Its bytes.
        url: Where it was fetched, if known; stronger than the address that the page tells.
        published: Day of publication by a feed; weaker than what the page tells.
    """

    name: str
    raw: bytes
    url: str | None = None
    published: date | None = None

    def document(self, published: date | None = None) -> Document:
        """The document.

        Raises:
            MissingExtraError: If trafilatura is not installed.
            SourceError: If there is no article in the page.
        """
        return self.draft().document(published)

    def draft(self) -> Draft:
        """The article and what the page says of it."""
        page = _tree(self.name, self.raw)
        # The facts first: looking for the article cuts the tree.
        facts = facts_of(page)
        text = _article(page)
        if not text:
            raise SourceError(f"{self.name}: no article was found in this page; save its text as a .txt file")
        title = facts.get("title")
        if title and not text.startswith(title):
            text = f"{title}\n\n{text}"
        found = Draft(name=self.name, text=text, raw=self.raw, **facts)
        return replace(found, url=self.url or found.url, published=found.published or self.published)


def read(name: str, stream: BinaryIO) -> Iterator[Page]:
    """One web page.

    Args:
        name: Its name.
        stream: Its bytes.

    Raises:
        MissingExtraError: If trafilatura is not installed.
        SourceError: If it is empty.
    """
    check_installed(name)
    raw = whole(name, stream)
    if not raw.strip():
        raise SourceError(f"{name}: the file is empty; give one with text in it")
    yield Page(name=name, raw=raw)


def check_installed(name: str) -> None:
    """See that pages can be read, before a long way is gone for them.

    Raises:
        MissingExtraError: If trafilatura is not installed.
    """
    try:
        there = find_spec("trafilatura")
    except ValueError:
        there = None
    if there is None:
        raise MissingExtraError(f"{name}: reading HTML", "html")


def _tree(name: str, raw: bytes) -> Any:
    try:
        import trafilatura
    except ImportError as missing:
        raise MissingExtraError(f"{name}: reading HTML", "html") from missing
    # What it would tell about a page nobody reads is told by our own errors.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    page = trafilatura.load_html(raw)
    if page is None:
        raise SourceError(f"{name}: no article was found in this page; save its text as a .txt file")
    return page


def _article(page: Any) -> str | None:
    import trafilatura

    # Its own metadata are not asked for: it takes the day of a page from a copyright line if need be.
    found = trafilatura.bare_extraction(page, with_metadata=False, include_comments=False)
    return getattr(found, "text", None)
