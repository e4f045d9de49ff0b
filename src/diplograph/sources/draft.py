"""What a reader of one kind of source found, before it becomes a document.

``Draft.document`` takes the publication date that the user told, if any, and gives the ``Document``.
What takes time (taking a web page apart) is put off until then, so that it can happen in another process.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from diplograph.errors import SourceError
from diplograph.model import Document
from diplograph.text import segments

FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Between these years lies what diplograph keeps; a date outside is a slip of somebody's pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFailure:
    """An input that gave no document: its name, and why."""

    name: str
    reason: SourceError


class Unread(Protocol):
    """What becomes a document when it is asked to: a ``Draft``, or a page that is yet to be taken apart."""

    @property
    def name(self) -> str:
        """File name or address, for people."""

    @property
    def raw(self) -> bytes:
        """The bytes that it came from."""

    def document(self, published: date | None = None) -> Document:
        """The document.

        Raises:
            SourceError: If there is none in it.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text and what its source says of it.

    Attributes:
        name: File name or address, for people.
        text: The text as decoded.
        raw: The bytes that it came from.
        published: Day of publication by front matter or metadata.
        publisher: Who brought it out.
        url: Its address.
        title: Its title, if told apart from the text.
        language: ISO 639-1 code.
    """

    name: str
    text: str
    raw: bytes
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str = "en"

    def document(self, published: date | None = None) -> Document:
        """The document.

        Args:
            published: Day of publication that the user told; stronger than all else.

        Raises:
            SourceError: If there is no text, or it is dated in a year that cannot be meant.
        """
        text = unicodedata.normalize("NFC", whole_characters(self.text))
        if not text.strip():
            raise SourceError(f"{self.name}: there is no text in it; give a file that has some")
        day = published or self.published or segments.published(text)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise SourceError(
                f"{self.name}: published {day}, which lies outside {FIRST_YEAR} to {LAST_YEAR}; "
                "tell the day with --published"
            )
        return Document(
            id=Document.digest(text, day, self.publisher, self.url),
            name=self.name,
            text=text,
            raw=self.raw,
            published=day,
            publisher=self.publisher,
            url=self.url,
            title=self.title,
            language=self.language,
            segments=segments.split(text),
        )


def whole_characters(text: str) -> str:
    """The text with a mark in the place of each half character, which JSON can spell and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
