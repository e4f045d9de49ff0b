"""Keeps what the rules derive up to date in the default graph, and tells it from what is asserted.

Derived statements stand in the default graph, where plain queries find them, and once more in a graph of
their own, by which they are taken out again. A change marks the events for which the rules must run again;
they run on these with what is around them, so that the cost does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from diplograph.graph import rules
from diplograph.graph.background import Background
from diplograph.graph.ntriples import dg, line, text
from diplograph.graph.rdf import event_triples, things
from diplograph.model import Event
from diplograph.store import turns
from diplograph.store.engine import DEFAULT, INFERRED, Change, Engine, address, local
from diplograph.store.shelf import Shelf
from diplograph.vocab import ID

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

_TRUE: Final = text("true")
_AT_ONCE: Final = 100  # events that the rules run on together
_ANSWERS: Final = (dg("returns"), dg("returnedBy"))
_OF_EVENTS: Final = tuple(f"<{ID}{kind}/" for kind in ("event", "participation", "change", "decision"))
ALL_STALE: Final = line(f"<{INFERRED}>", dg("stale"), _TRUE)


def stale_line(event: str) -> str:
    """The mark of an event for which the rules must run again."""
    return line(f"<{address('event', event)}>", dg("stale"), _TRUE)


def infer(engine: Engine, shelf: Shelf, background: Background) -> int:
    """Run the rules where anything changed.

    Returns:
        The number of statements that came or went.
    """
    marked = sorted(engine.subjects("stale", [_TRUE], INFERRED).get(_TRUE, ()))
    if INFERRED in marked:
        return _anew(engine)
    names = [local(subject) for subject in marked]
    return sum(
        _bring_up(engine, shelf, background, names[start : start + _AT_ONCE])
        for start in range(0, len(names), _AT_ONCE)
    )


def derived_by(
    shelf: Shelf, engine: Engine, background: Background, event: Event, statement: str
) -> str | None:
    """The name of the rule that gives a statement about an event; None if it is asserted."""
    from pyoxigraph import RdfFormat, parse

    if statement not in _derived_now(engine, [event.id]):
        return None
    around = {**turns.neighbours(shelf, event), **turns.answers(shelf, event)}
    asserted = _asserted(engine, background, [event, *around.values()])
    quads = parse("\n".join(sorted(asserted)), format=RdfFormat.N_QUADS)
    for found in rules.inferences(quads):
        if f"{found.subject} {found.predicate} {found.object} ." == statement:
            return found.rule
    return None


def mentions(event: str) -> tuple[str, ...]:
    """How statements name an event and the nodes that belong to it: beginnings of terms."""
    return tuple(f"<{ID}{kind}/{event}" for kind in ("event", "participation", "change", "decision"))


def _bring_up(engine: Engine, shelf: Shelf, background: Background, names: Sequence[str]) -> int:
    """Run the rules for these events, and put what they give in the place of what they gave before."""
    events = shelf.events(names)
    asserted, now = _derive(engine, shelf, background, events)
    before = _derived_now(engine, [event.id for event in events])
    change = Change()
    change.delete(DEFAULT, before - now - asserted)
    change.delete(INFERRED, {*(before - now), *map(stale_line, names)})
    fresh = now - before
    change.insert(DEFAULT, fresh)
    change.insert(INFERRED, fresh)
    engine.change(change)
    return len(fresh) + len(before - now)


def _derive(
    engine: Engine, shelf: Shelf, background: Background, events: Sequence[Event]
) -> tuple[set[str], set[str]]:
    """What is asserted of events and of what is around them, and what follows for these events."""
    from pyoxigraph import RdfFormat, Store

    sure = {event.id: event for event in events}
    for event in events:
        sure.update(turns.neighbours(shelf, event))
    around = {name: one for event in sure.values() for name, one in turns.answers(shelf, event).items()}
    asserted = _asserted(engine, background, (sure | around).values(), described=events)
    scratch = Store()
    scratch.load("\n".join(asserted), format=RdfFormat.N_TRIPLES)
    door = rules.StoreDoor(scratch)
    monotone = [rule for rule in rules.rules() if not rule.once]
    rules.materialise(door, monotone)
    for rule in rules.rules():
        if rule.once:
            told = door.construct(rule.sparql).decode().split("\n")
            # Of a visit at the rim it is not known here what came next.
            door.add("\n".join(t for t in told if t and _answered(t) in sure).encode())
    rules.materialise(door, monotone)
    own = {event.id for event in events}
    derived = {f"{quad.triple} ." for quad in scratch} - asserted
    return asserted, {statement for statement in derived if _concerns(statement, own)}


def _answered(statement: str) -> str:
    """The id of the visit that a statement says is answered."""
    return local(statement.split(" ")[2].strip("<>"))


def _concerns(statement: str, events: set[str]) -> bool:
    """Whether a statement is about one of these events, or about no event at all."""
    owners = [_owner(term) for term in statement.split(" ", 2) if term.startswith(_OF_EVENTS)]
    return not owners or bool(events.intersection(owners))


def _owner(term: str) -> str:
    return local(term).partition(">")[0].partition("-")[0]


def _asserted(
    engine: Engine, background: Background, events: Iterable[Event], described: Sequence[Event] | None = None
) -> set[str]:
    """What is asserted of events, of what these name, and that others are part of them."""
    whole = list(events)
    lines = {statement for event in whole for statement in event_triples(event, background)}
    for event in whole if described is None else described:
        lines.update(statement for thing in things(event) for statement in background.lines(thing))
    nodes = [address("event", event.id) for event in (whole if described is None else described)]
    part = f" {dg('partOf')} "
    return lines | {statement for statement in engine.pointing(nodes, DEFAULT) if part in statement}


def _derived_now(engine: Engine, events: Sequence[str]) -> set[str]:
    """What is derived of events and of the nodes that belong to them."""
    nodes = list(nodes_of(engine, events))
    found = {*engine.about(nodes, INFERRED), *engine.pointing(nodes, INFERRED)}
    return {statement for statement in found if f" {dg('stale')} " not in statement}


def nodes_of(engine: Engine, events: Sequence[str]) -> Iterator[str]:
    """The addresses of events and of the nodes that belong to them."""
    subjects = [address("event", event) for event in events]
    yield from subjects
    for term in ("participation", "statusChange", "decision"):
        for owned in engine.values(subjects, term, DEFAULT).values():
            yield from owned


def _anew(engine: Engine) -> int:
    """Run the rules on everything."""
    derived = set(engine.lines(INFERRED)) - {ALL_STALE}
    derived = {statement for statement in derived if f" {dg('stale')} " not in statement}
    present = set(engine.lines(DEFAULT))
    asserted = present - derived
    now = _materialised(asserted) - asserted
    change = Change(cleared=[INFERRED])
    change.delete(DEFAULT, derived - now)
    change.insert(DEFAULT, now - present)
    change.insert(INFERRED, now)
    engine.change(change)
    return len(now ^ derived)


def _materialised(asserted: set[str]) -> set[str]:
    from pyoxigraph import RdfFormat, Store

    scratch: Database = Store()
    scratch.load("\n".join(asserted), format=RdfFormat.N_TRIPLES)
    rules.materialise(rules.StoreDoor(scratch))
    return {f"{quad.triple} ." for quad in scratch}
