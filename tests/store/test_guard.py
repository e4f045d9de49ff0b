"""Which SPARQL is let through."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.errors import QueryError, QueryLimitError
from diplograph.store.guard import DEEPEST, LONGEST, guarded


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o }",
        "PREFIX service: <http://service/> SELECT ?service { ?s service:load ?service }",
        'SELECT * { ?s ?p "SERVICE <http://x/> { DROP ALL }" }',
        "# INSERT and SERVICE are but words here\nASK { ?s ?p 'DELETE' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
        "BASE <http://insert/SERVICE> DESCRIBE <x>",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_reading_queries_pass(sparql):
    """A query that only reads is given back as it is."""
    assert sparql == guarded(sparql)


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service SILENT ?x { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p 'it' # '\n SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
        ('SELECT * { ?s ?p "\\"" . SERVICE <http://x/> {} }', "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", "escapes"),
        ("INSERT DATA { <a> <b> <c> }", "INSERT"),
        ("PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE"),
        ("hello", "SELECT, ASK"),
        ("", "SELECT, ASK"),
    ],
)
def test_what_does_more_than_read_is_refused(sparql, words):
    """Other servers, updates and text that is no query are refused, saying which."""
    with pytest.raises(QueryError, match=words):
        guarded(sparql)


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_depth_has_a_limit(pair):
    """What would crash the engine is stopped before it."""
    with pytest.raises(QueryLimitError, match="deep"):
        guarded("SELECT * " + pair[0] * (DEEPEST + 1) + pair[1] * (DEEPEST + 1))


def test_length_has_a_limit():
    """A query longer than the limit is not read."""
    with pytest.raises(QueryLimitError, match="characters"):
        guarded("SELECT * { }" + " " * LONGEST)


@given(st.text())
def test_any_text_is_let_through_or_refused(text):
    """No text makes the guard fail in another way."""
    with suppress(QueryError):
        assert text == guarded(text)
