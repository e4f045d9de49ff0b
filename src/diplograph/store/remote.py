"""The engine behind a server: any SPARQL 1.1 store that is reached over HTTP.

Takes the address of its endpoints; gives an ``Engine``, or an open store. Much is asked at once and much is
written at once. The consensus stands in a named graph, and queries without GRAPH are asked of that.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, TypeVar

from diplograph.errors import StoreError
from diplograph.store.answers import Answer
from diplograph.store.asking import as_text, term
from diplograph.store.client import Client
from diplograph.store.engine import CONSENSUS, DEFAULT, Change, Told, operations
from diplograph.store.guard import guarded
from diplograph.store.substitution import substituted
from diplograph.vocab import BASE, DG, PREFIXES, XSD

_T = TypeVar("_T")
_ASKED: Final = 150  # values that are asked for in one query
_WRITTEN: Final = 200  # statements of one operation of an update; Virtuoso takes less than five thousand
_WHOLE: Final = 10_000  # statements of one update
_PAGE: Final = 9000  # rows of one answer; some servers give no more than ten thousand
_JSON: Final = "application/sparql-results+json"
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_PLAIN_STRING: Final = f"{XSD}string"


class RemoteEngine:
    """A database behind a server; see ``Engine`` for what each method promises.

    A change is one request, which a server makes as a whole; only what is huge takes several, and
    ``RemoteLedger`` knows when they were cut short.

    Args:
        client: Who asks the server.
    """

    def __init__(self, client: Client) -> None:
        self._client: Client | None = client

    def graphs(self) -> list[str]:
        """The names of all named graphs of ours but the consensus."""
        names = {
            row["g"]["value"] for row in self._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "?g")
        }
        return sorted(name for name in names if name.startswith(BASE) and name != CONSENSUS)

    def counts(self) -> dict[str, int]:
        """How many statements each named graph holds."""
        query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        told = {row["g"]["value"]: int(row["n"]["value"]) for row in self._rows(query, "?g")}
        return {name: n for name, n in told.items() if name.startswith(BASE) and name != CONSENSUS}

    def lines(self, graph: str) -> list[str]:
        """All statements of a graph, sorted."""
        query = f"SELECT ?s ?p ?o {{ GRAPH <{_name(graph)}> {{ ?s ?p ?o }} }}"
        return sorted(map(_line, self._rows(query, "?s ?p ?o")))

    def about(self, subjects: Iterable[str], graph: str) -> list[str]:
        """The statements whose subject is one of these."""
        return self._matching("s", (f"<{subject}>" for subject in subjects), graph)

    def pointing(self, objects: Iterable[str], graph: str) -> list[str]:
        """The statements whose object is one of these."""
        return self._matching("o", (f"<{value}>" for value in objects), graph)

    def values(self, subjects: Iterable[str], term: str, graph: str) -> dict[str, list[str]]:
        """By subject, the values of a property of ours."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for some in _batches(dict.fromkeys(subjects), _ASKED):
            listed = " ".join(f"<{subject}>" for subject in some)
            query = (
                f"SELECT ?s ?o {{ VALUES ?s {{ {listed} }} GRAPH <{_name(graph)}> {{ ?s <{DG}{term}> ?o }} }}"
            )
            for row in self._rows(query, "?s ?o"):
                found[row["s"]["value"]].append(row["o"]["value"])
        return dict(found)

    def subjects(
        self, term: str, objects: Iterable[str], graph: str | None, *, most: int | None = None
    ) -> dict[str, list[str]]:
        """By object, who has it as the value of a property, or some of them."""
        where = "?g" if graph is None else f"<{_name(graph)}>"
        found: defaultdict[str, list[str]] = defaultdict(list)
        for some in _batches(dict.fromkeys(objects), 1 if most else _ASKED):
            listed = " ".join(some)
            query = f"SELECT ?s ?o {{ VALUES ?o {{ {listed} }} GRAPH {where} {{ ?s <{DG}{term}> ?o }} }}"
            for row in islice(self._rows(query, "?o ?s", most), most):
                found[_term(row["o"])].append(row["s"]["value"])
        return dict(found)

    def all(self, term: str, graph: str | None) -> Iterator[Told]:
        """Every statement of a property of ours."""
        where = "?g" if graph is None else f"<{_name(graph)}>"
        chosen = "?s ?o ?g" if graph is None else "?s ?o"
        query = f"SELECT {chosen} {{ GRAPH {where} {{ ?s <{DG}{term}> ?o }} }}"
        for row in self._rows(query, chosen):
            name = row["g"]["value"] if graph is None else graph
            if name != CONSENSUS and (graph is not None or name.startswith(BASE)):
                yield Told(row["s"]["value"], row["o"]["value"], name or DEFAULT)

    def users(self, thing: str, terms: Iterable[str]) -> Iterator[str]:
        """Who names a thing by one of these properties."""
        listed = " ".join(f"<{DG}{term}>" for term in terms)
        query = f"SELECT ?s {{ VALUES ?p {{ {listed} }} GRAPH <{_name(DEFAULT)}> {{ ?s ?p <{thing}> }} }}"
        yield from (row["s"]["value"] for row in self._rows(query, "?s"))

    def change(self, change: Change) -> None:
        """Make a change in one request, which servers make as a whole; more than one only if it is huge."""
        waiting: list[str] = []
        size = 0
        for operation, number in operations(change, default=CONSENSUS, most=_WRITTEN):
            if size + number > _WHOLE:
                self.client.update(" ;\n".join(waiting))
                waiting, size = [], 0
            waiting.append(operation)
            size += number
        if waiting:
            self.client.update(" ;\n".join(waiting))

    def load(self, graph: str, lines: Iterable[str]) -> None:
        """Put much into a graph at once."""
        for some in _batches(lines, 20 * _WRITTEN):
            if self.client.address.graphs:
                self.client.put(_name(graph), "\n".join(some), replace=False)
            else:
                change = Change()
                change.insert(graph, some)
                self.change(change)

    def ask(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a query that only reads."""
        terms = {name: str(term(value)) for name, value in (substitutions or {}).items()}
        query = substituted(guarded(sparql), terms)
        prologue = "".join(f"PREFIX {p}: <{a}>\n" for p, a in PREFIXES.items() if f"{p}:" in query)
        form = _form(query)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            told = self.client.query(prologue + query, "text/plain, application/n-triples", CONSENSUS)
            return as_text(told)
        answer = json.loads(self.client.query(prologue + query, _JSON, CONSENSUS))
        if form == "ASK":
            truth = {"type": "literal", "value": _truth(answer), "datatype": f"{XSD}boolean"}
            return Answer(variables=("answer",), bindings=({"answer": truth},))
        rows = ({name: _plain(value) for name, value in row.items()} for row in answer["results"]["bindings"])
        return Answer(variables=tuple(answer["head"]["vars"]), bindings=tuple(rows))

    def flush(self) -> None:
        """The server keeps what it has answered for."""

    def close(self) -> None:
        """Ask no more."""
        self._client = None

    @property
    def client(self) -> Client:
        """Who asks the server."""
        if self._client is None:
            raise StoreError("the store is closed; open it again")
        return self._client

    def _matching(self, variable: str, terms: Iterable[str], graph: str) -> list[str]:
        found: list[str] = []
        for some in _batches(dict.fromkeys(terms), _ASKED):
            listed = " ".join(some)
            where = f"GRAPH <{_name(graph)}> {{ ?s ?p ?o }}"
            query = f"SELECT ?s ?p ?o {{ VALUES ?{variable} {{ {listed} }} {where} }}"
            found += map(_line, self._rows(query, "?s ?p ?o"))
        return found

    def _rows(self, query: str, order: str, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a query, page by page: an answer that fills a page may have been cut off."""
        page = min(_PAGE, most or _PAGE)
        told = json.loads(self.client.query(f"{query} LIMIT {page}", _JSON))["results"]["bindings"]
        if len(told) < page or most:
            yield from told
            return
        # Only now it pays to have them sorted, so that pages neither overlap nor leave gaps.
        start = 0
        while True:
            paged = f"SELECT * {{ {{ {query} ORDER BY {order} }} }} LIMIT {page} OFFSET {start}"
            told = json.loads(self.client.query(paged, _JSON))["results"]["bindings"]
            yield from told
            if len(told) < page:
                return
            start += page


def _name(graph: str) -> str:
    return graph or CONSENSUS


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def _form(query: str) -> str:
    found = _FORM.search(_bare(query))
    return found[1].upper() if found else ""


def _bare(query: str) -> str:
    """The query with comments and addresses blanked, of the same length."""
    return re.sub(r"<[^<>\s]*>|#[^\n]*", lambda m: " " * len(m[0]), query)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """A term of an answer in the form of today's standard: older servers say ``typed-literal``."""
    if told["type"] == "typed-literal":
        told = {**told, "type": "literal"}
    if told.get("datatype") == _PLAIN_STRING:
        told = {key: value for key, value in told.items() if key != "datatype"}
    return told


def _truth(answer: dict[str, Any]) -> str:
    """The answer of an ASK; Virtuoso gives a row with a number instead."""
    if "boolean" in answer:
        return str(answer["boolean"]).lower()
    told = [value["value"] for row in answer["results"]["bindings"] for value in row.values()]
    return "true" if told and told[0] in {"1", "true"} else "false"


def _line(row: dict[str, Any]) -> str:
    return f"{_term(row['s'])} {_term(row['p'])} {_term(row['o'])} ."


def _term(told: dict[str, Any]) -> str:
    """A term of an answer as N-Triples writes it."""
    from diplograph.graph.ntriples import text

    if told["type"] == "uri":
        return f"<{told['value']}>"
    literal = text(told["value"])
    if told.get("xml:lang"):
        return f"{literal}@{told['xml:lang']}"
    kind = told.get("datatype", _PLAIN_STRING)
    return literal if kind == _PLAIN_STRING else f"{literal}^^<{kind}>"
