"""The bulk path: a file of event data into a store, past everything that makes an object for each fact.

``load(store, staging)`` writes the statements of all its reports as N-Quads text and has the database load
it. Reports that can be of an event that other sources tell of already go the way of documents, so that they
meet it. A folder is safe against interruption: until the end a linked copy of it stands beside it.
"""

# ruff: noqa: S608 - the SQL is built of our own names

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import IO, TYPE_CHECKING, Final, cast

from diplograph.consensus import amend, merge
from diplograph.errors import StoreError
from diplograph.graph.ntriples import in_graph
from diplograph.graph.provenance import source_lines
from diplograph.graph.rdf import source_graph
from diplograph.graph.records import report_from
from diplograph.model import Document, Report
from diplograph.store import inference, prose, safeguard
from diplograph.store.embedded import EmbeddedEngine
from diplograph.store.engine import INDEX, INFERRED, Change
from diplograph.store.ledger import ROWS, Entry
from diplograph.store.revision import Workplace, change_consensus
from diplograph.store.shelf import index_lines
from diplograph.store.statements import FAMILY, Statements

if TYPE_CHECKING:
    import pyarrow as pa

    from diplograph.sources.tables import Staging
    from diplograph.store import Store
    from diplograph.store.keeping import GraphStore

VERSION: Final = "1"
REASONED: Final = 20_000
"""Reports up to which the rules are run on what a file tells; see docs/event-data.md."""
PIECE: Final = 95_000_000
"""Bytes of text that are loaded at once: the loader holds all of a load in memory, in tables that double
beyond 458,752 statements, and every load leaves files that the database must merge later."""
MOST_REASONED: Final = 1_000_000
"""Statements of a store up to which they are run on everything at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of a file.

    Attributes:
        source: Id of its source.
        reports: Reports that its rows came to.
        statements: Statements in the graph of the source.
        fresh: False if exactly this file was there already.
        met: Reports that were compared with those of other sources.
        from_remarks: Reports that come from reading remarks.
    """

    source: str
    reports: int
    statements: int = 0
    fresh: bool = True
    met: int = 0
    from_remarks: int = 0


def take(store: Store, staging: Staging, *, remarks: bool = True) -> Loaded:
    """Read the remarks of a file, if it has any and they are wanted, and put all its reports into a store.

    Args:
        store: Where they go.
        staging: A file that was understood.
        remarks: Whether remarks are read like articles.

    Raises:
        StoreError: If the store is none that files can be loaded into, or cannot be written to.
    """
    target = loadable(store)
    told = 0
    if remarks and "remark" in staging.form.select and not target.has(document_of(staging).id):
        from diplograph.extract import extract

        told = prose.read(staging, extract)
    return replace(load(target, staging), from_remarks=told)


def load(store: GraphStore, staging: Staging) -> Loaded:
    """Put all reports of a staging into a store.

    Args:
        store: Where they go.
        staging: A file that was understood.

    Raises:
        StoreError: If the store cannot be written to.
    """
    document = document_of(staging)
    if store.has(document.id):
        return Loaded(source=document.id, reports=0, fresh=False)
    done: list[Loaded] = []

    def task(place: Workplace) -> None:
        statements = Statements(staging.con, document.id, f"{staging.form.name} {VERSION}", place.background)
        link_parts(statements)
        others = _others(store, *statements.span())
        met = [report_from(record) for record in statements.take(others)] if others.num_rows else []
        done.append(_put(store, place, document, statements, met))

    store.take_in(task)
    return done[0]


