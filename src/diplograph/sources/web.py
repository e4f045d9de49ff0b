"""Reads addresses of the web: pages, plain texts, and feeds (RSS, Atom) with the pages that they name.

``read`` takes an address and a ``Fetcher`` and gives what stands there, one page after the other, as each is
asked for; a page that cannot be had is a failure among the others. Needs the extra ``web``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from diplograph.errors import DiplographError, MissingExtraError, SourceError
from diplograph.sources.addresses import nameable, settled
from diplograph.sources.decoding import decode
from diplograph.sources.draft import Draft, SourceFailure, Unread
from diplograph.sources.exchange import Answer
from diplograph.sources.fetching import Fetcher
from diplograph.sources.html import Page, check_installed
from diplograph.sources.metadata import day_or_none

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_PERHAPS_FEEDS = frozenset({"application/xml", "text/xml", ""})
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:RDF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that a feed names: its address, and the day on which the feed says that it came out."""

    url: str
    published: date | None = None


def read(address: str, fetcher: Fetcher) -> Iterator[Unread | SourceFailure]:
    """What stands at an address that the user named.

    Args:
        address: The address of a page, text or feed.
        fetcher: Fetches it, and the pages that a feed names.
    """
    name = nameable(address)
    try:
        check_installed(name)
        fetcher.doors.admit(address)
        answer = fetcher.fetch(address)
        if not is_feed(answer):
            yield _draft(answer)
            return
        found = entries(answer)
    except DiplographError as wrong:
        yield SourceFailure(name=name, reason=SourceError(_named(name, wrong)))
        return
    yield from _articles(name, found, fetcher)


def _articles(address: str, found: list[Entry], fetcher: Fetcher) -> Iterator[Unread | SourceFailure]:
    if not found:
        yield _failure(address, "this feed names no article; name another address")
    limit = fetcher.limits.entries
    for entry in found[:limit]:
        try:
            yield _draft(fetcher.fetch(entry.url), entry.published)
        except DiplographError as wrong:
            name = nameable(entry.url)
            yield SourceFailure(name=name, reason=SourceError(_named(name, wrong)))
    if len(found) > limit:
        yield _failure(address, f"this feed names {len(found)} articles; only the first {limit} were read")


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed, by what it calls itself, or by its first words if that says little."""
    if answer.kind in _FEEDS:
        return True
    return answer.kind in _PERHAPS_FEEDS and any(mark in answer.body[:2000] for mark in _FEED_MARKS)


def entries(answer: Answer) -> list[Entry]:
    """The articles that a feed names, each once, in its order.

    Raises:
        MissingExtraError: If feedparser is not installed.
    """
    try:
        import feedparser
    except ImportError as missing:
        raise MissingExtraError(f"{answer.url}: reading feeds", "web") from missing
    headers = {"content-location": answer.url, "content-type": "application/xml"}
    parsed: Any = feedparser.parse(answer.body, response_headers=headers, sanitize_html=False)
    found: dict[str, Entry] = {}
    for one in parsed.entries:
        if link := str(one.get("link") or ""):
            told = str(one.get("published") or one.get("updated") or "")
            found.setdefault(settled(link), Entry(url=settled(link), published=day_or_none(told)))
    return list(found.values())


def _draft(answer: Answer, published: date | None = None) -> Unread:
    """What an answer holds.

    Raises:
        SourceError: If it is neither a page nor a text.
    """
    url = settled(answer.url)
    if answer.kind == "text/plain":
        return Draft(name=url, text=decode(url, answer.body), raw=answer.body, url=url, published=published)
    if answer.kind not in _PAGES:
        raise SourceError(
            f"{url}: is {answer.kind or 'of no kind that it tells'}, neither page, text nor feed"
        )
    if not answer.body.strip():
        raise SourceError(f"{url}: the page is empty")
    return Page(name=url, raw=answer.body, url=url, published=published)


def _named(address: str, wrong: DiplographError) -> str:
    """The message, which must name the address that was asked for, even if the fault lay further on."""
    told = str(wrong)
    return told if address in told else f"{address}: {told}"


def _failure(name: str, why: str) -> SourceFailure:
    return SourceFailure(name=name, reason=SourceError(f"{name}: {why}"))
