"""What changes in the graph when a source comes or goes: its own graph, and the consensus that it touches.

Takes the database, the source and its reports; gives one SPARQL update, which is applied as a whole or not
at all, so that no reader ever sees half a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from diplograph.consensus import dyad_of, merge
from diplograph.graph.background import Background
from diplograph.graph.ntriples import dg, line, text
from diplograph.graph.rdf import (
    RECORDS,
    event_record_line,
    event_triples,
    source_graph,
    source_triples,
    things,
)
from diplograph.graph.records import event_from, report_from
from diplograph.model import Document, Event, Report
from diplograph.vocab import DG, GRAPH, ID

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Store

INFERRED: Final = f"<{GRAPH}inferred>"
STALE: Final = line(INFERRED, dg("stale"), text("true"))

_OWNED = ("participation", "statusChange", "decision")
_NAMING = ("involves", "guest", "host", "hasParticipant", "place", "occasion", "issue", "forState")
# These stand alone; what is said of the others may also be said of something around them.
_ALONE = re.compile(f"<{ID}(?:topic|occasion|issue)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of the graph.

    Attributes:
        source: The source that comes or goes.
        lines: The statements of its graph, sorted; empty if it goes.
        update: The SPARQL update that makes the change.
        events: Ids of the events that are new or changed.
    """

    source: str
    lines: tuple[str, ...]
    update: str
    events: tuple[str, ...]


def revise(
    database: Store,
    background: Background,
    *,
    source: str,
    document: Document | None = None,
    reports: Sequence[Report] = (),
) -> Revision:
    """The change that puts a source with these reports in the place of what is stored of it.

    Args:
        database: What is stored now.
        background: What the gazetteer knows.
        source: Id of the source.
        document: The source itself; None if it goes.
        reports: Its reports.
    """
    dyads = {dyad_of(r.facts.states) for r in reports} | set(_dyads_of_source(database, source))
    known = {r.id: r for d in sorted(dyads) for r in _reports_of_dyad(database, d) if r.source != source}
    known |= {r.id: r for r in reports}
    before = {e.id: e for d in sorted(dyads) for e in _events_of_dyad(database, d)}
    after = {e.id: e for e in merge(known.values())}
    gone = [e for e in before.values() if after.get(e.id) != e]
    fresh = [e for e in after.values() if before.get(e.id) != e]
    lines = source_triples(document, reports) if document else []
    statements = _new_statements(fresh, background)
    removed = _old_statements(database, gone) | _orphans(database, background, gone, after.values())
    parts = [
        _graph_update(database, source, lines),
        _consensus_update(removed - statements, statements, gone, fresh),
    ]
    return Revision(
        source=source, lines=tuple(lines), update="".join(parts), events=tuple(sorted(e.id for e in fresh))
    )


def _dyads_of_source(database: Store, source: str) -> list[str]:
    from pyoxigraph import NamedNode

    graph = NamedNode(source_graph(source)[1:-1])
    quads = database.quads_for_pattern(None, NamedNode(f"{DG}dyad"), None, graph)
    return sorted({q.object.value for q in quads})


def reports_where(database: Store, pattern: str, **bound: NamedNode | Literal) -> list[Report]:
    """The reports that a graph pattern about ``?report`` in ``GRAPH ?source`` selects, without their quotes."""
    from pyoxigraph import Variable

    query = (
        f"SELECT ?record {' '.join(f'?{name}' for name in bound)} "
        f"{{ GRAPH ?source {{ ?report a <{DG}Report> ; <{DG}record> ?record . {pattern} }} }}"
    )
    rows = database.query(query, substitutions={Variable(n): term for n, term in bound.items()})
    return [report_from(row["record"].value) for row in rows]


def _reports_of_dyad(database: Store, dyad: str) -> list[Report]:
    from pyoxigraph import Literal

    return reports_where(database, f"?report <{DG}dyad> ?dyad .", dyad=Literal(dyad))


def _events_of_dyad(database: Store, dyad: str) -> list[Event]:
    from pyoxigraph import Literal, Variable

    query = (
        f"SELECT ?record ?dyad {{ ?event <{DG}dyad> ?dyad . GRAPH {RECORDS} {{ ?event <{DG}record> ?record }} }}"
    )
    rows = database.query(query, substitutions={Variable("dyad"): Literal(dyad)})
    return [event_from(row["record"].value) for row in rows]


