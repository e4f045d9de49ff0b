"""Stores: where evidence is kept and consensus is asked for.

``open(path)`` gives a ``Store``; the same contract holds for every kind (tests/contracts).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from diplograph.consensus import Ruling
from diplograph.model import Document, Event, Report
from diplograph.plugins import Plug, Socket, outside
from diplograph.store.answers import Answer, Citation, Retraction

if TYPE_CHECKING:
    from diplograph.graph.background import Background

__all__ = ["Answer", "Citation", "Retraction", "Store", "is_remote", "open"]


class Store(Protocol):
    """A graph of evidence and consensus.

    Attributes:
        where: What to call the store in messages.
        read_only: Whether changes are refused.
    """

    where: str
    read_only: bool

    def add(self, document: Document, reports: Sequence[Report]) -> bool:
        """Store a document and its reports as a whole, and bring the consensus that they touch up to date.

        Returns:
            False if exactly this was stored already, so that nothing changed.

        Raises:
            StoreError: If the store cannot be written to, or a report is of another source.
            SourceError: If the document, or what it tells, is dated outside the years 1500 to 2200.
        """

    def drop(self, source: str, *, by: str | None = None, on: date | None = None) -> None:
        """Take a source out, with all that only it supported; a note stays that it was there.

        Args:
            source: Its id.
            by: Id of the source that takes its place.
            on: The day on which it goes; that of the newest source if not given.

        Raises:
            StoreError: If there is no such source, or the store cannot be written to.
        """

    def rule(self, ruling: Ruling) -> str:
        """Make a person's decision hold: that reports are, or are not, of one event.

        Returns:
            The id of the source as which it is kept; dropping that takes the decision back.

        Raises:
            StoreError: If a report is not there, or the store cannot be written to.
        """

    def rulings(self) -> dict[str, Ruling]:
        """What persons decided, by the id of the source as which it is kept."""

    def retractions(self) -> tuple[Retraction, ...]:
        """The sources that were taken out, in the order of day and name."""

    def as_of(self, day: date) -> Store:
        """What could be known from the sources published by a day, as a store of its own in memory."""

    def newest(self) -> date | None:
        """The day on which the newest source was published; None if none tells."""

    def size(self) -> int:
        """The number of events."""

    def infer(self) -> int:
        """Bring what the rules derive up to date; gives the number of statements that came or went."""

    def rebuild(self) -> int:
        """Derive the whole consensus anew from the evidence; gives the number of events."""

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a SPARQL query that only reads.

        Raises:
            QueryError: If it is malformed, or would change something or ask elsewhere.
        """

    def export(self, form: str) -> str:
        """The graph as ``nq``, ``trig`` or ``jsonld``, or its consensus as ``nt`` or ``ttl``; sorted.

        Raises:
            QueryError: If there is no such format.
        """

    def sources(self) -> tuple[str, ...]:
        """Ids of all sources, sorted."""

    def has(self, source: str) -> bool:
        """Whether a source of this id is stored."""

    def sources_named(self, name: str, url: str | None = None) -> tuple[str, ...]:
        """Ids of the sources of a name or an address, sorted."""

    def document(self, source: str) -> Document:
        """A stored document.

        Raises:
            StoreError: If there is none of this id.
        """

    def events(self) -> tuple[Event, ...]:
        """All events, sorted by id."""

    def event(self, name: str) -> Event:
        """An event, by its id or by that of one that merged into it.

        Raises:
            StoreError: If there is none.
        """

    def report(self, name: str) -> Report:
        """A report.

        Raises:
            StoreError: If there is none of this id.
        """

    def reports(self, event: str | None = None) -> tuple[Report, ...]:
        """All reports, or those of an event, sorted by id."""

    def reports_of_source(self, source: str) -> tuple[Report, ...]:
        """The reports of one source, sorted by id."""

    def why(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> tuple[Citation, ...]:
        """The words behind an event, a report, or a triple about an event; the best first.

        Args:
            subject: Id or address of an event or report.
            predicate: Address or name of a property, such as ``place``.
            value: The object of the triple; None takes what the graph says.

        Raises:
            StoreError: If there is no such event, report or triple.
            QueryError: If the subject is nothing that sources tell of.
        """

    def verify(self) -> tuple[str, ...]:
        """Faults found by comparing all that is stored with the ledger; empty if there are none."""

    def close(self) -> None:
        """Write everything out and let go of the store."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""


def open(  # noqa: A001  # ``store.open`` is what it is called everywhere
    path: str | PathLike[str] | None = None,
    read_only: bool = False,  # agreed with the rooms above
    *,
    background: Background | None = None,
    as_of: date | None = None,
    wait: float = 0.0,
) -> Store:
    """Open a store.

    Args:
        path: Its folder, made if it is not there, or the address of a server's SPARQL endpoint
            (``http://host:port/sparql``), or ``name:location`` for a store of another package; None for a
            store in memory.
        read_only: Whether only to read.
        background: What is known of states, persons and places; the gazetteer if not given.
        as_of: The day to look from: only what was published by then counts, and nothing can be changed.
        wait: Seconds to wait for another writer to end.

    Raises:
        StoreError: If it cannot be opened; says why and what to do.
    """
    where = address(path)
    if as_of is not None:
        with open(path, True, background=background) as whole:
            return whole.as_of(as_of)
    if plug := _plugged(where):
        opened: Store = plug.call(where.partition(":")[2], read_only=read_only)
        return opened
    if path is None:
        from diplograph.store.memory import open_memory

        return open_memory(background)
    if is_remote(path):
        from diplograph.store.distant import open_remote

        return open_remote(where, read_only=read_only, background=background)
    from pathlib import Path

    from diplograph.store.folder import open_folder

    return open_folder(Path(path), read_only=read_only, background=background, wait=wait)


def is_remote(path: str | PathLike[str] | None) -> bool:
    """Whether a store is behind a server, and not in a folder or in memory."""
    return address(path).startswith(("http://", "https://"))


def address(path: str | PathLike[str] | None) -> str:
    """Where a store is, as text; a path makes one slash of the two in an address."""
    return re.sub(r"^(https?:)/(?!/)", r"\1//", str(path)) if path is not None else ""


def _plugged(where: str) -> Plug | None:
    """What another package plugs in for places that begin so."""
    name, colon, _ = where.partition(":")
    return next((plug for plug in outside(Socket.STORE) if colon and plug.name == name), None)
