"""A document: its stored text, what is known of its origin, and the kinds of its parts.

Offsets everywhere are Unicode code points in ``Document.text``, which is NFC-normalised.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SegmentKind(StrEnum):
    """What a stretch of a document is."""

    HEADLINE = "headline"
    CAPTION = "caption"
    BODY = "body"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a document: ``text[start:end]`` is of one kind."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source as it was read.

    ``id`` is a content hash over text, publication date, publisher and address, so the same document has
    the same id wherever it lies. ``name`` (a file name or address, for people) is no part of it.
    """

    id: str
    name: str
    text: str
    raw: bytes
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str = "en"
    segments: tuple[Segment, ...] = ()

    @staticmethod
    def digest(
        text: str, published: date | None = None, publisher: str | None = None, url: str | None = None
    ) -> str:
        """The id of a document: 64 hexadecimal digits."""
        identity = [text, published.isoformat() if published else None, publisher, url]
        return hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()
