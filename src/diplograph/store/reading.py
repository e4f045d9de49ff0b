"""Reads documents, reports and events back out of the graph.

Takes the database; gives the nouns of the model, in a settled order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph.errors import StoreError
from diplograph.graph.rdf import RECORDS
from diplograph.graph.records import document_from, event_from, report_from
from diplograph.model import Document, Event, Report
from diplograph.store.patterns import DEFAULT, Found, address, column, find, first
from diplograph.vocab import DG, ID

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

_RECORDS: Final = RECORDS[1:-1]
_CALLED: Final = f"SELECT ?source ?called {{{{ GRAPH ?source {{{{ ?source <{DG}{{}}> ?called }}}} }}}}"


def source_ids(database: Database) -> list[str]:
    """The ids of all sources, sorted."""
    prefix = f"{ID}source/"
    names = (str(graph)[1:-1] for graph in database.named_graphs())
    return sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def sources_named(database: Database, name: str, url: str | None) -> list[str]:
    """The ids of the sources of a name or an address, sorted."""
    from pyoxigraph import Literal

    found = set(column(database, _CALLED.format("name"), "source", called=Literal(name)))
    if url:
        found.update(column(database, _CALLED.format("url"), "source", called=Literal(url)))
    return sorted(source.removeprefix(f"{ID}source/") for source in found)


def document(database: Database, source: str, raw: Path | None = None) -> Document:
    """A stored document.

    Args:
        database: Where it is stored.
        source: Its id.
        raw: The folder of the bytes that are not those of the text.

    Raises:
        StoreError: If there is no such source.
    """
    node = address("source", source)
    record, text = (first(database, node, term, node) for term in ("record", "text"))
    if record is None or text is None:
        raise StoreError(f"no source has the id {source!r}; list them with `diplograph stats`")
    kept = raw / source if raw else None
    return document_from(record, text, kept.read_bytes() if kept and kept.exists() else None)


def reports(database: Database, ids: Iterable[str] | None = None) -> tuple[Report, ...]:
    """Reports with their quotes, sorted by id: those asked for, or all.

    Raises:
        StoreError: If one that was asked for is not there.
    """
    texts: dict[str, str] = {}
    told = []
    for found in _records(database, ids):
        if found.graph not in texts:
            texts[found.graph] = first(database, found.graph, "text", found.graph) or ""
        told.append(report_from(found.value, texts[found.graph]))
    return tuple(sorted(told, key=lambda r: r.id))


def reports_of_source(database: Database, source: str) -> tuple[Report, ...]:
    """The reports of one source, sorted by id."""
    graph = address("source", source)
    text = first(database, graph, "text", graph) or ""
    told = (f.value for f in find(database, None, "record", None, graph) if f.subject != graph)
    return tuple(sorted((report_from(record, text) for record in told), key=lambda r: r.id))


def events(database: Database) -> tuple[Event, ...]:
    """All events, sorted by id."""
    told = find(database, None, "record", None, _RECORDS)
    return tuple(sorted((event_from(found.value) for found in told), key=lambda e: e.id))


def event(database: Database, name: str) -> Event:
    """An event by its id or the id of one that merged into it.

    Raises:
        StoreError: If there is none.
    """
    node = address("event", name)
    node = first(database, node, "mergedInto", DEFAULT) or node
    record = first(database, node, "record", _RECORDS)
    if record is None:
        raise StoreError(f"no event has the id {name!r}; list them with `diplograph ask`")
    return event_from(record)


def event_of_report(database: Database, report: str) -> str | None:
    """The id of the event that a report denotes; None if it denotes none."""
    denoted = first(database, address("report", report), "denotes", DEFAULT)
    return denoted.rpartition("/")[2] if denoted else None


def _records(database: Database, ids: Iterable[str] | None) -> Iterator[Found]:
    if ids is None:
        prefix = f"{ID}report/"
        yield from (f for f in find(database, None, "record") if f.subject.startswith(prefix))
        return
    for name in sorted(set(ids)):
        told = list(find(database, address("report", name), "record"))
        if not told:
            raise StoreError(f"no report has the id {name!r}")
        yield told[0]
