"""Writes networkx graphs as files that Gephi and Pajek open: GraphML, GEXF and Pajek's ``.net``.

Takes a graph of ``network`` and a form; gives text, the same for the same graph. Pajek knows one label for
each vertex and no attributes of text on edges, so of these only the weight (how many events an arc stands
for) is written; GEXF (version 1.2, valid by its schema) is written without networkx's stamp of the day, which
would differ from day to day, and has what an event is under ``kind``, since ``type`` is taken.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.errors import SourceError

if TYPE_CHECKING:
    import networkx as nx


class Form(StrEnum):
    """A form of file."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    PAJEK = "pajek"


ENDINGS = {".graphml": Form.GRAPHML, ".gexf": Form.GEXF, ".net": Form.PAJEK}


def form_of(path: Path) -> Form:
    """The form that a path's ending names.

    Raises:
        SourceError: If it names none.
    """
    if path.suffix not in ENDINGS:
        raise SourceError(f"{path.name!r} does not end in {', '.join(ENDINGS)}; name the file after its form")
    return ENDINGS[path.suffix]


def text(graph: nx.Graph, form: Form) -> str:
    """The graph as text in a form."""
    import networkx as nx

    if form is Form.PAJEK:
        return pajek(graph)
    if form is Form.GRAPHML:
        return "\n".join(nx.generate_graphml(graph)) + "\n"
    lines = "\n".join(nx.generate_gexf(_for_gexf(graph))) + "\n"
    return re.sub(r'(<graph [^>]*?) name=""', r"\1", re.sub(r' lastmodifieddate="[^"]*"', "", lines), count=1)


def _for_gexf(graph: nx.Graph) -> nx.Graph:
    """The graph as its form wants it.

    ``type`` of an edge says there whether it is directed, so what an event is goes under ``kind``; ``start``
    and ``end`` are its time on Gephi's timeline, so an event without a date has none; a graph has no name.
    """
    made = graph.copy()
    made.graph.clear()
    for *_, facts in made.edges(data=True):
        if "type" in facts:
            facts["kind"] = facts.pop("type")
        for bound in ("start", "end"):
            if not facts.get(bound, "untold"):
                del facts[bound]
    return made


def pajek(graph: nx.Graph) -> str:
    """The graph in Pajek's form: vertices with quoted labels, arcs (or edges) with weights, both sorted."""
    nodes = sorted(graph, key=str)
    number = {node: place for place, node in enumerate(nodes, start=1)}
    weight: dict[tuple[int, int], float] = {}
    for a, b, given in graph.edges(data="weight", default=1):
        way = (number[a], number[b])
        if not graph.is_directed():
            way = (min(way), max(way))
        weight[way] = weight.get(way, 0) + given
    lines = [f"*Vertices {len(nodes)}"]
    lines += [f'{number[node]} "{_label(graph, node)}"' for node in nodes]
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    lines += [f"{a} {b} {value:g}" for (a, b), value in sorted(weight.items())]
    return "\n".join(lines) + "\n"


def _label(graph: nx.Graph, node: object) -> str:
    return str(graph.nodes[node].get("label", node)).replace('"', "'")
