"""The store in Oxigraph: evidence in a named graph per source, consensus in the default graph.

Takes documents with their reports; gives events, answers and citations. ``folder.open_folder`` keeps it on
disk, ``memory.open_memory`` in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.graph.background import load as load_background
from diplograph.model import Document, Event, Report
from diplograph.store import inference, reading
from diplograph.store.answers import Answer, Citation
from diplograph.store.asking import select
from diplograph.store.citing import cite
from diplograph.store.export import export
from diplograph.store.ledger import Entry, Ledger, entry_of
from diplograph.store.revision import Revision, rebuild, revise

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

_NOTHING: Final = Entry(quads=0, digest="")


class OxigraphStore:
    """A graph in Oxigraph; see ``diplograph.store.Store`` for what each method promises.

    Args:
        database: The opened database.
        ledger: What it is known to hold.
        where: What to call it in messages.
        read_only: Whether changes are refused.
        raw: The folder for documents' bytes; None keeps them in memory.
        background: What the gazetteer knows; loaded when first needed if not given.
        on_close: What to do at the end.
    """

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        *,
        where: str,
        read_only: bool = False,
        raw: Path | None = None,
        background: Background | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self.where = where
        self.read_only = read_only
        self._database: Database | None = database
        self._ledger = ledger
        self._raw = raw
        self._background = background
        self._on_close = on_close

    def add(self, document: Document, reports: Sequence[Report]) -> bool:
        """Store a document and its reports, in the place of what was stored of it."""
        self._check_writable()
        self._check_reports(document, reports)
        revision = revise(
            self._db, self._known, source=document.id, document=document, reports=tuple(reports)
        )
        entry = entry_of(list(revision.lines))
        if self._ledger.entries.get(document.id) == entry:
            return False
        self._keep_bytes(document)
        self._apply(revision, entry)
        return True

    def drop(self, source: str) -> None:
        """Take a source out, and all that only it supported."""
        self._check_writable()
        if source not in self._ledger.entries:
            raise StoreError(f"{self.where} has no source {source!r}, so there is nothing to take out")
        self._apply(revise(self._db, self._known, source=source), None)
        if self._raw:
            (self._raw / source).unlink(missing_ok=True)

    def infer(self) -> int:
        """Bring what the rules derive up to date."""
        self._check_writable()
        return inference.infer(self._db)

    def rebuild(self) -> int:
        """Derive the whole consensus anew from the evidence."""
        self._check_writable()
        self._db.update(rebuild(self._known, reading.reports(self._db)))
        self.infer()
        return len(self.events())

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a SPARQL query that only reads."""
        return select(self._db, sparql, substitutions)

    def export(self, form: str) -> str:
        """The graph in one of the formats of ``store.export.FORMATS``."""
        return export(self._db, form)

    def sources(self) -> tuple[str, ...]:
        """Ids of all sources, sorted."""
        return tuple(reading.source_ids(self._db))

    def has(self, source: str) -> bool:
        """Whether a source of this id is stored."""
        return source in self._ledger.entries

    def sources_named(self, name: str, url: str | None = None) -> tuple[str, ...]:
        """Ids of the sources of a name or an address, sorted."""
        return tuple(reading.sources_named(self._db, name, url))

    def document(self, source: str) -> Document:
        """A stored document."""
        return reading.document(self._db, source, self._raw)

    def events(self) -> tuple[Event, ...]:
        """All events, sorted by id."""
        return reading.events(self._db)

    def event(self, name: str) -> Event:
        """An event, by its id or one that merged into it."""
        return reading.event(self._db, name)

    def report(self, name: str) -> Report:
        """A report by its id."""
        return reading.reports(self._db, [name])[0]

    def reports(self, event: str | None = None) -> tuple[Report, ...]:
        """All reports, or those of an event, sorted by id."""
        return reading.reports(self._db, self.event(event).reports if event else None)

    def reports_of_source(self, source: str) -> tuple[Report, ...]:
        """The reports of one source, sorted by id."""
        return reading.reports_of_source(self._db, source)

    def why(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> tuple[Citation, ...]:
        """The words behind an event, a report or a triple."""
        return cite(self._db, subject, predicate, value)

    def verify(self) -> tuple[str, ...]:
        """Faults found by comparing all that is stored with the ledger; empty if there are none."""
        from diplograph.store.checking import faults

        return faults(self._db, self._ledger)

    def close(self) -> None:
        """Write everything out and let go of the store."""
        if self._database is not None:
            if not self.read_only and self._raw:
                self._database.flush()
            self._database = None
            self._on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _db(self) -> Database:
        if self._database is None:
            raise StoreError(f"{self.where} is closed; open it again")
        return self._database

    @property
    def _known(self) -> Background:
        if self._background is None:
            self._background = load_background()
        return self._background

    def _apply(self, revision: Revision, entry: Entry | None) -> None:
        self._ledger.begin({revision.source: entry})
        try:
            self._db.update(revision.update)
        except (OSError, RuntimeError, SyntaxError) as fault:
            self._ledger.abandon([revision.source])
            raise StoreError(f"{self.where} could not store {revision.source}: {fault}") from fault
        self._ledger.end([revision.source])

    def _keep_bytes(self, document: Document) -> None:
        """Beside the graph, and only if the text does not give them back."""
        if self._raw and document.raw != document.text.encode("utf-8", "surrogatepass"):
            self._raw.mkdir(exist_ok=True)
            (self._raw / document.id).write_bytes(document.raw)

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.where} is open for reading only; open it without read_only")

    def _check_reports(self, document: Document, reports: Sequence[Report]) -> None:
        for report in reports:
            if report.source != document.id:
                raise StoreError(
                    f"report {report.id} is of source {report.source}, not of {document.id}; "
                    "store it with its own document"
                )
