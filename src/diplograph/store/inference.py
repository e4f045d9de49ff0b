"""Keeps what the rules derive up to date in the default graph, and tells it from what is asserted.

Derived statements stand in the default graph, where plain queries find them, and once more in a graph of
their own, by which they are taken out again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplograph.graph import rules
from diplograph.store.patterns import first
from diplograph.store.revision import INFERRED, STALE, delete_data, insert_data
from diplograph.vocab import GRAPH

if TYPE_CHECKING:
    from pyoxigraph import Store as Database


def is_stale(database: Database) -> bool:
    """Whether the consensus changed since the rules ran last."""
    graph = INFERRED[1:-1]
    return first(database, graph, "stale", graph) is not None


def infer(database: Database) -> int:
    """Run the rules if anything changed.

    Returns:
        The number of statements that are now derived.
    """
    derived = _statements(database, inferred=True) - {STALE}
    if not is_stale(database):
        return len(derived)
    present = _statements(database, inferred=False)
    asserted = present - derived
    now = _derive(asserted) - asserted
    gone = derived - now
    # What was derived may have been taken out together with an event, and be derived again.
    update = [
        delete_data(sorted(gone & present)),
        delete_data(sorted(gone | {STALE}), INFERRED),
        insert_data(sorted(now - present)),
        insert_data(sorted(now - derived), INFERRED),
    ]
    database.update("".join(update))
    return len(now)


def derived_by(database: Database, statement: str) -> str | None:
    """The name of the rule that gives a statement; None if it is asserted."""
    derived = _statements(database, inferred=True)
    if statement not in derived:
        return None
    from pyoxigraph import RdfFormat, parse

    asserted = _statements(database, inferred=False) - derived
    quads = parse("\n".join(sorted(asserted)), format=RdfFormat.N_QUADS)
    for found in rules.inferences(quads):
        if f"{found.subject} {found.predicate} {found.object} ." == statement:
            return found.rule
    return None


def _derive(asserted: set[str]) -> set[str]:
    from pyoxigraph import RdfFormat, Store

    scratch = Store()
    scratch.load("\n".join(asserted), format=RdfFormat.N_TRIPLES)
    rules.materialise(rules.StoreDoor(scratch))
    return _statements(scratch, inferred=False)


def _statements(database: Database, *, inferred: bool) -> set[str]:
    from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

    graph = NamedNode(f"{GRAPH}inferred") if inferred else DefaultGraph()
    dump = database.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
    return set(dump.decode().split("\n")) - {""}
