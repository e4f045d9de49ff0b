"""The ontology and its vocabularies: profile, documentation, order, and that both libraries read them."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.errors import KnowledgeError
from diplograph.graph import axioms
from diplograph.knowledge import blocks, ontology
from diplograph.model import EventType, Polarity, Status
from diplograph.vocab import DG, OWL, RDF, SKOS

ROOT = Path(__file__).resolve().parent.parent / "ontology"
FILES = sorted(p for p in ROOT.rglob("*.ttl"))
MODULES = [ROOT / f"{name}.ttl" for name in ontology.MODULES]
IDS = [str(p.relative_to(ROOT)) for p in FILES]


def triples(path):
    return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def everything():
    return [triple for path in MODULES for triple in triples(path)]


def subjects(kind):
    return {
        t.subject.value for t in everything() if t.predicate.value == RDF + "type" and t.object.value == kind
    }


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_rdflib_reads_what_pyoxigraph_reads(path):
    """Both parsers find the same number of triples in every file."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(path, format="turtle")
    assert len(triples(path)) == len(graph)


def test_owlready2_reads_the_ontology():
    """Handed N-Triples, owlready2 knows every class and property."""
    import owlready2

    world = owlready2.World()
    world.get_ontology("https://example.org/test#").load(fileobj=io.BytesIO(axioms.terms()))
    known = {e.iri for e in (*world.classes(), *world.properties())}
    assert set() == {t.iri for t in ontology.terms() if t.kind != "annotation property"} - known


def test_only_background_is_functional():
    """Sources may disagree on all that news tells, so only gazetteer rows have functional properties."""
    assert {DG + "heldBy", DG + "ofOffice"} == subjects(OWL + "FunctionalProperty")


def test_every_term_is_documented():
    """Label, definition, example and source; ``terms`` itself refuses a block without them."""
    assert [] == [
        t.name for t in ontology.terms() if not (t.definition.endswith(".") and t.examples and t.source)
    ]


def test_labels_are_unique():
    """No two terms have the same label, and no two concepts of a scheme."""
    labels = Counter(term.label for term in ontology.terms())
    labels.update(f"event type {t.label}" for t in ontology.event_types())
    labels.update(f"issue {t.label}" for t in ontology.issues())
    assert [] == [label for label, times in labels.items() if times > 1]


