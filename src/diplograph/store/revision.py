"""What changes in the graph when a source comes or goes: its own graph, and the consensus that it touches.

Takes what is stored, the source and its reports; gives one ``Change``, so that no reader ever sees half a
document. Nothing is read but what the source can touch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diplograph.consensus import Amendment, Ruling, Rulings, amend, id_from, merge
from diplograph.graph.background import Background
from diplograph.graph.ntriples import dg, line, node, text
from diplograph.graph.rdf import event_record_line, event_triples, source_triples, things
from diplograph.model import Document, Event, Report
from diplograph.store import inference, naming, turns
from diplograph.store.engine import (
    DEFAULT,
    INDEX,
    INFERRED,
    RECORDS,
    RETRACTED,
    Change,
    Engine,
    address,
    local,
)
from diplograph.store.persons import MARK, ruling_document, ruling_lines, ruling_of
from diplograph.store.shelf import Shelf, index_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of the graph.

    Attributes:
        source: The source that comes or goes.
        lines: The statements of its graph, sorted; empty if it goes.
        change: What is done to the database.
        amendment: The events that go and come.
        reports: Ids of the reports that come or go.
    """

    source: str
    lines: tuple[str, ...]
    change: Change
    amendment: Amendment
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What every revision works with: the database, what was read of it, and the gazetteer."""

    engine: Engine
    shelf: Shelf
    background: Background


def revise(
    place: Workplace, document: Document, reports: Sequence[Report], lines: Sequence[str] | None = None
) -> Revision:
    """The change that puts a document with these reports in the place of what is stored of it."""
    told = source_triples(document, reports) if lines is None else list(lines)
    return _revision(place, document.id, told, reports)


def retract(place: Workplace, source: str, *, by: str | None = None, on: date | None = None) -> Revision:
    """The change that takes a source out; it leaves a note that it was there, without what it said.

    Args:
        place: What is stored.
        source: Id of the source.
        by: Id of the source that takes its place.
        on: The day on which it was taken out.
    """
    revision = _revision(place, source, [], ())
    ended = sorted({e.id for e in revision.amendment.gone} - {e.id for e in revision.amendment.fresh})
    note = {"by": by, "on": on.isoformat() if on else None, "events": ended}
    note |= _described(place.engine, source)
    told = line(node("source", source), dg("record"), text(json.dumps(note, sort_keys=True)))
    revision.change.insert(RETRACTED, [told])
    return revision


def rule(place: Workplace, ruling: Ruling) -> Revision:
    """The change that makes a person's decision hold."""
    return _revision(place, ruling_document(ruling).id, ruling_lines(ruling), (), ruling)


def rebuild(place: Workplace, reports: Iterable[Report], rulings: Rulings) -> Change:
    """The change that puts consensus and index made anew in the place of the old ones."""
    known = list(reports)
    events = merge(known, rulings.told)
    change = Change(cleared=[DEFAULT, INFERRED, RECORDS, INDEX])
    change.insert(DEFAULT, _statements(place, events)[0])
    change.insert(RECORDS, map(event_record_line, events))
    change.insert(INDEX, index_lines(known, events))
    change.insert(INDEX, (_ruling_mark(ruling_document(ruling).id) for ruling in rulings.told))
    change.insert(INFERRED, [inference.ALL_STALE])
    return change


def _revision(
    place: Workplace, source: str, lines: list[str], reports: Sequence[Report], ruling: Ruling | None = None
) -> Revision:
    graph = address("source", source)
    there = [local(t.subject) for t in place.engine.all("record", graph) if t.subject != graph]
    old = place.shelf.reports(sorted(there))
    before, after, ruled = _rulings(place, graph, ruling)
    amendment = amend(place.shelf, added=reports, removed=[r.id for r in old], rulings=after, ruled=ruled)
    change = Change(cleared=[graph])
    change.insert(graph, lines)
    if place.engine.values([graph], "record", RETRACTED):
        change.delete(RETRACTED, place.engine.about([graph], RETRACTED))
    change.delete(INDEX, index_lines(old, amendment.gone))
    change.insert(INDEX, index_lines(reports, amendment.fresh))
    if before is not None:
        change.delete(INDEX, [_ruling_mark(source)])
    if ruling is not None:
        change.insert(INDEX, [_ruling_mark(source)])
    change_consensus(place, change, amendment)
    changed = sorted({*there, *(report.id for report in reports)})
    return Revision(
        source=source, lines=tuple(lines), change=change, amendment=amendment, reports=tuple(changed)
    )


