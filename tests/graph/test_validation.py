"""SHACL: the sound sample conforms, each seeded fault is found, by pyshacl and by SPARQL alike."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.errors import InvalidGraphError, KnowledgeError
from diplograph.graph import shapes, validation
from diplograph.knowledge import ontology
from diplograph.vocab import DG, ID, prologue

SAMPLE = Path(__file__).parent / "sample.trig"
TABLE = Path(__file__).parent.parent / "tables" / "shape_faults.tsv"
TEXT = SAMPLE.read_text(encoding="utf-8")
ADDRESSES = {line.split()[1]: line.split()[2] for line in TEXT.splitlines() if line.startswith("@prefix")}
PREFIXES = prologue() + "".join(f"PREFIX {p} {a}\n" for p, a in ADDRESSES.items())


def faults():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [pytest.param(r["update"], r["focus"], r["path"], id=r["fault"]) for r in rows]


def store(update=""):
    made = ox.Store()
    made.load(TEXT, format=ox.RdfFormat.TRIG)
    if update:
        made.update(PREFIXES + update)
    return made


def local(address):
    sign = "^" if address.startswith("^") else ""
    return sign + address.replace("#", "/").rsplit("/", 1)[-1]


def test_the_sound_sample_conforms():
    """Neither engine finds anything in it."""
    assert ("", "") == (str(validation.validate(store())), str(validation.validate_bulk(store())))


@pytest.mark.parametrize(("update", "focus", "path"), faults())
def test_both_engines_find_the_seeded_fault_and_nothing_else_differs(update, focus, path):
    """pyshacl and SPARQL give identical rows, and the seeded node and path are among them."""
    faulty = store(update)
    by_shacl, by_sparql = validation.validate(faulty), validation.validate_bulk(faulty)
    assert by_shacl == by_sparql
    assert (ID + focus, path) in {(row.focus, local(row.path)) for row in by_shacl.rows}


def test_all_faults_at_once_are_found_alike():
    """With every update applied to one graph, both engines still agree."""
    faulty = store()
    for fault in faults():
        faulty.update(PREFIXES + fault.values[0])
    by_shacl, by_sparql = validation.validate(faulty), validation.validate_bulk(faulty)
    assert by_shacl == by_sparql
    assert not by_sparql.conforms


def test_a_row_shows_the_sentence():
    """The words behind the event at fault stand in its row and in the report's text."""
    report = validation.validate_bulk(store("DELETE DATA { event:v2 dg:host state:KOR }"))
    assert ["Kishida came to Seoul."] == [row.quote for row in report.rows]
    assert "“Kishida came to Seoul.”" in str(report)


def test_a_warning_does_not_fail():
    """A meeting of one state is told as a warning; the graph conforms."""
    report = validation.validate_bulk(store("DELETE DATA { event:m1 dg:involves state:KOR }"))
    assert (["Warning"], True) == ([row.severity for row in report.rows], report.conforms)
    report.raise_if_invalid()


def test_an_invalid_graph_can_be_refused():
    """The error carries the report."""
    report = validation.validate_bulk(store("DELETE DATA { event:v2 dg:host state:KOR }"))
    with pytest.raises(InvalidGraphError, match="1 places") as caught:
        report.raise_if_invalid()
    assert "A visit has a host." in caught.value.report


def test_quads_and_text_are_taken_too():
    """A store, its quads and their text give the same report."""
    faulty = store("DELETE DATA { event:v2 dg:host state:KOR }")
    text = "".join(f"{quad} .\n" for quad in faulty)
    expected = validation.validate_bulk(faulty)
    assert (expected, expected) == (validation.validate_bulk(list(faulty)), validation.validate_bulk(text))


def test_every_term_of_a_shape_is_declared():
    """Shapes speak of nothing that the ontology does not know."""
    known = {term.iri for term in ontology.terms()}
    used = {c.path.lstrip("^") for c in shapes.checks()} | {c.target for c in shapes.checks()}
    assert set() == {term for term in used if term.startswith(DG)} - known


def test_every_check_has_a_message():
    """No row is without words."""
    assert [] == [check for check in shapes.checks() if not check.message.endswith(".")]


def test_a_constraint_without_sparql_is_refused(tmp_path):
    """A shape that only one engine would understand is refused when the shapes are read."""
    shape = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:x:s> a sh:NodeShape ; sh:targetClass <urn:x:c> ;\n"
        "    sh:property [ sh:path <urn:x:p> ; sh:uniqueLang true ] ."
    )
    (tmp_path / "odd.ttl").write_text(shape, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="uniqueLang"):
        shapes.checks(tmp_path)


def test_what_a_source_brought_is_validated_alone():
    """The part of one source of the sample conforms, and holds its events but not those of others."""
    made = store()
    every = set(made)
    for source in {q.subject.value for q in every if q.object == ox.NamedNode(DG + "Source")}:
        part = validation.part(made, source)
        assert set(part) < every
        assert ("", "") == (str(validation.validate(part)), str(validation.validate_bulk(part)))


def test_a_fault_of_a_source_is_found_in_its_part():
    """A visit without a host is found by both engines in the part of its source, with its words."""
    made = store("DELETE WHERE { event:v1 dg:host ?host }")
    graphs = {q.graph_name for q in made if q.subject == ox.NamedNode(f"{ID}report/r1")}
    (source,) = [graph.value for graph in graphs if isinstance(graph, ox.NamedNode)]
    rows = validation.validate(validation.part(made, source)).rows
    assert rows == validation.validate_bulk(validation.part(made, source)).rows
    assert f"{ID}event/v1" in {row.focus for row in rows}
    assert all(row.quote for row in rows)
