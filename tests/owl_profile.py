"""Says where an ontology leaves the part of OWL 2, in both profiles RL and DL, that ours keeps to.

``violations(triples)`` takes the triples of all modules; gives a sentence for each fault, sorted.
The part is smaller than RL and DL have in common: every class and property is named, and nothing is anonymous
but lists. Sources: https://www.w3.org/TR/owl2-profiles/#OWL_2_RL (tables of section 4.2) and
https://www.w3.org/TR/owl2-syntax/#Global_Restrictions_on_Axioms_in_OWL_2_DL (section 11).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from diplograph.vocab import OWL, RDF, RDFS, XSD

KINDS = frozenset({"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"})
OF_OBJECTS = frozenset({"AsymmetricProperty", "IrreflexiveProperty", "TransitiveProperty"})
CONSTRUCTS = KINDS | OF_OBJECTS | {
    "AllDisjointClasses", "FunctionalProperty", "Ontology", "imports", "inverseOf", "members",
    "propertyChainAxiom", "propertyDisjointWith", "versionIRI", "versionInfo",
}  # fmt: skip
_RDF = frozenset({"type", "first", "rest", "nil"})
_RDFS = frozenset(
    {"subClassOf", "subPropertyOf", "domain", "range", "label", "comment", "seeAlso", "isDefinedBy"}
)
DATATYPES = frozenset(XSD + name for name in ("boolean", "dateTime", "decimal", "integer", "string"))
_ALLOWED = ((OWL, CONSTRUCTS), (RDF, _RDF), (RDFS, _RDFS), (XSD, {d.removeprefix(XSD) for d in DATATYPES}))
# Of which kinds subject and object of an axiom must be; a class cannot stand for a property.
_AXIOMS = {
    RDFS + "subClassOf": ({"Class"}, {"Class"}),
    RDFS + "domain": ({"ObjectProperty", "DatatypeProperty"}, {"Class"}),
    OWL + "inverseOf": ({"ObjectProperty"}, {"ObjectProperty"}),
    OWL + "propertyChainAxiom": ({"ObjectProperty"}, set()),
}
_SAME_KIND = (RDFS + "subPropertyOf", OWL + "propertyDisjointWith")


class _Ontology:
    """The triples by predicate, and what is declared as what."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = list(triples)
        self.by: dict[str, list[tuple[object, object]]] = defaultdict(list)
        for one in self.triples:
            self.by[one.predicate.value].append((one.subject, one.object))
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for subject, kind in self.by[RDF + "type"]:
            if kind.value.startswith(OWL):
                self.kinds[subject.value].add(kind.value.removeprefix(OWL))

    def kind(self, node: object) -> set[str]:
        return self.kinds.get(getattr(node, "value", ""), set()) & KINDS

    def of(self, kind: str) -> set[str]:
        return {iri for iri, kinds in self.kinds.items() if kind in kinds}

    def chains(self) -> Iterator[tuple[str, list[str]]]:
        for subject, head in self.by[OWL + "propertyChainAxiom"]:
            yield subject.value, [one.value for one in self.members(head)]

    def members(self, head: object) -> list[ox.NamedNode]:
        first, rest = dict(self.by[RDF + "first"]), dict(self.by[RDF + "rest"])
        found = []
        while head in first:
            found.append(first[head])
            head = rest.get(head)
        return found


def violations(triples: Iterable[ox.Triple]) -> tuple[str, ...]:
    """Every fault, as a sentence that names the terms at fault; empty if it keeps to the profile."""
    known = _Ontology(triples)
    checks = (_vocabulary, _anonymous, _declared, _axioms, _ranges, _lists, _simple, _regular)
    return tuple(sorted({fault for check in checks for fault in check(known)}))


def _vocabulary(known: _Ontology) -> Iterator[str]:
    for one in known.triples:
        if isinstance(one.subject, ox.NamedNode) and one.subject.value.startswith((OWL, RDF, RDFS, XSD)):
            yield f"something is said of the reserved term {one.subject.value}"
        for term in (one.predicate, one.object):
            if isinstance(term, ox.Literal):
                term = term.datatype  # noqa: PLW2901  # of a literal its datatype counts
                if term.value in (RDF + "langString", XSD + "anyURI"):
                    continue
            for space, allowed in _ALLOWED:
                if isinstance(term, ox.NamedNode) and term.value.startswith(space):
                    name = term.value.removeprefix(space)
                    if name not in allowed:
                        yield f"{name} is outside the profile"


