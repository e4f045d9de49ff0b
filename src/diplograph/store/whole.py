"""Gives all that a store holds, in such a way that the rules can be run again.

Takes any store; gives its quads. What the rules gave before stands in the graph ``rules.INFERRED`` once more,
as ``rules.inferences`` wants it; an export leaves that graph out, because it says nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from diplograph.graph.rules import INFERRED

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Quad

    from diplograph.store import Store

_DERIVED: Final = f"SELECT ?s ?p ?o {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"


def quads(store: Store) -> list[Quad]:
    """Evidence and consensus of a store, and which statements of the consensus were derived.

    Raises:
        StoreError: If the store cannot be read.
    """
    from pyoxigraph import NamedNode, Quad, RdfFormat, parse

    found = list(parse(store.export("nq"), format=RdfFormat.N_QUADS))
    graph = NamedNode(INFERRED)
    for row in store.query(_DERIVED).bindings:
        subject, predicate = NamedNode(row["s"]["value"]), NamedNode(row["p"]["value"])
        found.append(Quad(subject, predicate, _term(row["o"]), graph))
    return found


def _term(cell: Mapping[str, Any]) -> NamedNode | Literal:
    from pyoxigraph import Literal, NamedNode

    if cell["type"] == "uri":
        return NamedNode(cell["value"])
    if language := cell.get("xml:lang"):
        return Literal(cell["value"], language=language)
    datatype = cell.get("datatype")
    return Literal(cell["value"], datatype=NamedNode(datatype) if datatype else None)
