"""Finds the sentence behind a node: of a report, an event, a participation, or the evidence itself.

Takes a store of quads of any graphs and a node; gives the exact words of a source, if the graph has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from diplograph.vocab import DG, OA

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, NamedNode, Store

_Node: TypeAlias = "NamedNode | BlankNode"
_PARTS: Final = (DG + "participation", DG + "statusChange", DG + "decision")


def quote_of(store: Store, node: NamedNode) -> str | None:
    """The words behind a node, from whatever graph has them; None if there are none.

    The sentence that tells the event comes before other spans; ties are broken by address.

    Args:
        store: Evidence and consensus together.
        node: A report, event, span, selector, participation, status change or decision.
    """
    for owner in (node, *_subjects(store, node, *_PARTS)):
        for spans in _ways(store, owner):
            told = sorted((_rank(store, s), str(s), words) for s in spans for words in _words(store, s))
            if told:
                return told[0][2]
    return None


def _ways(store: Store, node: _Node) -> Iterator[list[_Node]]:
    """The spans of a node, the nearest first: itself, that of its selector, its own, those of its reports."""
    yield [node]
    yield _subjects(store, node, OA + "hasSelector")
    yield _objects(store, node, DG + "evidence")
    reports = _subjects(store, node, DG + "denotes")
    yield [span for report in reports for span in _objects(store, report, DG + "evidence")]


def _words(store: Store, span: _Node) -> list[str]:
    selectors = _objects(store, span, OA + "hasSelector")
    return [words for selector in selectors for words in _texts(store, selector, OA + "exact")]


def _rank(store: Store, span: _Node) -> bool:
    return "event" not in _texts(store, span, DG + "supports")


def _texts(store: Store, node: _Node, predicate: str) -> list[str]:
    from pyoxigraph import Literal, NamedNode

    quads = store.quads_for_pattern(node, NamedNode(predicate), None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, Literal)})


def _objects(store: Store, node: _Node, predicate: str) -> list[_Node]:
    from pyoxigraph import BlankNode, NamedNode

    quads = store.quads_for_pattern(node, NamedNode(predicate), None)
    return sorted({q.object for q in quads if isinstance(q.object, NamedNode | BlankNode)}, key=str)


def _subjects(store: Store, node: _Node, *predicates: str) -> list[_Node]:
    from pyoxigraph import BlankNode, NamedNode

    quads = (q for p in predicates for q in store.quads_for_pattern(None, NamedNode(p), node))
    return sorted({q.subject for q in quads if isinstance(q.subject, NamedNode | BlankNode)}, key=str)
