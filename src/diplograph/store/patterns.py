"""Looks statements up by pattern and gives them as plain text.

Takes addresses; gives the values of what matches. Nothing we write is a blank node or a quoted triple.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from diplograph.graph.ntriples import node
from diplograph.vocab import DG

if TYPE_CHECKING:
    from pyoxigraph import Literal
    from pyoxigraph import Store as Database

DEFAULT: Final = ""


class Found(NamedTuple):
    """The values of a statement; ``graph`` is empty for the default graph."""

    subject: str
    value: str
    graph: str


def address(kind: str, local: str) -> str:
    """The address of an instance, without angle brackets."""
    return node(kind, local)[1:-1]


def find(
    database: Database,
    subject: str | None = None,
    term: str | None = None,
    value: str | None = None,
    graph: str | None = None,
) -> Iterator[Found]:
    """The statements that match; None matches everything.

    Args:
        database: Where to look.
        subject: An address.
        term: The name of a property of ours.
        value: An address.
        graph: The address of a graph, or ``DEFAULT``.
    """
    from pyoxigraph import DefaultGraph, NamedNode, Triple

    where = DefaultGraph() if graph == DEFAULT else NamedNode(graph) if graph else None
    quads = database.quads_for_pattern(
        NamedNode(subject) if subject else None,
        NamedNode(f"{DG}{term}") if term else None,
        NamedNode(value) if value else None,
        where,
    )
    for quad in quads:
        if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
            continue
        name = DEFAULT if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        yield Found(quad.subject.value, quad.object.value, name)


def having(database: Database, term: str, literal: str, graph: str | None = None) -> list[Found]:
    """The statements that give a property of ours this text."""
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    where = DefaultGraph() if graph == DEFAULT else None
    quads = database.quads_for_pattern(None, NamedNode(f"{DG}{term}"), Literal(literal), where)
    return [
        Found(getattr(quad.subject, "value", ""), literal, getattr(quad.graph_name, "value", DEFAULT))
        for quad in quads
    ]


def first(database: Database, subject: str, term: str, graph: str) -> str | None:
    """The value of a property; None if there is none."""
    return next((found.value for found in find(database, subject, term, None, graph)), None)


def column(database: Database, query: str, name: str, **bound: Literal) -> list[str]:
    """One column of the answer of a SELECT, as text."""
    from pyoxigraph import QuerySolutions, Variable

    rows = database.query(query, substitutions={Variable(n): term for n, term in bound.items()})
    assert isinstance(rows, QuerySolutions), "only a SELECT has columns"
    return [getattr(row[name], "value", "") for row in rows]
