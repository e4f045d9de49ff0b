"""Brings documents in: files, folders, patterns, addresses and standard input, of all kinds in ``endings()``.

``read(inputs, published=..., stdin=...)`` takes names and gives, in order, a ``Document`` for each text and a
``SourceFailure`` for whatever cannot be read, so that one bad file never stops a batch.
``drafts`` gives the same before they are taken apart, for those who do that elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from diplograph import plugins
from diplograph.errors import DiplographError, SourceError
from diplograph.model import Document
from diplograph.plugins import Socket
from diplograph.sources import plain
from diplograph.sources.draft import Draft, SourceFailure, Unread
from diplograph.sources.inputs import expand, is_address

if TYPE_CHECKING:
    from diplograph.sources.fetching import Fetcher

Reader = Callable[[str, BinaryIO], Iterator[Unread | SourceFailure]]

# Those of our own; ``endings`` and ``_reader`` know what other packages plug in besides.
READERS: Mapping[str, Reader] = {
    f".{ending}": plugins.builtin(Socket.SOURCE, ending).load() for ending in plugins.BUILTINS[Socket.SOURCE]
}

__all__ = ["READERS", "Draft", "SourceFailure", "Unread", "drafts", "endings", "open_draft", "read"]


def read(
    inputs: Iterable[str | Path], *, published: date | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | SourceFailure]:
    """The documents of some inputs.

    Args:
        inputs: Files, folders (with all below them, sorted), patterns such as ``news/*.txt``, addresses of
            pages and feeds, or ``-``.
        published: Day of publication of all of them, stronger than what they say of themselves.
        stdin: What ``-`` reads from; standard input if None.

    Yields:
        A document for each text, a failure for each input that has none; in the order of the inputs.
    """
    for draft in drafts(inputs, stdin=stdin):
        yield open_draft(draft, published)


def drafts(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Unread | SourceFailure]:
    """What stands in some inputs, in order, each to be opened with ``open_draft``.

    Args:
        inputs: As for ``read``.
        stdin: What ``-`` reads from; standard input if None.
    """
    pages = _Web()
    for given in inputs:
        if is_address(given):
            yield from pages.read(str(given))
            continue
        for found in expand(given, endings(), stdin):
            if isinstance(found, SourceFailure):
                yield found
            else:
                yield from _read(found.name, found.stream, _reader(found.suffix))


def endings() -> frozenset[str]:
    """The endings of files that can be read: those of ``READERS`` and of what is plugged in."""
    return frozenset(f".{plug.name}" for plug in plugins.plugs(Socket.SOURCE))


def _reader(ending: str) -> Reader:
    for plug in plugins.outside(Socket.SOURCE):
        if ending == f".{plug.name}":
            return partial(_read_outside, plug)
    return READERS.get(ending, plain.read)


def _read_outside(plug: plugins.Plug, name: str, stream: BinaryIO) -> Iterator[Unread | SourceFailure]:
    """What a reader of another package finds; whatever it does wrong costs this file only."""
    for found in plug.each(name, stream):
        if not isinstance(found, (Draft, SourceFailure)):
            raise plug.broken(f"it gave a {type(found).__name__}, where a Draft is asked for")
        yield found


class _Web:
    """One fetcher for all addresses, so that a server is not pressed if many of its pages are named."""

    def __init__(self) -> None:
        self._fetcher: Fetcher | None = None

    def read(self, address: str) -> Iterator[Unread | SourceFailure]:
        """What stands at an address."""
        from diplograph.sources import fetching, web

        self._fetcher = self._fetcher or fetching.Fetcher()
        yield from web.read(address, self._fetcher)


def open_draft(draft: Unread | SourceFailure, published: date | None = None) -> Document | SourceFailure:
    """The document of a draft, or why there is none.

    Args:
        draft: What ``drafts`` gave; a failure stays one.
        published: Day of publication, stronger than what the draft says of itself.
    """
    if isinstance(draft, SourceFailure):
        return draft
    try:
        return draft.document(published)
    except DiplographError as wrong:
        return _failure(draft.name, wrong)


def _read(name: str, stream: BinaryIO, reader: Reader) -> Iterator[Unread | SourceFailure]:
    try:
        yield from reader(name, stream)
    except DiplographError as wrong:
        yield _failure(name, wrong)


def _failure(name: str, wrong: DiplographError) -> SourceFailure:
    told = str(wrong) if name in str(wrong) else f"{name}: {wrong}"
    reason = wrong if type(wrong) is SourceError else SourceError(told)
    return SourceFailure(name=name, reason=reason)
