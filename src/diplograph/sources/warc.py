"""Reads web archives (``.warc``, ``.warc.gz``), by warcio (extra ``web``).

``read`` takes a name and an open file and gives a ``Page`` or ``Draft`` for each page and text that was
answered with success, in order. Pictures, redirects and requests are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from diplograph.errors import DiplographError, MissingExtraError, SourceError
from diplograph.sources.decoding import LARGEST, decode
from diplograph.sources.draft import Draft, SourceFailure, Unread
from diplograph.sources.html import Page, check_installed

_ANSWERS = ("response", "resource", "conversion")
_SUCCESS = "200"


def read(name: str, stream: BinaryIO) -> Iterator[Unread | SourceFailure]:
    """The pages and texts of one archive.

    Args:
        name: Its name.
        stream: Its bytes.

    Raises:
        MissingExtraError: If warcio or trafilatura is not installed.
        SourceError: If it is no archive, or ends in mid-record; what stands before has been given by then.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as missing:
        raise MissingExtraError(f"{name}: reading web archives", "web") from missing
    check_installed(name)
    found = 0
    try:
        for record in ArchiveIterator(stream):
            for page in _opened(name, record):
                found += 1
                yield page
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError) as wrong:
        # The library raises AttributeError on records cut off in their headers.
        raise SourceError(f"{name}: this web archive cannot be read on ({wrong}); fetch it anew") from wrong
    if not found:
        raise SourceError(f"{name}: there is no page or text in this web archive; name another")


def _opened(name: str, record: Any) -> Iterator[Unread | SourceFailure]:
    kind = _content_type(record)
    if record.rec_type not in _ANSWERS or kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        return
    if record.http_headers and record.http_headers.get_statuscode() != _SUCCESS:
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    called = url or f"{name}#{record.rec_headers.get_header('WARC-Record-ID')}"
    try:
        yield _draft(called, url, kind, record.content_stream().read(LARGEST + 1))
    except DiplographError as wrong:
        yield SourceFailure(name=called, reason=SourceError(str(wrong)))


def _draft(name: str, url: str | None, kind: str, raw: bytes) -> Unread:
    if len(raw) > LARGEST:
        raise SourceError(f"{name}: is larger than {LARGEST // 1_000_000} MB; it is no article")
    if kind == "text/plain":
        return Draft(name=name, text=decode(name, raw), raw=raw, url=url)
    if not raw.strip():
        raise SourceError(f"{name}: the page is empty")
    return Page(name=name, raw=raw, url=url)


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    told = headers.get_header("Content-Type") or ""
    return str(told.partition(";")[0].strip().lower())
