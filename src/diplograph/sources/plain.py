"""Reads text and Markdown files, with or without front matter.

``read`` takes a name and an open file and gives one ``Draft``. The text is the whole file, front matter
included (it becomes a boilerplate segment), so that offsets are offsets into the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from diplograph.errors import SourceError
from diplograph.sources.decoding import decode, whole
from diplograph.sources.draft import Draft
from diplograph.sources.metadata import fields

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,8000}?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*)$", re.MULTILINE)


def read(name: str, stream: BinaryIO) -> Iterator[Draft]:
    """The draft of one text file.

    Args:
        name: Its name.
        stream: Its bytes.

    Raises:
        SourceError: If it is no text, or its front matter has a date that is none.
    """
    raw = whole(name, stream)
    text = decode(name, raw)
    front, behind = front_matter(text)
    if not text[behind:].strip():
        raise SourceError(f"{name}: there is no text in it; give a file that has some")
    yield Draft(name=name, text=text, raw=raw, **fields(name, front))


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The ``key: value`` lines between ``---`` and ``---`` at the start of a text, and where the text begins.

    Keys are in small letters, quotes around values taken off.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, 0
    lines = _FIELD.findall(found[1])
    return {key.strip().lower(): value.strip().strip("\"'") for key, value in lines}, found.end()