def _anonymous(known: _Ontology) -> Iterator[str]:
    lists = {subject for subject, _ in known.by[RDF + "first"]}
    for one in known.triples:
        anonymous = isinstance(one.subject, ox.BlankNode) and one.subject not in lists
        if anonymous and known.kinds.get(one.subject.value) != {"AllDisjointClasses"}:
            yield f"an anonymous subject of {one.predicate.value}"


def _declared(known: _Ontology) -> Iterator[str]:
    for iri, kinds in known.kinds.items():
        if len(kinds & KINDS) > 1:
            yield f"{iri} is of several kinds: {', '.join(sorted(kinds & KINDS))}"
        if kinds & OF_OBJECTS and not kinds & {"ObjectProperty"}:
            yield f"{iri} is {min(kinds & OF_OBJECTS)} and no object property"
        if "FunctionalProperty" in kinds and not kinds & {"ObjectProperty", "DatatypeProperty"}:
            yield f"{iri} is functional and no property of objects or data"
    own = (RDF, RDFS, OWL)
    for predicate in known.by:
        if not predicate.startswith(own) and not known.kind(ox.NamedNode(predicate)):
            yield f"the property {predicate} is not declared"


def _axioms(known: _Ontology) -> Iterator[str]:
    for predicate, (subjects, objects) in _AXIOMS.items():
        for subject, value in known.by[predicate]:
            if not known.kind(subject) & subjects or (objects and not known.kind(value) & objects):
                yield f"{predicate} between {subject} and {value}, which are not of the kinds it joins"
    for predicate in _SAME_KIND:
        for subject, value in known.by[predicate]:
            if not known.kind(subject) or known.kind(subject) != known.kind(value):
                yield f"{predicate} between {subject} and {value}, which are of different kinds"


def _ranges(known: _Ontology) -> Iterator[str]:
    for subject, value in known.by[RDFS + "range"]:
        data = "DatatypeProperty" in known.kind(subject)
        fits = value.value in DATATYPES if data else "Class" in known.kind(value)
        if not known.kind(subject) - {"AnnotationProperty"} or not fits:
            yield f"{value} is no range for {subject}"


def _lists(known: _Ontology) -> Iterator[str]:
    for _, head in known.by[OWL + "members"]:
        classes = known.members(head)
        if len(classes) < 2 or any("Class" not in known.kind(one) for one in classes):
            yield "owl:members wants two declared classes or more"
    for name, chain in known.chains():
        if len(chain) < 2 or any("ObjectProperty" not in known.kind(ox.NamedNode(one)) for one in chain):
            yield f"the chain of {name} wants two declared object properties or more"


def _supers(known: _Ontology) -> set[tuple[str, str]]:
    """Pairs of a property and one above it; inverses are above each other's."""
    above = {(low.value, up.value) for low, up in known.by[RDFS + "subPropertyOf"]}
    other = {(one.value, two.value) for one, two in known.by[OWL + "inverseOf"]}
    other |= {(two, one) for one, two in other}
    turn = dict(other)
    return above | {(turn[low], turn[up]) for low, up in above if low in turn and up in turn}


def _simple(known: _Ontology) -> Iterator[str]:
    """What is chained or transitive, or above or the inverse of that, is nothing that wants a simple role."""
    composite = known.of("TransitiveProperty") | {name for name, _ in known.chains()}
    inverse = {(one.value, two.value) for one, two in known.by[OWL + "inverseOf"]}
    steps = _supers(known) | inverse | {(two, one) for one, two in inverse}
    while grown := {up for low, up in steps if low in composite} - composite:
        composite |= grown
    wanted = known.of("IrreflexiveProperty") | known.of("AsymmetricProperty") | known.of("FunctionalProperty")
    wanted |= {node.value for pair in known.by[OWL + "propertyDisjointWith"] for node in pair}
    for iri in composite & wanted:
        yield f"{iri} is not simple, and must be"


def _regular(known: _Ontology) -> Iterator[str]:
    """There must be an order in which each chain is made of properties that come before its own."""
    before: dict[str, set[str]] = defaultdict(set)
    for low, up in _supers(known):
        before[up].add(low)
    for name, chain in known.chains():
        inner = chain[1:] if chain[:1] == [name] else chain[:-1] if chain[-1:] == [name] else chain
        before[name] |= set(inner)
        if name in inner and chain != [name, name]:
            yield f"the chain of {name} holds {name} in its middle or twice"
    for name, _ in known.chains():
        seen: set[str] = set()
        steps = set(before[name])
        while steps - seen:
            seen |= steps
            steps = {low for one in steps for low in before[one]}
        if name in seen:
            yield f"the chain of {name} leads back to itself"
