"""What comes in from outside to be read: which names and which bytes are let in, and where they wait.

``admitted`` takes a name and bytes as they came and gives an ``Upload`` or says why not; ``Waiting`` keeps
uploads that were shown and are not yet taken into the graph.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Final

from diplograph.errors import SourceError

ENDINGS: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
PASTED: Final = "pasted.txt"

# Archives are not unpacked, so none can explode; they are known by their first bytes, whatever their name.
_ARCHIVES: Final = (
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"PK\x07\x08", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x1f\x9d", "a compressed file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x04\x22\x4d\x18", "an lz4 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"!<arch>", "an ar archive"),
    (b"MSCF", "a cab archive"),
    (b"%PDF", "a PDF"),
)
_TAR: Final = (257, b"ustar")
_DOCTYPE: Final = re.compile(rb"<!\s*(doctype|entity)([^>]{0,200})", re.IGNORECASE)
_CLIMBS: Final = re.compile(r"[/\\\x00]|(?:^|[^.])\.\.(?:[^.]|$)|^\.|^[A-Za-z]:")
_UNUSUAL: Final = re.compile(r"[^\w .()-]+")
_MOST_WAITING: Final = 20
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A text that was let in.

    Attributes:
        name: A file name of harmless characters, with one of ``ENDINGS``.
        raw: Its bytes.
        published: The day of publication that the user told.
    """

    name: str
    raw: bytes
    published: date | None = None


def admitted(name: str, raw: bytes, published: str = "") -> Upload:
    """An upload, if there is nothing about it that only an attack would have.

    Args:
        name: The file name as it was told; empty for a pasted text.
        raw: The bytes.
        published: A day, as 2026-01-09; may be empty.

    Raises:
        SourceError: If the name climbs or has another ending, the bytes are an archive or declare a document
            type or entities, there is nothing in them, or the day is none.
    """
    if not raw.strip():
        raise SourceError("there is no text; paste one, or choose a file")
    checked = _name(name or PASTED)
    _check_bytes(checked, raw)
    return Upload(name=checked, raw=raw, published=_day(published))


def _name(told: str) -> str:
    if _CLIMBS.search(told):
        raise SourceError(f"{told!r} is a path and no file name; name the file alone")
    if not told.lower().endswith(ENDINGS):
        raise SourceError(f"{told!r} ends in none of {', '.join(ENDINGS)}; save it as text")
    stem, _, ending = _UNUSUAL.sub("-", told)[-_LONGEST_NAME:].rpartition(".")
    return f"{stem.lstrip(' -.') or 'text'}.{ending}"


def _check_bytes(name: str, raw: bytes) -> None:
    for start, what in _ARCHIVES:
        if raw.startswith(start):
            raise SourceError(f"{name}: this is {what}; unpack it and send the text")
    place, mark = _TAR
    if raw[place : place + len(mark)] == mark:
        raise SourceError(f"{name}: this is a tar archive; unpack it and send the text")
    # Without zero bytes, so that a declaration in UTF-16 or UTF-32 is seen as well.
    for found in _DOCTYPE.finditer(raw.replace(b"\x00", b"")):
        if found[1].lower() == b"entity" or found[2].strip().lower() != b"html":
            raise SourceError(
                f"{name}: it declares a document type or entities; send it without <!DOCTYPE …>"
            )


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise SourceError(f"published: {told!r} is no date; write it as 2026-01-09") from None


class Waiting:
    """Uploads that were shown; the oldest goes when there are too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Upload] = OrderedDict()

    def keep(self, upload: Upload) -> str:
        """Keep an upload; gives the ticket that it is taken with."""
        ticket = secrets.token_urlsafe(16)
        self._kept[ticket] = upload
        while len(self._kept) > _MOST_WAITING:
            self._kept.popitem(last=False)
        return ticket

    def take(self, ticket: str) -> Upload:
        """The upload of a ticket, which is then void.

        Raises:
            SourceError: If there is none any more.
        """
        if ticket not in self._kept:
            raise SourceError("this text is no longer kept; read it again")
        return self._kept.pop(ticket)
