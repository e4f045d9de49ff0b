"""The verb that reasons: inferences with their rule, and what is at fault in a contradiction."""

from __future__ import annotations

import json
import os

import pyoxigraph as ox
import pytest

from diplograph.errors import MissingExtraError
from diplograph.graph import java, rules
from diplograph.store import whole
from diplograph.vocab import DG, ID, RDF


@pytest.fixture
def reasoner():
    """A test that needs Java says so where there is none, and fails in CI."""
    try:
        java.executable()
    except MissingExtraError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("NO JAVA: the verb reason is not tested on this machine")


def test_rules_are_listed_though_the_store_ran_them_before(diplograph, small_graph):
    """Each derived statement of a stored graph is listed once with its rule and what it is about."""
    done = diplograph("reason", "--rules", "--store", small_graph, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]

    assert 0 == done.code
    assert ("at", "dg:at", "state:KOR") in {(row["rule"], row["predicate"], row["object"]) for row in found}
    assert {row["rule"] for row in found} <= {rule.name for rule in rules.rules()}
    assert any("Kishida" in (row["label"] or "") for row in found)
    assert f"{len(found)} inferences" in done.err


def test_what_is_listed_is_what_the_store_derived(diplograph, small_graph):
    """The verb lists as many statements as the store keeps as derived."""
    done = diplograph("reason", "--rules", "--store", small_graph, "--format", "json")
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{rules.INFERRED}> {{ ?s ?p ?o }} }}"
    kept = diplograph("query", count, "--store", small_graph, "--format", "json")

    assert json.loads(kept.out)[0]["n"] == len(json.loads(done.out)) > 0


def test_one_rule_alone(diplograph, small_graph):
    """--rule leaves out the inferences of all others."""
    done = diplograph("reason", "--rules", "--rule", "at", "--store", small_graph, "--format", "json")

    assert {("at", "dg:at")} == {(row["rule"], row["predicate"]) for row in json.loads(done.out)}


@pytest.mark.parametrize(
    ("words", "message"),
    [(["--rule", "guess"], "no rule is called 'guess'"), (["--rules", "--check"], "exclude")],
)
def test_wrong_words_are_refused(diplograph, small_graph, words, message):
    """An unknown rule, or two wishes that exclude each other, are usage errors."""
    done = diplograph("reason", *words, "--store", small_graph)

    assert 2 == done.code
    assert message in " ".join(done.err.split())


@pytest.fixture
def visit_alone(monkeypatch):
    """The reasoner gets what the graph tells of events, without the background, so that it is quick."""
    stored = whole.quads

    def told(store):
        kept = ("event", "report", "evidence", "selector", "source")
        return [q for q in stored(store) if str(q.subject).removeprefix(f"<{ID}").partition("/")[0] in kept]

    monkeypatch.setattr(whole, "quads", told)
    return told


@pytest.mark.usefixtures("reasoner", "visit_alone")
def test_a_sound_graph_is_consistent(diplograph, small_graph):
    """Rules are listed on stdout, and the reasoner's verdict is told on stderr."""
    done = diplograph("reason", "--store", small_graph)

    assert (0, True) == (done.code, "\nconsistent" in done.err)
    assert "dg:at" in done.out


@pytest.mark.usefixtures("reasoner")
def test_a_contradiction_is_told_with_facts_and_sentence(diplograph, small_graph, visit_alone, monkeypatch):
    """A visit that is a meeting: both facts, the sentence that told the visit, and exit code 4."""

    def spoiled(store):
        found = visit_alone(store)
        kind, visit = ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DG}Visit")
        events = sorted((q.subject for q in found if (q.predicate, q.object) == (kind, visit)), key=str)
        return [*found, ox.Quad(events[0], kind, ox.NamedNode(f"{DG}Meeting"))]

    monkeypatch.setattr(whole, "quads", spoiled)
    done = diplograph("reason", "--check", "--store", small_graph, "--format", "csv")

    assert 4 == done.code
    assert ["a dg:Meeting", "a dg:Visit"] == [line.split(" ", 1)[1].split(",")[0] for line in lines_of(done)]
    assert 2 == done.out.count("Fumio Kishida arrived in Seoul")
    assert "contradicts the ontology" in done.err


def lines_of(done):
    return [line for line in done.out.splitlines() if line.startswith("event:")]


@pytest.mark.parametrize("engine", [[], ["--pyshacl"]], ids=["sparql", "pyshacl"])
def test_validate_what_one_source_brought(diplograph, small_graph, engine):
    """One source is validated by its name, by either engine; an unknown one is a usage error."""
    named = diplograph(
        "query", "SELECT ?n { GRAPH ?g { ?g dg:name ?n } }", "--store", small_graph, "--format", "json"
    )
    name = next(row["n"] for row in json.loads(named.out) if "seoul" in row["n"])
    done = diplograph("validate", "--source", name, "--store", small_graph, *engine)

    assert (0, "") == (done.code, done.out)
    assert "conforms" in done.err
    assert 2 == diplograph("validate", "--source", "nowhere.txt", "--store", small_graph).code
