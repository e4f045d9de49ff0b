"""What changes in the graph when a source comes or goes: its own graph, and the consensus that it touches.

Takes the database, the source and its reports; gives one SPARQL update, which is applied as a whole or not
at all, so that no reader ever sees half a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
from diplograph.store.patterns import DEFAULT, address, find, first, having
from diplograph.vocab import GRAPH, ID

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

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
    database: Database,
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
    leaving = {f"{ID}event/{event.id}" for event in gone}
    # What an event that stays names is described already.
    statements = _new_statements(fresh, background, lambda t: _named_elsewhere(database, t, leaving))
    removed = _old_statements(database, gone) | _orphans(database, background, gone, after.values())
    parts = [
        _graph_update(database, source, lines),
        _consensus_update(removed - statements, statements, gone, fresh),
    ]
    return Revision(
        source=source, lines=tuple(lines), update="".join(parts), events=tuple(sorted(e.id for e in fresh))
    )


def rebuild(background: Background, reports: Iterable[Report]) -> str:
    """The update that puts a consensus made anew from these reports in the place of the old one."""
    events = merge(reports)
    parts = [
        f"CLEAR DEFAULT ;\nDROP SILENT GRAPH {INFERRED} ;\nDROP SILENT GRAPH {RECORDS} ;\n",
        insert_data(sorted(_new_statements(events, background, lambda _: False))),
        insert_data(sorted(event_record_line(event) for event in events), RECORDS),
        insert_data([STALE], INFERRED),
    ]
    return "".join(parts)


def _dyads_of_source(database: Database, source: str) -> list[str]:
    return sorted({found.value for found in find(database, None, "dyad", None, address("source", source))})


def _reports_of_dyad(database: Database, dyad: str) -> list[Report]:
    """The reports on a group of states, without their quotes, which merging does not look at."""
    told = [found for found in having(database, "dyad", dyad) if found.graph]
    records = (first(database, found.subject, "record", found.graph) for found in told)
    return [report_from(record) for record in records if record]


def _events_of_dyad(database: Database, dyad: str) -> list[Event]:
    told = having(database, "dyad", dyad, DEFAULT)
    records = (first(database, found.subject, "record", RECORDS[1:-1]) for found in told)
    return [event_from(record) for record in records if record]


def _new_statements(
    events: Iterable[Event], background: Background, is_described: Callable[[str], bool]
) -> set[str]:
    statements: set[str] = set()
    named: set[str] = set()
    for event in events:
        statements.update(event_triples(event, background))
        named |= things(event)
    for thing in named:
        if not is_described(thing):
            statements.update(background.lines(thing))
    return statements


def _old_statements(database: Database, events: Iterable[Event]) -> set[str]:
    """Everything that the default graph says of these events and of the nodes that belong to them."""
    from pyoxigraph import DefaultGraph, NamedNode

    statements: set[str] = set()
    for event in events:
        subject = address("event", event.id)
        owned = [f.value for term in _OWNED for f in find(database, subject, term, None, DEFAULT)]
        for part in (subject, *owned):
            quads = database.quads_for_pattern(NamedNode(part), None, None, DefaultGraph())
            statements.update(f"{quad.triple} ." for quad in quads)
        for term in ("denotes", "mergedInto"):
            pointing = find(database, None, term, subject, DEFAULT)
            statements.update(line(f"<{f.subject}>", dg(term), f"<{subject}>") for f in pointing)
    return statements


def _orphans(
    database: Database, background: Background, gone: Iterable[Event], present: Iterable[Event]
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


def _named_elsewhere(database: Database, thing: str, leaving: set[str]) -> bool:
    return any(
        _owner(found.subject) not in leaving
        for term in _NAMING
        for found in find(database, None, term, thing[1:-1], DEFAULT)
    )


def _named(database: Database, leaving: set[str]) -> set[str]:
    """Everything that events other than those that leave name."""
    return {
        f"<{found.value}>"
        for term in _NAMING
        for found in find(database, None, term, None, DEFAULT)
        if _owner(found.subject) not in leaving
    }


def _owner(address: str) -> str:
    """The event that a node is or belongs to."""
    kind, _, local = address.removeprefix(ID).partition("/")
    return f"{ID}event/{local.partition('-')[0] if kind == 'participation' else local}"


def _graph_update(database: Database, source: str, lines: list[str]) -> str:
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
