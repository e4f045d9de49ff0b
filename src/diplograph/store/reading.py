"""Reads documents, reports and events back out of the graph.

Takes the database; gives the nouns of the model, in a settled order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.errors import StoreError
from diplograph.graph.rdf import RECORDS, source_graph
from diplograph.graph.records import document_from, event_from, report_from
from diplograph.model import Document, Event, Report
from diplograph.vocab import DG, ID

if TYPE_CHECKING:
    from pyoxigraph import NamedNode
    from pyoxigraph import Store as Database


def source_ids(database: Database) -> list[str]:
    """The ids of all sources, sorted."""
    prefix = f"{ID}source/"
    names = (str(graph)[1:-1] for graph in database.named_graphs())
    return sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def document(database: Database, source: str, raw: Path | None = None) -> Document:
    """A stored document.

    Args:
        database: Where it is stored.
        source: Its id.
        raw: The folder of the bytes that are not those of the text.

    Raises:
        StoreError: If there is no such source.
    """
    node = _node("source", source)
    record, text = (_literal(database, node, term, node) for term in ("record", "text"))
    if record is None or text is None:
        raise StoreError(f"no source has the id {source!r}; list them with `diplograph stats`")
    kept = raw / source if raw else None
    return document_from(record, text, kept.read_bytes() if kept and kept.exists() else None)


def reports(database: Database, ids: Iterable[str] | None = None) -> tuple[Report, ...]:
    """Reports with their quotes, sorted by id: those asked for, or all.

    Raises:
        StoreError: If one that was asked for is not there.
    """
    found: list[Report] = []
    texts: dict[str, str] = {}
    for report, (record, graph) in _records(database, ids).items():
        source = graph.value
        if source not in texts:
            texts[source] = _literal(database, graph, "text", graph) or ""
        found.append(report_from(record, texts[source]))
        assert found[-1].id == report
    return tuple(sorted(found, key=lambda r: r.id))


def reports_of_source(database: Database, source: str) -> tuple[Report, ...]:
    """The reports of one source, sorted by id."""
    from pyoxigraph import NamedNode

    graph = _node("source", source)
    text = _literal(database, graph, "text", graph) or ""
    quads = database.quads_for_pattern(None, NamedNode(f"{DG}record"), None, graph)
    told = (q.object.value for q in quads if q.subject != graph)
    return tuple(sorted((report_from(record, text) for record in told), key=lambda r: r.id))


def events(database: Database) -> tuple[Event, ...]:
    """All events, sorted by id."""
    from pyoxigraph import NamedNode

    quads = database.quads_for_pattern(None, NamedNode(f"{DG}record"), None, NamedNode(RECORDS[1:-1]))
    return tuple(sorted((event_from(quad.object.value) for quad in quads), key=lambda e: e.id))


def event(database: Database, name: str) -> Event:
    """An event by its id or by the id of one that merged into it.

    Raises:
        StoreError: If there is none.
    """
    from pyoxigraph import DefaultGraph, NamedNode

    node = _node("event", name)
    merged = database.quads_for_pattern(node, NamedNode(f"{DG}mergedInto"), None, DefaultGraph())
    node = next((quad.object for quad in merged), node)
    record = _literal(database, node, "record", NamedNode(RECORDS[1:-1]))
    if record is None:
        raise StoreError(f"no event has the id {name!r}; list them with `diplograph ask`")
    return event_from(record)


def event_of_report(database: Database, report: str) -> str | None:
    """The id of the event that a report denotes; None if it denotes none."""
    from pyoxigraph import DefaultGraph, NamedNode

    quads = database.quads_for_pattern(
        _node("report", report), NamedNode(f"{DG}denotes"), None, DefaultGraph()
    )
    return next((quad.object.value.rpartition("/")[2] for quad in quads), None)


def _records(database: Database, ids: Iterable[str] | None) -> dict[str, tuple[str, NamedNode]]:
    from pyoxigraph import NamedNode

    ask = partial(_record_quads, database, NamedNode(f"{DG}record"))
    if ids is None:
        return ask(None)
    found: dict[str, tuple[str, NamedNode]] = {}
    for name in dict.fromkeys(ids):
        told = ask(_node("report", name))
        if not told:
            raise StoreError(f"no report has the id {name!r}")
        found |= told
    return found


def _record_quads(
    database: Database, term: NamedNode, subject: NamedNode | None
) -> dict[str, tuple[str, NamedNode]]:
    prefix = f"{ID}report/"
    return {
        quad.subject.value.removeprefix(prefix): (quad.object.value, quad.graph_name)
        for quad in database.quads_for_pattern(subject, term, None, None)
        if quad.subject.value.startswith(prefix)
    }


def _literal(database: Database, subject: NamedNode, term: str, graph: NamedNode) -> str | None:
    from pyoxigraph import NamedNode

    quads = database.quads_for_pattern(subject, NamedNode(f"{DG}{term}"), None, graph)
    return next((quad.object.value for quad in quads), None)


def _node(kind: str, local: str) -> NamedNode:
    from pyoxigraph import NamedNode

    from diplograph.graph.ntriples import node

    return NamedNode(node(kind, local)[1:-1])
