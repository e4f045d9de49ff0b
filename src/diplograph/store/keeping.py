"""The store: evidence in a named graph per source, consensus in the default graph, whatever keeps them.

Takes documents with their reports; gives events, answers and citations. ``folder.open_folder`` keeps it on
disk, ``memory.open_memory`` in memory, ``distant.open_remote`` on a server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from diplograph.consensus import Ruling, Rulings
from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.graph.background import load as load_background
from diplograph.graph.rdf import source_triples
from diplograph.model import Document, Event, Report
from diplograph.store import inference, reading
from diplograph.store.admission import admitted
from diplograph.store.answers import Answer, Citation, Retraction
from diplograph.store.citing import cite
from diplograph.store.columns import Columns
from diplograph.store.copies import Copies
from diplograph.store.engine import RECORDS, Engine, address
from diplograph.store.export import export
from diplograph.store.ledger import Entry, LedgerBook, entry_of
from diplograph.store.persons import all_rulings, stored_rulings
from diplograph.store.revision import Revision, Workplace, rebuild, retract, revise, rule
from diplograph.store.shelf import Shelf
from diplograph.store.withdrawn import retractions


class GraphStore:
    """A graph of evidence and consensus; see ``diplograph.store.Store`` for what each method promises.

    Args:
        engine: The opened database.
        ledger: What it is known to hold.
        where: What to call it in messages.
        read_only: Whether changes are refused.
        folder: The folder for documents' bytes and copies of the evidence; None keeps neither.
        background: What the gazetteer knows; loaded when first needed if not given.
        on_close: What to do at the end.

    Attributes:
        columns: The columnar twin of its consensus.
    """

    def __init__(
        self,
        engine: Engine,
        ledger: LedgerBook,
        *,
        where: str,
        read_only: bool = False,
        folder: Path | None = None,
        background: Background | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self.where = where
        self.read_only = read_only
        self.engine = engine
        self.ledger = ledger
        self._shelf = Shelf(engine)
        self._raw = folder / "raw" if folder else None
        self._copies = Copies(folder / "evidence") if folder else None
        self._background = background
        self._on_close = on_close
        self._open = True
        self.columns = Columns(folder, engine, lambda: self._known, writable=not read_only)
        self._size: int | None = None

    def add(self, document: Document, reports: Sequence[Report]) -> bool:
        """Store a document and its reports, in the place of what was stored of it."""
        self._check_writable()
        self._check_reports(document, reports)
        document, told = admitted(document, reports)
        lines = source_triples(document, told)
        entry = entry_of(lines)
        if self.ledger.entries.get(document.id) == entry:
            return False
        self._keep_bytes(document)
        self._apply(revise(self._place, document, told, lines), entry)
        return True

    def drop(self, source: str, *, by: str | None = None, on: date | None = None) -> None:
        """Take a source out, and all that only it supported."""
        self._check_writable()
        if source not in self.ledger.entries:
            raise StoreError(f"{self.where} has no source {source!r}, so there is nothing to take out")
        day = on or self.newest()
        self._apply(retract(self._place, source, by=by, on=day), None)
        if self._raw:
            (self._raw / source).unlink(missing_ok=True)

    def rule(self, ruling: Ruling) -> str:
        """Make a person's decision hold; gives the id of the source that it is kept as."""
        self._check_writable()
        for name in sorted(ruling.reports):
            self.report(name)
        revision = rule(self._place, ruling)
        entry = entry_of(list(revision.lines))
        if self.ledger.entries.get(revision.source) != entry:
            self._apply(revision, entry)
        return revision.source

    def rulings(self) -> dict[str, Ruling]:
        """What persons decided, by the id of the source that it is kept as."""
        return stored_rulings(self.engine)

    def retractions(self) -> tuple[Retraction, ...]:
        """Sources that were taken out."""
        return retractions(self.engine)

    def infer(self) -> int:
        """Bring what the rules derive up to date."""
        self._check_writable()
        return inference.infer(self.engine, self._shelf, self._known)

    def rebuild(self) -> int:
        """Derive the whole consensus anew from the evidence."""
        self._check_writable()
        rulings = Rulings(all_rulings(self.engine))
        self._shelf.forget()
        self.columns.forget()
        self.engine.change(rebuild(self._place, reading.reports(self.engine), rulings))
        self.infer()
        self._size = None
        return self.size()

    def take_in(self, task: Callable[[Workplace], None]) -> None:
        """Have much done at once past the store, which then remembers nothing of what it read before."""
        self._check_writable()
        try:
            task(self._place)
        finally:
            self._shelf.forget()
            self._size = None

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a SPARQL query that only reads."""
        return self.engine.ask(sparql, substitutions)

    def export(self, form: str) -> str:
        """The graph in one of the formats of ``store.export.FORMATS``."""
        return export(self.engine, form)

    def as_of(self, day: date) -> GraphStore:
        """What could be known from the sources published by a day, as a store in memory."""
        from diplograph.store.past import as_of

        return as_of(self, day, self._known)

    def newest(self) -> date | None:
        """The day on which the newest source was published; the store knows nothing later."""
        return reading.newest(self.engine)

    def size(self) -> int:
        """The number of events."""
        if self._size is None:
            self._size = sum(1 for _ in self.engine.all("record", RECORDS))
        return self._size

    def sources(self) -> tuple[str, ...]:
        """Ids of all sources, sorted."""
        return tuple(reading.source_ids(self.engine))

    def has(self, source: str) -> bool:
        """Whether a source of this id is stored."""
        return source in self.ledger.entries

    def sources_named(self, name: str, url: str | None = None) -> tuple[str, ...]:
        """Ids of the sources of a name or an address, sorted."""
        return tuple(reading.sources_named(self.engine, name, url))

    def document(self, source: str) -> Document:
        """A stored document."""
        return reading.document(self.engine, source, self._raw)

    def events(self) -> tuple[Event, ...]:
        """All events, sorted by id."""
        return reading.events(self.engine)

    def event(self, name: str) -> Event:
        """An event, by its id or one that merged into it."""
        return reading.event(self.engine, name)

    def report(self, name: str) -> Report:
        """A report by its id."""
        return reading.reports(self.engine, [name])[0]

    def reports(self, event: str | None = None) -> tuple[Report, ...]:
        """All reports, or those of an event, sorted by id."""
        return reading.reports(self.engine, self.event(event).reports if event else None)

    def reports_of_source(self, source: str) -> tuple[Report, ...]:
        """The reports of one source, sorted by id."""
        return reading.reports_of_source(self.engine, source)

    def why(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> tuple[Citation, ...]:
        """The words behind an event, a report or a triple."""
        return cite(self._place, subject, predicate, value)

    def verify(self) -> tuple[str, ...]:
        """Faults found by comparing all that is stored with the ledger; empty if there are none."""
        from diplograph.store.checking import faults

        return faults(self.engine, self.ledger)

    def settle(self, sources: Sequence[str]) -> None:
        """Make the copies of sources agree with what is stored, after their writer was interrupted."""
        if self._copies is None:
            return
        for source in sources:
            lines = self.engine.lines(address("source", source))
            if lines:
                self._copies.keep(source, lines)
            else:
                self._copies.drop(source)

    def close(self) -> None:
        """Write everything out and let go of the store."""
        if self._open:
            self._open = False
            try:
                if not self.read_only and self._raw:
                    self.engine.flush()
            finally:
                self.engine.close()
                self._on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _known(self) -> Background:
        if self._background is None:
            self._background = load_background()
        return self._background

    @property
    def _place(self) -> Workplace:
        return Workplace(engine=self.engine, shelf=self._shelf, background=self._known)

    def _apply(self, revision: Revision, entry: Entry | None) -> None:
        source = revision.source
        if self._copies is not None and entry:
            self._copies.keep(source, revision.lines)
        gone, fresh = revision.amendment.gone, revision.amendment.fresh
        self.columns.touch(event.id for event in (*gone, *fresh))
        self.ledger.begin({source: entry})
        try:
            self.engine.change(revision.change)
        except (OSError, RuntimeError) as fault:
            self._shelf.forget()
            # What is stored is settled at the next opening; now the disk may not even take a note.
            raise StoreError(f"{self.where} could not store {source}: {fault}") from fault
        self.ledger.end([source])
        self._shelf.keep(gone, fresh, revision.reports)
        self._size = None if self._size is None else self._size + len(fresh) - len(gone)
        if self._copies is not None and entry is None:
            self._copies.drop(source)
        if entry is None:
            self.columns.drop(source)

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
