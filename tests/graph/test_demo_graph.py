"""The demo corpus as a graph: declared terms, shapes, consistency, and what HermiT adds to the rules."""

from __future__ import annotations

import os

import pyoxigraph as ox
import pytest

from diplograph.errors import MissingExtraError
from diplograph.graph import java, reasoning, validation
from diplograph.knowledge import ontology
from diplograph.vocab import DG, RDF

TYPE = RDF + "type"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, root):
    """The quads of the demo corpus, as exported."""
    import diplograph

    with diplograph.open(tmp_path_factory.mktemp("demo") / "kg") as kg:
        kg.ingest(root / "data" / "articles")
        return list(ox.parse(kg.export("nq"), format=ox.RdfFormat.N_QUADS))


def test_every_term_of_the_demo_is_declared(demo):
    """Nothing is written that the ontology does not know."""
    known = {term.iri for term in ontology.terms()}
    used = {quad.predicate.value for quad in demo}
    used |= {quad.object.value for quad in demo if quad.predicate.value == TYPE}
    assert set() == {iri for iri in used if iri.startswith(DG)} - known


def test_the_demo_conforms(demo):
    """No shape is violated by what the reader and the store make."""
    assert () == tuple(r for r in validation.validate_bulk(demo).rows if r.severity == "Violation")


def test_the_demo_is_consistent_and_adds_only_what_the_docs_explain(demo):
    """HermiT finds nothing wrong; what the rules do not derive comes from domains and ranges alone."""
    try:
        java.executable()
    except MissingExtraError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("NO JAVA: consistency of the demo is not tested on this machine")
    verdict = reasoning.check(demo)
    assert (True, ()) == (verdict.consistent, verdict.unsatisfiable)
    merged = {q.subject.value for q in demo if q.predicate.value == DG + "mergedInto"}
    owners = {q.object.value for q in demo if q.predicate.value == DG + "officeOf"}
    placed = {q.subject.value for q in demo if q.object == ox.NamedNode(DG + "Place")}
    settled = {q.subject.value for q in demo if q.graph_name == ox.DefaultGraph()}
    explained = {(iri, DG + "Location") for iri in placed - settled}
    explained |= {(iri, DG + "Event") for iri in merged} | {(iri, DG + "Agent") for iri in owners}
    assert set() == set(verdict.types) - explained
