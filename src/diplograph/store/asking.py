"""Puts a query to the database and brings the answer into one shape.

Takes SPARQL and values for its variables; gives an ``Answer``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from diplograph.errors import QueryError
from diplograph.store.answers import Answer
from diplograph.store.guard import guarded
from diplograph.vocab import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple
    from pyoxigraph import Store as Database


def select(database: Database, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
    """The answer of a query; triples that it constructs are rows of subject, predicate and object.

    Args:
        database: What is asked.
        sparql: A query that only reads; the prefixes of ``vocab.PREFIXES`` need not be declared.
        substitutions: Values by variable; a text that begins with ``http`` is an address. The query must
            select the variables.

    Raises:
        QueryError: If the query is malformed or would do more than read.
    """
    from pyoxigraph import QueryResultsFormat, QueryTriples, Variable

    bound: dict[Variable, Any] = {
        Variable(name): term(value) for name, value in (substitutions or {}).items()
    }
    try:
        found = database.query(guarded(sparql), prefixes=dict(PREFIXES), substitutions=bound)
        if isinstance(found, QueryTriples):
            return of_triples(found)
        written = found.serialize(format=QueryResultsFormat.JSON)
    except (SyntaxError, RuntimeError, ValueError) as fault:
        raise QueryError(f"the query cannot be answered: {fault}") from fault
    return Answer.of_json(written or b"")


def as_text(triples: str) -> Answer:
    """The answer of a query that constructs, from the N-Triples that a server gave."""
    from pyoxigraph import RdfFormat, parse

    return of_triples(quad.triple for quad in parse(triples, format=RdfFormat.TURTLE))


def of_triples(found: Iterable[Triple]) -> Answer:
    """Triples as rows of subject, predicate and object, sorted."""
    rows = sorted(found, key=str)
    names = ("subject", "predicate", "object")
    return Answer(
        variables=names,
        bindings=tuple({name: _json(getattr(row, name)) for name in names} for row in rows),
    )


def _json(term: Any) -> dict[str, str]:
    from pyoxigraph import BlankNode, Literal

    if not isinstance(term, Literal):
        return {"type": "bnode" if isinstance(term, BlankNode) else "uri", "value": term.value}
    told = {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    return told | ({"xml:lang": term.language} if term.language else {})


def term(value: Any) -> NamedNode | Literal:
    """The term of a value: itself, an address if it begins with ``http``, or a literal.

    Raises:
        QueryError: If it looks like an address and is none.
    """
    from pyoxigraph import Literal, NamedNode

    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        try:
            return NamedNode(value)
        except ValueError as fault:
            raise QueryError(f"{value!r} is no address: {fault}") from fault
    return Literal(value)
