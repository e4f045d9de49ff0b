"""Reads JSON lines: an object per line.

It has ``text`` and, if known, ``published``, ``title``, ``publisher``, ``url``, ``language`` and ``name``.

``read`` takes a name and an open file and gives a ``Draft`` per line, and a failure for a line that is none;
``read_compressed`` does so for a file packed by gzip.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from diplograph.errors import SourceError
from diplograph.sources.decoding import LARGEST, decode
from diplograph.sources.draft import Draft, SourceFailure
from diplograph.sources.metadata import fields


def read(name: str, stream: BinaryIO) -> Iterator[Draft | SourceFailure]:
    """The drafts of the lines of one file, read one after the other.

    Args:
        name: Its name.
        stream: Its bytes.

    Raises:
        SourceError: If there is no line, or one that is longer than a document can be.
    """
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        if len(line) > LARGEST:
            raise SourceError(
                f"{name}:{number}: this line is larger than {LARGEST // 1_000_000} MB; split it"
            )
        if line.strip():
            try:
                yield _draft(f"{name}:{number}", line)
            except SourceError as wrong:
                # A bad line costs itself, not the file.
                yield SourceFailure(name=f"{name}:{number}", reason=wrong)
    if number == 0:
        raise SourceError(f"{name}: the file is empty; give one with text in it")


def read_compressed(name: str, stream: BinaryIO) -> Iterator[Draft | SourceFailure]:
    """The drafts of the lines of a file packed by gzip.

    Raises:
        SourceError: If it is no whole gzip file; what stands before the damage has been given by then.
    """
    try:
        with gzip.open(stream) as unpacked:
            yield from read(name, cast("BinaryIO", unpacked))
    except (OSError, EOFError, zlib.error) as wrong:
        raise SourceError(f"{name}: cannot be unpacked ({wrong}); fetch or pack it anew") from wrong


def _draft(name: str, raw: bytes) -> Draft:
    line = decode(name, raw)
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as wrong:
        raise SourceError(f"{name}: this line is no JSON ({wrong.msg}); write one object per line") from wrong
    except (ValueError, RecursionError) as wrong:
        # Numbers of thousands of digits and brackets without end.
        raise SourceError(f"{name}: this line cannot be read as JSON ({wrong}); take it out") from wrong
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise SourceError(
            f'{name}: this line has no "text"; write {{"text": "...", "published": "2026-01-09"}}'
        )
    keyed = {str(key).lower(): value for key, value in row.items()}
    return Draft(name=str(keyed.get("name") or name), text=row["text"], raw=raw, **fields(name, keyed))
