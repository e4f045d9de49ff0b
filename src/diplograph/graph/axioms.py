"""Brings the ontology and a graph into the form that a reasoner takes.

Takes quads of any graphs; gives N-Triples without annotations, imports and datatypes that OWL does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from diplograph import resources
from diplograph.errors import InvalidGraphError
from diplograph.vocab import DCTERMS, DG, OWL, RDF, RDFS, SKOS, XSD

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

MODULES: Final = ("core", "dl", "events", "issues", "provenance", "time")
VOCABULARIES: Final = ("event-types", "polarity", "precision", "roles", "status")

TYPE: Final = RDF + "type"
_ANNOTATIONS: Final = (DCTERMS, SKOS, RDFS + "label", RDFS + "isDefinedBy", OWL + "version", OWL + "imports")
# HermiT stops at any other datatype, and strings can clash with nothing here, so they are left out as well.
_DATATYPES: Final = frozenset(XSD + name for name in ("boolean", "dateTime", "decimal", "integer"))
# Values of these say that two things are one and the same, so distinct ones must be said to differ.
_FUNCTIONAL: Final = (DG + "heldBy", DG + "ofOffice")

Graph: TypeAlias = "str | bytes | Store | Iterable[Quad]"


def quads(graph: Graph) -> Iterable[Quad]:
    """The quads of N-Quads (or N-Triples) text, of a store, or of anything that gives quads.

    Raises:
        InvalidGraphError: If the text is no N-Quads.
    """
    from pyoxigraph import RdfFormat, parse

    if not isinstance(graph, str | bytes):
        return graph
    try:
        return list(parse(graph, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise InvalidGraphError(f"the graph is no N-Quads: {error.msg}; export it anew") from error


@cache
def terms() -> bytes:
    """The modules and dl.ttl without annotations, and the concepts of the vocabularies, as N-Triples."""
    return _text(_ontology())


@cache
def object_properties() -> frozenset[str]:
    """The addresses of all object properties that the modules declare."""
    declared = f"<{OWL}ObjectProperty>"
    return frozenset(
        str(quad.subject).strip("<>")
        for quad in _all_files()
        if quad.predicate.value == TYPE and str(quad.object) == declared
    )


def assertions(graph: Graph) -> bytes:
    """What a graph says of individuals, in the terms of the ontology, as N-Triples; sorted."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    lines: set[str] = set()
    for quad in quads(graph):
        if not _is_assertion(quad):
            continue
        lines.add(f"{quad.subject} {quad.predicate} {quad.object} .")
        if quad.predicate.value in _FUNCTIONAL:
            values[str(quad.subject), quad.predicate.value].add(str(quad.object))
    lines.update(_differences(values))
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _ontology() -> Iterator[Quad]:
    for quad in _all_files():
        if not quad.predicate.value.startswith(_ANNOTATIONS):
            yield quad
    for name in VOCABULARIES:
        for quad in _file(resources.path(f"ontology/vocab/{name}.ttl")):
            if quad.predicate.value == TYPE and str(quad.object) == f"<{SKOS}Concept>":
                yield quad


def _all_files() -> Iterator[Quad]:
    for module in MODULES:
        yield from _file(resources.path(f"ontology/{module}.ttl"))


def _file(path: Path) -> Iterable[Quad]:
    from pyoxigraph import RdfFormat, parse

    # Blank nodes of two files may have the same label, so each file's get their own.
    return parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)


def _is_assertion(quad: Quad) -> bool:
    from pyoxigraph import Literal, NamedNode

    if not isinstance(quad.subject, NamedNode):
        return False
    if quad.predicate.value == TYPE:
        return str(quad.object).startswith((f"<{DG}", f"<{SKOS}Concept>"))
    if isinstance(quad.object, Literal):
        return quad.predicate.value.startswith(DG) and quad.object.datatype.value in _DATATYPES
    return isinstance(quad.object, NamedNode) and quad.predicate.value in object_properties()


def _differences(values: dict[tuple[str, str], set[str]]) -> Iterator[str]:
    """Ids are minted so that one thing has one id: two ids are two things, which OWL must be told."""
    for found in values.values():
        first, *others = sorted(found)
        for other in others:
            yield f"{first} <{OWL}differentFrom> {other} ."


def _text(found: Iterable[Quad]) -> bytes:
    return "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in found).encode()