def _rulings(place: Workplace, graph: str, ruling: Ruling | None) -> tuple[Ruling | None, Rulings, list[str]]:
    """The ruling that the source was, those that hold afterwards, and the reports on which they differ."""
    known = place.shelf.rulings()
    before = ruling_of(place.engine, graph) if known.told else None
    if before is None and ruling is None:
        return None, known, []
    after = Rulings([*(r for r in known.told if r != before), *([ruling] if ruling else [])])
    spoken = {report for one in (before, ruling) if one for report in one.reports}
    ruled = {p for report in spoken for told in (known, after) for p in told.partners(report)}
    return before, after, sorted(ruled | spoken)


def change_consensus(place: Workplace, change: Change, amendment: Amendment) -> None:
    """Add to a change what it does to the consensus when these events go and come."""
    gone, fresh = amendment.gone, amendment.fresh
    if not gone and not fresh:
        return
    leaving = {event.id for event in gone}
    present = {thing for event in fresh for thing in things(event)}
    lost = {thing for event in gone for thing in things(event)} - present
    lost = {thing for thing in lost if not naming.is_named(place.engine, thing, leaving)}
    asserted, derived = naming.forgotten(place.engine, place.background, lost, leaving, present)
    old, followed = _old_statements(place.engine, gone)
    new, described = _statements(place, fresh, leaving)
    change.delete(DEFAULT, asserted | derived | old | followed)
    change.delete(INFERRED, derived | followed)
    change.delete(RECORDS, map(event_record_line, gone))
    change.insert(DEFAULT, new)
    change.insert(RECORDS, map(event_record_line, fresh))
    stale = [address("event", event) for event in _stale(place.shelf, amendment)]
    change.insert(INFERRED, map(inference.stale_line, [*stale, *described]))


def _stale(shelf: Shelf, amendment: Amendment) -> set[str]:
    """The events for which the rules must run again."""
    around = {n for event in (*amendment.gone, *amendment.fresh) for n in turns.neighbours(shelf, event)}
    return (around - {e.id for e in amendment.gone}) | {e.id for e in amendment.fresh}


def _old_statements(engine: Engine, gone: Sequence[Event]) -> tuple[set[str], set[str]]:
    """Everything that the default graph says of these events, and what of it was derived."""
    nodes = list(inference.nodes_of(engine, [event.id for event in gone]))
    followed = {*engine.about(nodes, INFERRED), *engine.pointing(nodes, INFERRED)}
    told = set(engine.about(nodes, DEFAULT))
    for event in gone:
        told.update(_pointers(event))
    return told, followed


def _pointers(event: Event) -> list[str]:
    """How reports, and the events that they would be alone, point to an event."""
    subject = node("event", event.id)
    merged = {id_from(report) for report in event.reports} - {event.id}
    told = [line(node("report", report), dg("denotes"), subject) for report in event.reports]
    return told + [line(node("event", old), dg("mergedInto"), subject) for old in merged]


def _statements(
    place: Workplace, events: Sequence[Event], leaving: set[str] | None = None
) -> tuple[set[str], list[str]]:
    """What is asserted of events, and of the things that they name and that are not described already.

    Args:
        place: What is stored.
        events: The events.
        leaving: Ids of the events that leave; None if everything is made anew.

    Returns:
        The statements, and the addresses of the things that are described.
    """
    statements: set[str] = set()
    named: set[str] = set()
    for event in events:
        statements.update(event_triples(event, place.background))
        named |= things(event)
    if leaving is not None:
        # What an event that stays names is described already.
        named = {thing for thing in named if not naming.is_named(place.engine, thing, leaving)}
    for thing in named:
        statements.update(place.background.lines(thing))
    return statements, sorted(thing.strip("<>") for thing in named)


def _described(engine: Engine, source: str) -> dict[str, str | None]:
    """By what name and date a source that goes was known."""
    graph = address("source", source)
    told = {term: engine.values([graph], term, graph).get(graph, [None])[0] for term in ("name", "published")}
    return dict(told)


def _ruling_mark(source: str) -> str:
    return line(node("source", source), dg("filed"), MARK)
