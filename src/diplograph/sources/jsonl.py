"""Reads JSON lines: an object per line.

It has ``text`` and, if known, ``published``, ``title``, ``publisher``, ``url``, ``language`` and ``name``.

``read`` takes a name and an open file and gives a ``Draft`` per line, and a failure for a line that is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from diplograph.errors import SourceError
from diplograph.sources.decoding import decode
from diplograph.sources.draft import Draft, SourceFailure
from diplograph.sources.metadata import fields


def read(name: str, stream: BinaryIO) -> Iterator[Draft | SourceFailure]:
    """The drafts of the lines of one file, read one after the other.

    Args:
        name: Its name.
        stream: Its bytes.
    """
    number = 0
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                yield _draft(f"{name}:{number}", line)
            except SourceError as wrong:
                # A bad line costs itself, not the file.
                yield SourceFailure(name=f"{name}:{number}", reason=wrong)
    if number == 0:
        raise SourceError(f"{name}: the file is empty; give one with text in it")


def _draft(name: str, raw: bytes) -> Draft:
    line = decode(name, raw)
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as wrong:
        raise SourceError(f"{name}: this line is no JSON ({wrong.msg}); write one object per line") from wrong
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise SourceError(
            f'{name}: this line has no "text"; write {{"text": "...", "published": "2026-01-09"}}'
        )
    keyed = {str(key).lower(): value for key, value in row.items()}
    return Draft(name=str(keyed.get("name") or name), text=row["text"], raw=raw, **fields(name, keyed))
