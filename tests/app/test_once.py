"""One query in a process of its own, as the command line asks it."""

from __future__ import annotations

from datetime import date

import pytest

from diplograph.app.once import Question
from diplograph.errors import QueryError, QueryLimitError, StoreError

VISITS = "SELECT ?e { ?e a dg:Visit } ORDER BY ?e"
BUILT = "CONSTRUCT { ?e dg:host ?h } WHERE { ?e dg:host ?h }"


def test_rows(small_graph):
    """Rows come as they would from the open store."""
    from diplograph import store

    with store.open(small_graph, read_only=True) as graph:
        assert graph.query(VISITS) == Question(folder=small_graph, query=VISITS).answer()


@pytest.mark.parametrize(
    ("text", "truth"), [("ASK { ?e a dg:Visit }", "true"), ("ASK { FILTER(false) }", "false")]
)
def test_yes_or_no(small_graph, text, truth):
    """Yes or no is a row of one column."""
    assert truth == Question(folder=small_graph, query=text).answer().bindings[0]["answer"]["value"]


def test_triples(small_graph):
    """Triples come as rows, or as Turtle with the prefixes that they use."""
    asked = Question(folder=small_graph, query=BUILT)

    assert ("subject", "predicate", "object") == asked.answer().variables
    assert "@prefix dg:" in asked.turtle()
    assert len(asked.answer()) == asked.turtle().count("dg:host")


def test_rows_are_no_turtle(small_graph):
    """Only triples have a Turtle form."""
    with pytest.raises(QueryError, match="only CONSTRUCT and DESCRIBE"):
        Question(folder=small_graph, query=VISITS).turtle()


def test_a_day_that_is_past(small_graph):
    """Before the first source nothing was known; after the last, all that is."""
    now = Question(folder=small_graph, query=VISITS).answer()

    assert 0 == len(Question(folder=small_graph, query=VISITS, as_of=date(1990, 1, 1)).answer())
    assert len(now) == len(Question(folder=small_graph, query=VISITS, as_of=date(2190, 1, 1)).answer()) > 0


def test_limits(small_graph):
    """Time and rows are limited, and what strikes is told."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > STR(?f)) }"

    with pytest.raises(QueryLimitError, match="longer than 1 s"):
        Question(folder=small_graph, query=endless, timeout=1).answer()
    with pytest.raises(QueryLimitError, match="more than 2 rows"):
        Question(folder=small_graph, query="SELECT * { ?s ?p ?o }", limit=2).answer()


def test_what_is_wrong_is_told(small_graph, tmp_path):
    """A fault of the query, of the guard, and of the folder each have their own error."""
    with pytest.raises(QueryError, match="cannot be answered"):
        Question(folder=small_graph, query="SELECT ?x { ?x").answer()
    with pytest.raises(QueryError, match="SERVICE"):
        Question(folder=small_graph, query="SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }").answer()
    with pytest.raises(StoreError, match="there is no store"):
        Question(folder=tmp_path / "nothing", query=VISITS).answer()


def test_no_process_is_left(small_graph):
    """When the answer is there, its process is gone."""
    from pathlib import Path

    def children():
        return {p for p in Path("/proc/self/task").glob("*/children") for p in p.read_text().split()}

    before = children()
    Question(folder=small_graph, query=VISITS).answer()

    assert before == children()


def test_a_store_behind_a_server(client, small_graph):
    """The graph may be that of a server."""
    where = f"{client.address}/sparql"

    assert (
        Question(folder=small_graph, query=VISITS).answer() == Question(folder=where, query=VISITS).answer()
    )
    assert "dg:host" in Question(folder=where, query=BUILT).turtle()
    with pytest.raises(QueryLimitError):
        Question(folder=where, query="SELECT * { ?s ?p ?o } LIMIT 9", limit=3).answer()
