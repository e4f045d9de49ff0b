"""Every term that is written is declared."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from diplograph import store
from diplograph.vocab import DG, GRAPH, ID, OA, PROV, RDF, RDFS, XSD
from made_reports import BACKGROUND, shuttle_history

STANDARD = {
    f"{RDF}type",
    f"{RDFS}label",
    f"{PROV}wasDerivedFrom",
    *(
        f"{OA}{term}"
        for term in ("hasSelector", "start", "end", "exact", "TextPositionSelector", "TextQuoteSelector")
    ),
    *(f"{XSD}{kind}" for kind in ("string", "date", "dateTime", "decimal", "integer")),
}


@pytest.fixture(scope="module")
def written():
    """Properties, classes and concepts that a store writes."""
    with store.open(background=BACKGROUND) as kept:
        for document, reports in shuttle_history():
            kept.add(document, reports)
        kept.infer()
        found = list(parse(kept.export("nq"), format=RdfFormat.N_QUADS))
    terms = {quad.predicate.value for quad in found}
    for quad in found:
        if isinstance(quad.object, NamedNode):
            terms.add(quad.object.value)
        elif isinstance(quad.object, Literal):
            terms.add(quad.object.datatype.value)
    return {term for term in terms if not term.startswith((ID, GRAPH))}


@pytest.fixture(scope="module")
def declared(root):
    """Subjects of all modules of the ontology."""
    return {
        quad.subject.value
        for path in sorted((root / "ontology").rglob("*.ttl"))
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
    }


def test_every_term_is_declared_or_a_standard(written, declared):
    """No property, class, concept or datatype is written that the ontology does not declare."""
    assert [] == sorted(written - declared - STANDARD)


def test_the_graph_uses_our_terms(written):
    """The check above looks at what it should."""
    assert {f"{DG}{t}" for t in ("Visit", "place", "status/held", "event-type/visit", "record")} <= written
