"""Takes documents into a graph, takes sources out, and derives the consensus anew.

``ingest`` takes inputs and an open store; gives what became of each. ``retract`` takes a source out again,
``rebuild`` derives everything from the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from diplograph import sources
from diplograph.errors import SourceError, StoreError
from diplograph.model import Document, Report
from diplograph.pipeline.eventfiles import Account, Wanted, split, take_all
from diplograph.pipeline.reading import PATIENCE, Extractor, Task, Told, own_extractor
from diplograph.pipeline.workers import read_all
from diplograph.sources import Draft, SourceFailure, Unread
from diplograph.store import Store

_SHORTEST = 8  # digits by which an id may be abbreviated
_UNNAMED = "text"
_NAMES = "SELECT ?id ?name { GRAPH ?id { ?id dg:name ?name } }"
_ALIKE = 0.5  # share of words in common from which a text of the same name is a version of the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that was set aside, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What an ingestion did.

    Attributes:
        ingested: Ids of sources that are new.
        unchanged: Ids of sources that were stored already.
        replaced: Ids of older versions that were taken out for newer ones.
        older: Names of documents of which the store holds a newer version.
        failed: Documents that were set aside.
        files: What became of each file of event data; their sources are among those above.
        reports: Number of reports in what is new.
        events: Number of events in the store afterwards.
    """

    ingested: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    files: tuple[Account, ...] = ()
    reports: int = 0
    events: int = 0


def ingest(
    store: Store,
    inputs: Iterable[str | Path] = (),
    *,
    text: str | None = None,
    published: date | None = None,
    jobs: int = 1,
    extractor: Extractor | None = None,
    stdin: BinaryIO | None = None,
    again: bool = False,
    patience: float = PATIENCE,
    wanted: Wanted | None = None,
    on_progress: Callable[[str], None] = lambda _name: None,
) -> IngestResult:
    """Take documents and files of event data into the graph.

    Args:
        store: Where they go.
        inputs: Files, folders, patterns, or ``-``.
        text: A text to take in instead of, or besides, inputs.
        published: Publication date of all of them, stronger than what they say themselves.
        jobs: Processes that read; 1 reads in this one.
        extractor: Reads a document; diplograph's own if not given. With several jobs it must be importable.
        stdin: What ``-`` reads from.
        again: Whether to read what is stored already once more, as a newer reader may find more in it.
        patience: Seconds that a document may take, besides those for its length, before it is set aside.
        wanted: How files of event data are to be read; without it each file is looked at.
        on_progress: Called with the name of each document when it is done.

    Returns:
        What became of each; a document that cannot be read is listed and the rest is kept.

    Raises:
        StoreError: If the store cannot be written to.
    """
    task = Task(
        extractor=extractor or own_extractor(),
        published=published,
        patience=patience,
        known=frozenset() if again else _known(store, jobs),
    )
    events, documents = split(inputs, wanted)
    found = chain(_given(text), sources.drafts(documents, stdin=stdin))
    tally = _Tally(store)
    for account in take_all(store, events, wanted or Wanted()):
        tally.load(account)
        on_progress(account.name)
    for told in read_all(found, task, jobs):
        tally.count(told)
        on_progress(told.name)
    store.infer()
    return tally.result()


def retract(store: Store, source: str, *, on: date | None = None) -> tuple[str, ...]:
    """Take a source out: by its id, the beginning of its id, its name, the end of its name, or its address.

    Args:
        store: Where it is.
        source: What it is called.
        on: The day on which it goes; that of the newest source if not given.

    Returns:
        Ids of the sources that went.

    Raises:
        StoreError: If there is none, or what is abbreviated fits several.
    """
    ids = _sources_called(store, source) or _sources_abbreviated(store, source)
    if not ids:
        raise StoreError(f"{store.where} has no source {source!r}; name it by file name, address or id")
    for known in ids:
        store.drop(known, on=on)
    store.infer()
    return tuple(ids)


def rebuild(store: Store) -> int:
    """Derive the whole consensus anew from the evidence; gives the number of events."""
    return store.rebuild()