def _put(
    store: GraphStore, place: Workplace, document: Document, statements: Statements, met: list[Report]
) -> Loaded:
    lead = in_graph(source_lines(document), source_graph(document.id))
    own = statements.met_lines()
    reports = statements.count()
    count = len(lead) + statements.own_statements() + sum(lines.count("\n") for lines in own)
    small = reports <= REASONED and sum(e.quads for e in store.ledger.entries.values()) <= MOST_REASONED
    mark = [f"{inference.ALL_STALE[:-1]}<{INFERRED}> .\n"] if small else []
    feed = chain(_encoded([*lead, *own, *mark]), statements.blocks(), _encoded(statements.things()))
    store.ledger.begin({document.id: Entry(quads=count, digest=f"{ROWS}{document.id}")})
    with safeguard.whole(store.where):
        engine = place.engine
        assert isinstance(engine, EmbeddedEngine), "only these are loaded into"
        for piece in pieces(feed):
            engine.load_quads(cast("IO[bytes]", piece))
        if met:
            engine.change(meeting(store, place, met))
        engine.flush()
        statements.write_part(store.columns.part(document.id))
        store.ledger.end([document.id])
    return Loaded(source=document.id, reports=reports + len(met), statements=count, met=len(met))


def meeting(store: GraphStore, place: Workplace, met: list[Report]) -> Change:
    """What changes where reports meet events of other sources; their own graph is there already."""
    amendment = amend(place.shelf, added=met, rulings=place.shelf.rulings())
    store.columns.touch(event.id for event in (*amendment.gone, *amendment.fresh))
    change = Change()
    change.delete(INDEX, index_lines((), amendment.gone))
    change.insert(INDEX, index_lines(met, amendment.fresh))
    change_consensus(place, change, amendment)
    return change


def _others(store: GraphStore, first: date | None, last: date | None) -> pa.Table:
    """Where and when the events are that are stored already and can touch this time."""
    query = (
        f"SELECT DISTINCT {FAMILY} AS family, first, last FROM events "
        "WHERE first IS NULL OR (first <= ? AND last >= ?)"
    )
    return store.columns.open().sql(query, params=[last, first]).to_arrow_table()


def document_of(staging: Staging) -> Document:
    """The file as a source: its text is what it is, its rows stand in the records of its reports."""
    form = staging.form
    text = (
        f"{staging.path.name}: {form.about}. {staging.total:,} rows; each report keeps the rows that tell it."
    )
    return Document(
        id=Document.digest(f"{form.name} {VERSION} {staging.digest}"),
        name=staging.path.name,
        text=text,
        raw=text.encode(),
        publisher=None,
    )


def link_parts(statements: Statements) -> None:
    """Let meetings know the visit that they are part of, as merging would."""
    reports = [report_from(record) for record in statements.records_around_meetings()]
    parts = [(event.id, event.part_of) for event in merge(reports) if event.part_of]
    statements.set_parts(parts)


def pieces(blocks: Iterable[memoryview], size: int = PIECE) -> Iterator[Stream]:
    """What is loaded at once, made while it is read; each must be read to its end before the next.

    Args:
        blocks: The text.
        size: Bytes after which a piece ends, with the block that reaches them.
    """
    rest = iter(blocks)
    for block in rest:
        yield Stream(_until(size, chain([block], rest)))


def _until(size: int, blocks: Iterable[memoryview]) -> Iterator[memoryview]:
    for block in blocks:
        yield block
        size -= len(block)
        if size <= 0:
            return


def _encoded(lines: Iterable[str]) -> Iterator[memoryview]:
    for line in lines:
        yield memoryview(line.encode() if line.endswith("\n") else f"{line}\n".encode())


class Stream(io.RawIOBase):
    """Blocks of text as a file that is read from beginning to end.

    Args:
        blocks: The text.
    """

    def __init__(self, blocks: Iterable[memoryview]) -> None:
        self._blocks = iter(blocks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As much as there is of one block, up to the size; nothing at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._rest = block
        if size < 0:
            size = len(self._rest)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given.tobytes()


def loadable(store: object) -> GraphStore:
    """The store, if it is one that files can be loaded into.

    Raises:
        StoreError: If it is not.
    """
    from diplograph.store.keeping import GraphStore

    if not isinstance(store, GraphStore) or not isinstance(store.engine, EmbeddedEngine):
        raise StoreError(
            "event data goes into a store in a folder or in memory; import there, and export from it"
        )
    return store
