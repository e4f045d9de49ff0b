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
    from pyoxigraph import Quad
    from pyoxigraph import Store as Database

_TRUE: Final = text("true")
_AT_ONCE: Final = 100  # events that the rules run on together
_EVENT: Final = f"{ID}event/"
_STATE: Final = f"<{ID}state/"
_OF_EVENTS: Final = tuple(f"<{ID}{kind}/" for kind in ("event", "participation", "change", "decision"))
ALL_STALE: Final = line(f"<{INFERRED}>", dg("stale"), _TRUE)


def stale_line(thing: str) -> str:
    """The mark of an event or thing (its address) for which the rules must run again."""
    return line(f"<{thing}>", dg("stale"), _TRUE)


def infer(engine: Engine, shelf: Shelf, background: Background) -> int:
    """Run the rules where anything changed.

    Returns:
        The number of statements that came or went.
    """
    marked = sorted(engine.subjects("stale", [_TRUE], INFERRED).get(_TRUE, ()))
    if INFERRED in marked:
        return _anew(engine)
    return sum(
        _bring_up(engine, shelf, background, marked[start : start + _AT_ONCE])
        for start in range(0, len(marked), _AT_ONCE)
    )


def derived_by(
    shelf: Shelf, engine: Engine, background: Background, event: Event, statement: str
) -> str | None:
    """The name of the rule that gives a statement about an event; None if it is asserted."""
    from pyoxigraph import RdfFormat, parse

    if statement not in _derived_now(engine, [event.id]):
        return None
    around = {**turns.neighbours(shelf, event), **turns.answers(shelf, event)}
    asserted = _asserted(engine, background, [event, *around.values()], [event])
    quads = parse("\n".join(sorted(asserted)), format=RdfFormat.N_QUADS)
    for found in rules.inferences(quads):
        if f"{found.subject} {found.predicate} {found.object} ." == statement:
            return found.rule
    return None


def _bring_up(engine: Engine, shelf: Shelf, background: Background, marked: Sequence[str]) -> int:
    """Run the rules for these events and things, and put what they give in the place of what they gave."""
    kept = [local(subject) for subject in marked if subject.startswith(_EVENT)]
    fresh = {line for s in marked if not s.startswith(_EVENT) for line in background.lines(f"<{s}>")}
    events = shelf.events(kept)
    asserted, now = _derive(engine, shelf, background, events, fresh)
    before = _derived_now(engine, [event.id for event in events])
    change = Change()
    change.delete(DEFAULT, before - now - asserted)
    change.delete(INFERRED, {*(before - now), *map(stale_line, marked)})
    change.insert(DEFAULT, now - before)
    change.insert(INFERRED, now - before)
    engine.change(change)
    return len(now ^ before)


def _derive(
    engine: Engine, shelf: Shelf, background: Background, events: Sequence[Event], described: set[str]
) -> tuple[set[str], set[str]]:
    """What is asserted of events and of what is around them, and what follows for these events."""
    sure = {event.id: event for event in events}
    for event in events:
        sure.update(turns.neighbours(shelf, event))
    around = {name: one for event in sure.values() for name, one in turns.answers(shelf, event).items()}
    known = {event.id for event in events}
    legs = [one for name, one in (sure | around).items() if name not in known]
    asserted = described | _asserted(engine, background, events, events)
    asserted.update(statement for one in legs for statement in turns.leg_lines(one))
    scratch = _Scratch(asserted)
    monotone = [rule for rule in rules.rules() if not rule.once]
    scratch.exhaust(monotone)
    # Of a visit at the rim it is not known here what came next.
    told = [quad for r in rules.rules() if r.once for quad in scratch.told(r) if _answered(quad) in sure]
    if scratch.add(told):
        scratch.exhaust(monotone)
    return asserted, {statement for statement in scratch.derived() if _concerns(statement, known)}


class _Scratch:
    """A small graph in memory on which rules are run."""

    def __init__(self, asserted: set[str]) -> None:
        from pyoxigraph import RdfFormat, Store

        self._store = Store()
        self._store.load("\n".join(asserted), format=RdfFormat.N_TRIPLES)
        self._added: set[Quad] = set()

    def exhaust(self, which: Sequence[rules.Rule]) -> None:
        """Run rules until they give nothing new."""
        for _ in range(rules.MOST_ROUNDS):
            if not sum(self.add(self.told(rule)) for rule in which):
                return

    def told(self, rule: rules.Rule) -> list[Quad]:
        """What a rule gives that is not there."""
        from pyoxigraph import Quad, QueryTriples

        answer = self._store.query(rule.sparql)
        assert isinstance(answer, QueryTriples), "a rule is a CONSTRUCT query"
        quads = {Quad(t.subject, t.predicate, t.object) for t in answer}
        return [quad for quad in quads if quad not in self._store]

    def add(self, quads: Sequence[Quad]) -> int:
        """Put in what rules gave; gives how many."""
        self._store.extend(quads)
        self._added.update(quads)
        return len(quads)

    def derived(self) -> Iterator[str]:
        """All that rules gave."""
        return (f"{quad.triple} ." for quad in self._added)


def _answered(quad: Quad) -> str:
    """The id of the visit that a statement says is answered."""
    return local(str(quad.object).strip("<>"))


def _concerns(statement: str, events: set[str]) -> bool:
    """Whether a statement is about one of these events, or about no event at all."""
    owners = [_owner(term) for term in statement.split(" ", 2) if term.startswith(_OF_EVENTS)]
    return not owners or bool(events.intersection(owners))


def _owner(term: str) -> str:
    return local(term).partition(">")[0].partition("-")[0]


def _asserted(
    engine: Engine, background: Background, around: Iterable[Event], events: Sequence[Event]
) -> set[str]:
    """What is asserted of these events and others around them, of what they name, and of their parts."""
    lines = {statement for event in around for statement in event_triples(event, background)}
    for thing in {thing for event in events for thing in things(event)}:
        told = background.lines(thing)
        # Of a state only what is said of itself: its many tenures come with the persons that hold them.
        lines.update(t for t in told if not thing.startswith(_STATE) or t.startswith(thing))
    nodes = [address("event", event.id) for event in events]
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