def test_the_size_that_was_planned():
    """About 35 classes and 50 object properties; a sudden change is looked at."""
    kinds = Counter(term.kind for term in ontology.terms())
    assert 35 <= kinds["class"] <= 45
    assert 45 <= kinds["object property"] <= 60


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_blocks_are_sorted_and_one_per_term(path):
    """A subject has one block, and terms of one namespace stand in alphabetical order."""
    text = path.read_text(encoding="utf-8").partition("# Terms of others")[0]
    prefixes = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    found = re.findall(r"^([\w-]+:)([\w-]+) (?=\S)", text, flags=re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert found == sorted(set(found))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_no_timestamps(path):
    """No file of the ontology says when it was made; its version does."""
    text = path.read_text(encoding="utf-8")
    assert None is re.search(
        r"dcterms:(created|modified|issued|date)\b(?! ,| ;| \.)", text.replace("closeMatch", "")
    )
    assert "prov:generatedAtTime" not in text


@pytest.mark.parametrize("name", [*ontology.MODULES, "align", "dl"])
def test_each_module_has_a_version(name):
    """Ontology address and version address."""
    found = blocks.read(ROOT / f"{name}.ttl")
    head = next(b for b in found if OWL + "Ontology" in b.all(blocks.TYPE))
    assert f"{DG}{name}/{head.one(OWL + 'versionInfo')}" == head.one(OWL + "versionIRI")


def test_alignments_are_imported_by_nobody_and_stand_alone():
    """Only align.ttl speaks of the vocabularies of others, and nobody imports it."""
    imports = {
        t.object.value for path in FILES for t in triples(path) if t.predicate.value == OWL + "imports"
    }
    assert DG + "align" not in imports
    assert set() == {iri for iri in imports if not iri.startswith(DG)}
    others = (
        "semanticweb.cs.vu.nl",
        "schema.org",
        "w3.org/ns/org",
        "foaf",
        "wikidata",
        "geosparql",
        "2006/time",
    )
    text = "".join(path.read_text(encoding="utf-8") for path in MODULES)
    assert [] == [
        other for other in others if f"{other}" in text.lower() and f"<http://{other}" in text.lower()
    ]


def test_alignments_speak_of_declared_terms():
    """Every dg: term that is aligned is declared; event types are concepts of the scheme."""
    known = {t.iri for t in ontology.terms()} | {f"{DG}event-type/{t.id}" for t in ontology.event_types()}
    aligned = {t.subject.value for t in triples(ROOT / "align.ttl") if t.subject.value.startswith(DG)}
    assert {DG + "align"} == aligned - known


def test_schemes_are_the_enumerations_of_the_model():
    """Statuses, polarities and kinds of event are the same in the vocabulary and in the code."""

    def slugs(name):
        return {b.slug for b in blocks.of_type(blocks.read(ROOT / f"vocab/{name}.ttl"), SKOS + "Concept")}

    assert set(Status) == slugs("status")
    assert set(Polarity) == slugs("polarity")
    assert set(EventType) == {t.id for t in ontology.event_types() if t.broader is None}


def test_roles_of_tenures_are_concepts(root):
    """Every role in data/tenures.csv is in the scheme of roles."""
    import csv

    with (root / "data/tenures.csv").open(encoding="utf-8", newline="") as file:
        used = {row["role"] for row in csv.DictReader(file) if row["role"]}
    concepts = blocks.of_type(blocks.read(ROOT / "vocab/roles.ttl"), SKOS + "Concept")
    assert set() == used - {block.slug for block in concepts}


def test_the_seven_kinds_have_subtypes_examples_and_codes():
    """Each event type has two example sentences and the codes of both codebooks."""
    found = ontology.event_types()
    assert [] == [t.id for t in found if len(t.examples) < 2 or not t.plover or not t.cameo]
    assert set(EventType) == {t.type for t in found if t.broader is not None} | {EventType.CALL}


def test_codes_of_an_event_type_agree():
    """The PLOVER type of an event type is that of its CAMEO code; PLOVER has none for mere statements."""
    book = {
        name: {b.slug: b for b in blocks.of_type(blocks.read(ROOT / f"vocab/{name}.ttl"), SKOS + "Concept")}
        for name in ("cameo", "plover")
    }
    known = {b.one(SKOS + "notation"): slug for slug, b in book["plover"].items() if b.all(SKOS + "notation")}
    for term in ontology.event_types():
        assert set(term.plover) <= set(known), term.id
        for code in term.cameo:
            (match,) = book["cameo"][code].all(SKOS + "closeMatch")
            told = match.rpartition("/")[2].partition("-")[0]
            assert told in ("STATEMENT", *(plover.partition("/")[0] for plover in term.plover)), term.id


def test_issues_are_many_and_neutral():
    """At least 150 issues; disputes name their parties; no slug is just one party's name for it."""
    found = ontology.issues()
    assert len(found) >= 150
    assert [] == [
        i.id for i in found if "territorial" in i.kind and not i.parties and i.id not in OPEN_TO_ALL
    ]
    assert {"dokdo", "takeshima", "senkaku", "diaoyu", "malvinas"} & {i.id for i in found} == set()


OPEN_TO_ALL = {"antarctica", "territorial-disputes"}


def test_a_name_leads_to_one_issue():
    """A reader that finds a name knows which issue is meant."""
    names = Counter(n for i in ontology.issues() for n in {n.casefold() for n in (i.label, *i.names)})
    assert [] == [name for name, times in names.items() if times > 1]


PLAIN = (
    "arms beef drones embargo exchanges exhumations hostages loan lobster pipeline rice security "
    "settlements shipbuilding society space whitelist"
).split()


def test_plain_words_are_no_issues():
    """A common word alone leads to no issue; people's names lead to none either."""
    names = {n.casefold() for i in ontology.issues() for n in (i.label, *i.names)}
    assert set() == names & {*PLAIN, "thaksin", "dayton", "2008 war", "2015 agreement", "three islands"}


def test_parties_are_states_of_the_gazetteer(root):
    """Every party of an issue is a row of data/states.csv."""
    import csv

    with (root / "data/states.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    assert set() == {party for issue in ontology.issues() for party in issue.parties} - known


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("@prefix a: <http://x/> .\na:b a:c ;; a:d [ .\n", 2, "no Turtle"),
        ("<http://x/issue/a> <http://x/p> 1 .\n", 1, "no skos:Concept"),
        (f"\n<http://x/issue/a> a <{SKOS}Concept> .\n", 2, "a has no"),
        (f'<http://x/issue/a> a <{SKOS}Concept> ; <{SKOS}prefLabel> "a" , "b" .\n', 1, "2 values"),
    ],
    ids=["syntax", "nothing", "no label", "two labels"],
)
def test_a_malformed_block_is_refused_with_file_and_line(tmp_path, text, line, message):
    """Nothing is half-loaded: the first bad block ends in an error that says where it stands."""
    path = tmp_path / "odd.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        ontology.issues(path=path)
    assert (str(path), line) == (caught.value.file, caught.value.line)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ('dg:startDate "long ago"', "long ago"),
        ("dg:party <http://x/Japan>", "three capital letters"),
        ("skos:broader <http://x/issue/none>", "not in this file"),
    ],
)
def test_an_issue_with_a_wrong_value_is_refused(tmp_path, extra, message):
    """Dates, parties and broader issues are checked when the vocabulary is read."""
    path = tmp_path / "odd.ttl"
    head = f"@prefix dg: <{DG}> .\n@prefix skos: <{SKOS}> .\n"
    block = 'a skos:Concept ; skos:prefLabel "a" ; skos:definition "A." ; dg:issueKind "agenda"'
    path.write_text(f"{head}<http://x/issue/a> {block} ; {extra} .\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        ontology.issues(path=path)
    assert 3 == caught.value.line


def test_a_byte_that_is_no_utf8_is_refused(tmp_path):
    """An encoding error names its line too."""
    path = tmp_path / "odd.ttl"
    path.write_bytes(b"# fine\n# \xff\n")
    with pytest.raises(KnowledgeError, match=r"odd\.ttl:2: a byte"):
        ontology.issues(path=path)


def test_an_event_type_under_no_kind_is_refused(tmp_path):
    """Each event type leads up to one of the seven kinds."""
    path = tmp_path / "odd.ttl"
    concept = f'a <{SKOS}Concept> ; <{SKOS}prefLabel> "a" ; <{SKOS}definition> "A."'
    path.write_text(f"<{DG}event-type/parade> {concept} .\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="parade is under no kind"):
        ontology.event_types(path=path)
