"""SPARQL 1.1 over HTTP: which query a request holds, and how an answer is written.

Takes requests as plain values and answers in the W3C's JSON form; gives text and its media type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from diplograph.errors import QueryError

TRIPLE: Final = ["subject", "predicate", "object"]
_XSD_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"

ROWS: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
}
GRAPHS: Final[Mapping[str, str]] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
}


def query_of(method: str, media: str, parameters: Mapping[str, list[str]], body: bytes) -> str:
    """The query in a request.

    Args:
        method: ``GET`` or ``POST``.
        media: The media type of the body, without parameters.
        parameters: Those of the address and of a form.
        body: The body.

    Raises:
        QueryError: If there is none, or more than one, or an update.
    """
    if method == "POST" and media == "application/sparql-query":
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise QueryError("the query is not UTF-8") from None
    if media == "application/sparql-update" or "update" in parameters:
        raise QueryError("this endpoint only reads; change the graph with diplograph ingest and retract")
    if parameters.get("default-graph-uri") or parameters.get("named-graph-uri"):
        raise QueryError("the graph is asked as it is; name graphs in the query with GRAPH")
    found = parameters.get("query", [])
    if len(found) != 1:
        raise QueryError(f"a request holds one query, and this one {len(found)}")
    return found[0]


def written(answer: Mapping[str, Any], accept: str) -> tuple[str, str]:
    """An answer as text, and its media type: the first that was asked for and that there is.

    Args:
        answer: In the W3C's JSON form.
        accept: The header ``Accept``.

    Raises:
        QueryError: If none of the types asked for is known.
    """
    kinds = GRAPHS if answer["head"]["vars"] == TRIPLE else ROWS
    media = _negotiated(accept, [*kinds, *ROWS])
    if media in GRAPHS:
        return turtle(answer, GRAPHS[media]), media
    return rows(_proper(answer), ROWS[media]), media


def _negotiated(accept: str, kinds: list[str]) -> str:
    asked = []
    for number, part in enumerate(filter(None, (part.strip() for part in accept.split(",")))):
        media, *parameters = (each.strip() for each in part.split(";"))
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        asked.append((-float(weight) if weight.replace(".", "", 1).isdigit() else 0.0, number, media))
    for _, _, media in sorted(asked):
        for kind in kinds:
            if media in (kind, "*/*", f"{kind.split('/')[0]}/*"):
                return kind
    if asked:
        raise QueryError(f"{accept!r} is none of what there is: {', '.join(dict.fromkeys(kinds))}")
    return kinds[0]


def _proper(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """A yes or no in the form that the W3C has for it."""
    bindings = answer["results"]["bindings"]
    if answer["head"]["vars"] == ["answer"] and len(bindings) == 1:
        term = bindings[0].get("answer", {})
        if term.get("datatype") == _XSD_BOOLEAN:
            return {"head": {}, "boolean": term["value"] == "true"}
    return answer


def rows(answer: Mapping[str, Any], form: str) -> str:
    """An answer as ``json``, ``csv``, ``tsv`` or ``xml``."""
    if form == "json":
        return json.dumps(answer, ensure_ascii=False)
    from pyoxigraph import QueryResultsFormat, parse_query_results

    form_of = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "xml": QueryResultsFormat.XML}
    parsed = parse_query_results(json.dumps(answer), format=QueryResultsFormat.JSON)
    text = parsed.serialize(format=form_of[form])
    return (text or b"").decode()


def turtle(answer: Mapping[str, Any], form: str = "ttl") -> str:
    """The triples of an answer as ``ttl``, ``nt`` or ``jsonld``."""
    from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

    from diplograph.vocab import PREFIXES

    form_of = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    parsed = parse_query_results(json.dumps(answer), format=QueryResultsFormat.JSON)
    triples = [Triple(*(row[name] for name in TRIPLE)) for row in parsed]  # type: ignore[union-attr]  # never a boolean
    told = " ".join(map(str, triples))
    used = {prefix: address for prefix, address in PREFIXES.items() if f"<{address}" in told}
    return (serialize(triples, format=form_of[form], prefixes=used) or b"").decode()
