"""Brings documents in: files, folders, patterns and standard input, of every kind in ``READERS``.

``read(inputs, published=..., stdin=...)`` takes names and gives, in order, a ``Document`` for each text and a
``SourceFailure`` for whatever cannot be read, so that one bad file never stops a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from diplograph.errors import DiplographError, SourceError
from diplograph.model import Document
from diplograph.sources import html, jsonl, plain
from diplograph.sources.draft import Draft, SourceFailure
from diplograph.sources.inputs import expand

Reader = Callable[[str, BinaryIO], Iterator[Draft | SourceFailure]]

READERS: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".htm": html.read,
    ".html": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}

__all__ = ["READERS", "Draft", "SourceFailure", "read"]


def read(
    inputs: Iterable[str | Path], *, published: date | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | SourceFailure]:
    """The documents of some inputs.

    Args:
        inputs: Files, folders (with all below them, sorted), patterns such as ``news/*.txt``, or ``-``.
        published: Day of publication of all of them, stronger than what they say of themselves.
        stdin: What ``-`` reads from; standard input if None.

    Yields:
        A document for each text, a failure for each input that has none; in the order of the inputs.
    """
    for given in inputs:
        for found in expand(given, frozenset(READERS), stdin):
            if isinstance(found, SourceFailure):
                yield found
            else:
                yield from _documents(found.name, found.stream, found.suffix, published)


def _documents(
    name: str, stream: BinaryIO, suffix: str, published: date | None
) -> Iterator[Document | SourceFailure]:
    reader = READERS.get(suffix, plain.read)
    try:
        for draft in reader(name, stream):
            yield _document(draft, published)
    except DiplographError as wrong:
        yield SourceFailure(name=name, reason=SourceError(str(wrong)))


def _document(draft: Draft | SourceFailure, published: date | None) -> Document | SourceFailure:
    if isinstance(draft, SourceFailure):
        return draft
    try:
        return draft.document(published)
    except SourceError as wrong:
        return SourceFailure(name=draft.name, reason=wrong)
