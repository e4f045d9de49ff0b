"""Reports and events as RDF text, and back.

``source_quads`` gives the named graph of a document; ``event_triples`` the statements of an event in the
default graph; ``things`` what an event names, which ``background`` describes. Records bring all of it back.
"""

from __future__ import annotations

from collections.abc import Iterable

from diplograph.consensus import id_from
from diplograph.graph.background import Background
from diplograph.graph.facts import (
    CLASSES,
    fact_lines,
    issue_node,
    occasion_node,
    person_node,
    place_node,
)
from diplograph.graph.ntriples import LABEL, TYPE, decimal, dg, in_graph, label, line, node, text, typed
from diplograph.graph.provenance import report_lines, source_lines
from diplograph.graph.records import event_record
from diplograph.model import Decision, Document, Event, EventType, Facts, Report, StatusStep
from diplograph.vocab import GRAPH

RECORDS = f"<{GRAPH}records>"


def source_graph(document: str) -> str:
    """The name of a source's graph."""
    return node("source", document)


def source_triples(document: Document, reports: Iterable[Report]) -> list[str]:
    """The statements of a source's graph, sorted."""
    lines = set(source_lines(document))
    for report in reports:
        lines.update(report_lines(report, document.text))
    return sorted(lines)


def source_quads(document: Document, reports: Iterable[Report]) -> str:
    """The named graph of a source as N-Quads text."""
    quads = in_graph(source_triples(document, reports), source_graph(document.id))
    return "".join(f"{quad}\n" for quad in quads)


def event_triples(event: Event, background: Background) -> list[str]:
    """The statements about an event and the nodes that belong to it, sorted.

    Each report but the first would be an event of its own if it stood alone; the id that this event would
    have, and may have had once, is kept as merged into this one.
    """
    subject = node("event", event.id)
    kind = CLASSES[event.facts.type]
    lines = [
        line(subject, TYPE, dg("Event")),
        line(subject, TYPE, dg(kind)),
        line(subject, LABEL, label(event_label(event, background))),
        line(subject, dg("confidence"), decimal(event.confidence)),
        *(line(node("report", report), dg("denotes"), subject) for report in event.reports),
        *fact_lines(subject, event.id, event.facts, background.tenure_of),
    ]
    if event.part_of:
        lines.append(line(subject, dg("partOf"), node("event", event.part_of)))
    for number, step in enumerate(event.history, 1):
        lines += _step_lines(subject, f"{event.id}-{number}", step)
    for decision in event.decisions:
        lines += _decision_lines(subject, f"{event.id}-{decision.field}", decision)
    merged = {id_from(report) for report in event.reports} - {event.id}
    lines += [line(node("event", old), dg("mergedInto"), subject) for old in merged]
    return sorted(set(lines))


def event_record_line(event: Event) -> str:
    """The event's record, for the graph of records."""
    return line(node("event", event.id), dg("record"), text(event_record(event)))


def things(event: Event) -> set[str]:
    """The addresses of everything that an event names."""
    facts = event.facts
    named = {node("state", state) for state in (*facts.states, *facts.guests)}
    named |= {node("state", s) for s in (facts.host, facts.place.state if facts.place else None) if s}
    named |= {node("state", p.state) for p in facts.participants if p.state}
    named |= {person_node(p) for p in facts.participants}
    named |= {issue_node(t) for t in facts.issues}
    if facts.place:
        named.add(place_node(facts.place))
    if facts.occasion:
        named.add(occasion_node(facts.occasion))
    return named


def event_label(event: Event, background: Background) -> str:
    """A line for people: ``Visit of Lee Jae Myung (KOR) to Japan, 2026-01-13/2026-01-14 (planned)``."""
    facts = event.facts
    told = _headline(facts, background)
    return ", ".join(filter(None, (told, facts.when.edtf))) + f" ({facts.status})"


def _headline(facts: Facts, background: Background) -> str:
    kind = (facts.subtype or facts.type).replace("-", " ").capitalize()
    people = [f"{p.name} ({p.state})" if p.state else p.name for p in facts.participants]
    states = [background.state_name(state) for state in facts.states]
    if facts.type is EventType.VISIT:
        guests = [p for p in people if not p.endswith(f"({facts.host})")] or states[:1]
        host = background.state_name(facts.host or facts.states[-1]) if facts.states else "?"
        return f"{kind} of {_and(guests)} to {host}"
    if facts.type in (EventType.MEETING, EventType.CALL):
        where = f" in {facts.place.name}" if facts.place else ""
        return f"{kind} of {_and(people if len(people) > 1 else states)}{where}"
    if facts.type is EventType.TENSION:
        return f"{kind}: {' against '.join(states[:2])}"
    return f"{kind}: {_and(states)}"


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _step_lines(subject: str, name: str, step: StatusStep) -> list[str]:
    change = node("change", name)
    lines = [
        line(subject, dg("statusChange"), change),
        line(change, TYPE, dg("StatusChange")),
        line(change, dg("status"), dg(f"status/{step.status}")),
        line(change, dg("supportedBy"), node("report", step.report)),
    ]
    if step.published:
        lines.append(line(change, dg("published"), typed(step.published.isoformat(), "date")))
    return lines


def _decision_lines(subject: str, name: str, decision: Decision) -> list[str]:
    made = node("decision", name)
    return [
        line(subject, dg("decision"), made),
        line(made, TYPE, dg("Decision")),
        line(made, dg("decidedField"), text(decision.field)),
        line(made, dg("decidedBy"), text(decision.rule)),
        *(line(made, dg("supportedBy"), node("report", report)) for report in decision.supporting),
        *(line(made, dg("contradictedBy"), node("report", report)) for report in decision.contradicting),
    ]