class _Tally:
    """Stores documents one by one and keeps account."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ingested: list[str] = []
        self.unchanged: list[str] = []
        self.replaced: list[str] = []
        self.older: list[str] = []
        self.failed: list[Failure] = []
        self.files: list[Account] = []
        self.reports = 0

    def load(self, told: Account | SourceFailure) -> None:
        """A file of event data is stored already, or cannot be."""
        if isinstance(told, SourceFailure):
            self.failed.append(Failure(name=told.name, reason=str(told.reason)))
            return
        self.files.append(told)
        (self.ingested if told.fresh else self.unchanged).append(told.source)
        self.reports += told.reports

    def count(self, told: Told | SourceFailure) -> None:
        """A document goes where it belongs."""
        if isinstance(told, SourceFailure):
            self.failed.append(Failure(name=told.name, reason=str(told.reason)))
        elif told.reports is not None:
            self.take(told.document, told.reports)
        else:
            self.meet(told.document)

    def meet(self, document: Document) -> None:
        """A document is known already; its name may be new, or an older version be there still."""
        others = set(self.store.sources_named(document.name, document.url)) - {document.id}
        if others or _same_under_one_name(document, self.store.document(document.id)) is document:
            self.take(document, self.store.reports_of_source(document.id))
        else:
            self.unchanged.append(document.id)

    def take(self, document: Document, reports: tuple[Report, ...]) -> None:
        """A document goes into the store, unless it or a newer version of it is there."""
        stored = set(self.store.sources_named(document.name, document.url))
        if self.store.has(document.id):
            document = _same_under_one_name(document, self.store.document(document.id))
            stored.discard(document.id)
        versions = [d for d in map(self.store.document, sorted(stored)) if is_version(document, d)]
        if any(_day(version) > _day(document) for version in versions):
            self.older.append(document.name)
            return
        try:
            changed = self.store.add(document, reports)
        except SourceError as fault:
            self.failed.append(Failure(name=document.name, reason=str(fault)))
            return
        (self.ingested if changed else self.unchanged).append(document.id)
        self.reports += len(reports) if changed else 0
        for version in versions:
            self.store.drop(version.id, by=document.id, on=document.published)
            self.replaced.append(version.id)

    def result(self) -> IngestResult:
        """The account."""
        return IngestResult(
            ingested=tuple(self.ingested),
            unchanged=tuple(self.unchanged),
            replaced=tuple(self.replaced),
            older=tuple(self.older),
            failed=tuple(self.failed),
            files=tuple(self.files),
            reports=self.reports,
            events=self.store.size(),
        )


def _known(store: Store, jobs: int) -> Callable[[str], bool] | frozenset[str]:
    """Tells which documents are stored; other processes need a list, as the store is open in this one."""
    return store.has if jobs <= 1 else frozenset(store.sources())


def _given(text: str | None) -> Iterator[Unread]:
    if text is not None:
        yield Draft(name=_UNNAMED, text=text, raw=text.encode("utf-8", "surrogatepass"))


def _same_under_one_name(document: Document, stored: Document) -> Document:
    """One document found in two places keeps the name that sorts first, whichever came first."""
    return document if document.name < stored.name else stored


def is_version(document: Document, stored: Document) -> bool:
    """Whether two documents are versions of one: of one address, or of one name and largely one text."""
    if document.url and stored.url:
        return document.url == stored.url
    if document.name != stored.name or document.name in (_UNNAMED, "-"):
        return False
    words, others = set(document.text.casefold().split()), set(stored.text.casefold().split())
    return len(words & others) >= _ALIKE * len(words | others)


def _day(document: Document) -> date:
    return document.published or date.min


def _sources_called(store: Store, name: str) -> list[str]:
    return [name] if store.has(name) else list(store.sources_named(name, name))


def _sources_abbreviated(store: Store, name: str) -> list[str]:
    """The one source whose id begins, or whose path ends, like this; none if there is none."""
    known = {row["id"].rpartition("/")[2]: row["name"] for row in store.query(_NAMES)}
    begun = {source for source in known if len(name) >= _SHORTEST and source.startswith(name)}
    found = sorted(begun | {source for source, told in known.items() if told.endswith(f"/{name}")})
    if len(found) > 1:
        told = ", ".join(f"{known[source]} ({source[:12]})" for source in found[:3])
        raise StoreError(f"{name!r} fits {len(found)} sources: {told}; name one of them in full")
    return found
