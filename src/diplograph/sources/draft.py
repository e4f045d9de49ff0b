"""What a reader of one kind of source found, before it becomes a document.

``Draft.document`` takes the publication date that the user told, if any, and gives the ``Document``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from diplograph.errors import SourceError
from diplograph.model import Document
from diplograph.text import segments


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFailure:
    """An input that gave no document: its name, and why."""

    name: str
    reason: SourceError


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
            SourceError: If there is no text.
        """
        text = unicodedata.normalize("NFC", self.text)
        if not text.strip():
            raise SourceError(f"{self.name}: there is no text in it; give a file that has some")
        day = published or self.published or segments.published(text)
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
