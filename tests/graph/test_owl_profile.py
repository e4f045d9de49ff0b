"""The check of the profile: the ontology passes it, and each forbidden construct is found when it is sown."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

import owl_profile
from diplograph.knowledge import ontology
from diplograph.vocab import DG, OWL, RDF, RDFS, XSD

HERE = Path(__file__).resolve().parent.parent
PREFIXES = f"@prefix dg: <{DG}> . @prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> . "
# Every term of OWL 2's mapping to RDF: https://www.w3.org/TR/owl2-rdf-based-semantics/#tab-vocab-owl
VOCABULARY = (
    "AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty "
    "AsymmetricProperty Axiom Class DataRange DatatypeProperty DeprecatedClass DeprecatedProperty "
    "FunctionalProperty InverseFunctionalProperty IrreflexiveProperty NamedIndividual "
    "NegativePropertyAssertion Nothing ObjectProperty Ontology OntologyProperty ReflexiveProperty "
    "Restriction SymmetricProperty Thing TransitiveProperty allValuesFrom annotatedProperty "
    "annotatedSource annotatedTarget assertionProperty backwardCompatibleWith bottomDataProperty "
    "bottomObjectProperty cardinality complementOf datatypeComplementOf deprecated differentFrom "
    "disjointUnionOf disjointWith distinctMembers equivalentClass equivalentProperty hasKey hasSelf "
    "hasValue imports incompatibleWith intersectionOf inverseOf maxCardinality maxQualifiedCardinality "
    "members minCardinality minQualifiedCardinality onClass onDataRange onDatatype onProperties "
    "onProperty oneOf priorVersion propertyChainAxiom propertyDisjointWith qualifiedCardinality rational "
    "real sameAs someValuesFrom sourceIndividual targetIndividual targetValue topDataProperty "
    "topObjectProperty unionOf versionIRI versionInfo withRestrictions"
).split()


def triples(text):
    prefixes = f"{PREFIXES}@prefix xsd: <{XSD}> . "
    return list(ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


def modules(root):
    return [
        triple
        for name in ontology.MODULES
        for triple in ox.parse(
            path=root / "ontology" / f"{name}.ttl", format=ox.RdfFormat.TURTLE, rename_blank_nodes=True
        )
    ]


def faults():
    with (HERE / "tables" / "profile_faults.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_modules_are_in_rl_and_dl(root):
    """All modules together keep to the profile."""
    assert () == owl_profile.violations(modules(root))


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault["name"])
def test_a_sown_fault_is_found(root, fault):
    """Each construct that is forbidden is found, and the sentence says what it is."""
    told = owl_profile.violations([*modules(root), *triples(fault["turtle"])])
    assert [] != [sentence for sentence in told if fault["told"] in sentence]


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_term_of_owl_is_let_through_or_refused(name):
    """Used as a class and as a property, a term of OWL is refused unless it is listed."""
    used = triples(f"dg:a a owl:{name} . dg:a owl:{name} dg:b .")
    refused = f"{name} is outside the profile" in owl_profile.violations(used)
    assert refused == (name not in owl_profile.CONSTRUCTS)


def test_the_list_holds_only_terms_of_owl():
    """Nothing is let through that OWL does not have."""
    assert set() == owl_profile.CONSTRUCTS - set(VOCABULARY)