def _new_statements(events: Iterable[Event], background: Background) -> set[str]:
    statements: set[str] = set()
    for event in events:
        statements.update(event_triples(event, background))
        for thing in things(event):
            statements.update(background.lines(thing))
    return statements


def _old_statements(database: Store, events: Iterable[Event]) -> set[str]:
    """Everything that the default graph says of these events and of the nodes that belong to them."""
    from pyoxigraph import DefaultGraph, NamedNode, Quad

    def found(subject: NamedNode | None, term: str | None, value: NamedNode | None) -> list[Quad]:
        predicate = NamedNode(f"{DG}{term}") if term else None
        return list(database.quads_for_pattern(subject, predicate, value, DefaultGraph()))

    quads: list[Quad] = []
    for event in events:
        subject = NamedNode(f"{ID}event/{event.id}")
        quads += found(subject, None, None)
        quads += found(None, "denotes", subject) + found(None, "mergedInto", subject)
        owned = {quad.object for term in _OWNED for quad in found(subject, term, None)}
        quads += [quad for part in owned if isinstance(part, NamedNode) for quad in found(part, None, None)]
    return {f"{quad} ." for quad in quads}


def _orphans(
    database: Store, background: Background, gone: Iterable[Event], present: Iterable[Event]
) -> set[str]:
    """What is said of things that only the events that go had named."""
    lost = {thing for event in gone for thing in things(event)}
    lost -= {thing for event in present for thing in things(event)}
    leaving = {f"{ID}event/{event.id}" for event in gone}
    lost = {thing for thing in lost if not _named_elsewhere(database, thing, leaving)}
    statements = {statement for thing in lost for statement in background.lines(thing)}
    if all(_ALONE.match(thing) for thing in lost):
        return statements
    return statements - {s for thing in _named(database, leaving) for s in background.lines(thing)}


def _named_elsewhere(database: Store, thing: str, leaving: set[str]) -> bool:
    from pyoxigraph import DefaultGraph, NamedNode

    return any(
        _owner(quad.subject.value) not in leaving
        for term in _NAMING
        for quad in database.quads_for_pattern(
            None, NamedNode(f"{DG}{term}"), NamedNode(thing[1:-1]), DefaultGraph()
        )
        if isinstance(quad.subject, NamedNode)
    )


def _named(database: Store, leaving: set[str]) -> set[str]:
    """Everything that events other than those that leave name."""
    from pyoxigraph import DefaultGraph, NamedNode

    return {
        str(quad.object)
        for term in _NAMING
        for quad in database.quads_for_pattern(None, NamedNode(f"{DG}{term}"), None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and _owner(quad.subject.value) not in leaving
    }


def _owner(address: str) -> str:
    """The event that a node is or belongs to."""
    kind, _, local = address.removeprefix(ID).partition("/")
    return f"{ID}event/{local.partition('-')[0] if kind == 'participation' else local}"


def _graph_update(database: Store, source: str, lines: list[str]) -> str:
    from pyoxigraph import NamedNode

    graph = source_graph(source)
    there = database.contains_named_graph(NamedNode(graph[1:-1]))
    drop = f"DROP GRAPH {graph} ;\n" if there else ""
    return drop + (insert_data(lines, graph) if lines else "")


def _consensus_update(
    removed: Iterable[str], statements: Iterable[str], gone: list[Event], fresh: list[Event]
) -> str:
    old = [event_record_line(event) for event in gone]
    new = [event_record_line(event) for event in fresh]
    told = sorted(statements)
    parts = [
        delete_data(sorted(removed)),
        delete_data(sorted(old), RECORDS),
        # What is now asserted is no longer only inferred.
        delete_data(told, INFERRED),
        insert_data(told),
        insert_data(sorted(new), RECORDS),
        insert_data([STALE], INFERRED) if gone or fresh else "",
    ]
    return "".join(parts)


def insert_data(lines: list[str], graph: str = "") -> str:
    """The operation that puts statements into a graph; nothing if there are none."""
    return f"INSERT DATA {_block(lines, graph)} ;\n" if lines else ""


def delete_data(lines: list[str], graph: str = "") -> str:
    """The operation that takes statements out of a graph; nothing if there are none."""
    return f"DELETE DATA {_block(lines, graph)} ;\n" if lines else ""


def _block(lines: list[str], graph: str) -> str:
    body = "\n".join(lines)
    return f"{{ GRAPH {graph} {{\n{body}\n}} }}" if graph else f"{{\n{body}\n}}"
