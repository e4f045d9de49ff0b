"""Which SPARQL is let through."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.errors import QueryError, QueryLimitError
from diplograph.store.guard import (
    DEEPEST,
    LONGEST,
    LONGEST_CHAIN,
    guarded,
    guarded_update,
    places_of_where,
)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o }",
        "PREFIX service: <http://service/> SELECT ?service { ?s service:load ?service }",
        'SELECT * { ?s ?p "SERVICE and DROP ALL" }',
        "SELECT * { ?service <http://service/x#service> ex:service }",
        "SELECT * { FILTER(1<2) ?s ?p 'it\\'s' }",
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
        ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ex:a\\# ?o . SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ex:a\\' ?o . SERVICE <http://x/> { ?s ?p ?o } . ?s ex:b\\' ?o }", "SERVICE"),
        ("SELECT * { FILTER(1<2)SERVICE#>\n<http://x/>{ ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { FILTER(1<'x>')SERVICE<http://x/>{ ?s ?p 'y' } }", "SERVICE"),
        ("SELECT * { SERVICE ?a\u0301 { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE ?a\u1680 { ?s ?p ?o } }", "SERVICE"),
        ('SELECT * { ?s ?p "SERVICE <http://x/> { }" }', "reads like it"),
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


@pytest.mark.parametrize(
    "link", ["!", " UNION {}", "/<a:b>", "|<a:b>", "+1", "||1=1", "&&1=1", " OPTIONAL {}", "*2"]
)
def test_chains_have_a_limit(link):
    """What would crash the engine by its length is stopped before it, as is what is too deep."""
    assert guarded("SELECT ?x { {} " + link * LONGEST_CHAIN + " }")
    with pytest.raises(QueryLimitError, match="at most"):
        guarded("SELECT ?x { {} " + link * (LONGEST_CHAIN + 1) + " }")


@pytest.mark.parametrize(
    "sparql",
    [
        "service " * 40_00,
        "service#" * 39 + "x" * 90_000,
        "load<" * 15_000,
        '"""' + "a" * 99_000,
        "service a:" + "\\a" * 40_000,
        "\\u0053" * 16_000,
        "SELECT * { FILTER(1" + "-1" * 45_000 + " = 3) }",
        "a" * 99_000,
        ":" * 99_000,
        "?" * 99_000,
    ],
    ids="words comments loads string name escapes minus letters colons marks".split(),
)
def test_reading_a_query_takes_no_time(sparql):
    """No text makes the guard itself the attack."""
    import time

    start = time.process_time()
    for check in (guarded, guarded_update, places_of_where):
        with suppress(QueryError):
            check(sparql)

    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <file:///etc/passwd>",
        "LOAD SILENT<http://x/> INTO GRAPH <http://g>",
        "CLEAR ALL; LOAD #>\n ex:y",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o }",
    ],
)
def test_updates_read_nothing_from_elsewhere(update):
    """An update that reads a file or another server is refused, and so is what is no update."""
    with pytest.raises(QueryError):
        guarded_update(update)


def test_updates_pass():
    """An update that stays in the store is given back as it is."""
    update = "INSERT DATA { GRAPH <http://x/payload> { <http://x/a> <http://x/loaded> 'load it' } }"

    assert update == guarded_update(update)


def test_where_the_patterns_begin():
    """The patterns of an update are found; strings, comments and deeper groups do not count."""
    update = "DELETE { ?s ?p 'WHERE' } # WHERE\nWHERE { ?s ?p ?o } ; INSERT { ?a ?b ?c } WHERE { ?a ?b ?c }"
    places = places_of_where(update)

    assert [update.index("WHERE {"), update.rindex("WHERE")] == places
    assert None is places_of_where("WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
