"""The engine that runs in this process: Oxigraph, on disk or in memory.

Takes an open ``pyoxigraph.Store``; gives an ``Engine``. A change is one transaction. What the database finds
damaged is told as a ``StoreError``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import wraps
from itertools import islice
from typing import IO, Any, Final, ParamSpec, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Store as Database

from diplograph.errors import StoreError
from diplograph.store.answers import Answer
from diplograph.store.asking import select
from diplograph.store.engine import DEFAULT, Change, Told, operations
from diplograph.vocab import DG

_P = ParamSpec("_P")
_T = TypeVar("_T")
_JOURNAL: Final = 4_000_000  # characters of changes; whoever opens a store reads its journal from the start
_FULL = re.compile("No space left|File too large|quota exceeded", re.IGNORECASE)


def in_words(fault: Exception, remedy: str = "diplograph doctor") -> str:
    """What is wrong with a database, and what to do.

    Args:
        fault: What it said.
        remedy: What to run if it is damaged.
    """
    if _FULL.search(str(fault)):
        return f"the disk is full ({fault}); nothing that was stored is lost; make room and try again"
    return f"the database is damaged: {fault}; run `{remedy}`"


def _in_words(method: Callable[_P, _T]) -> Callable[_P, _T]:
    """Say what is wrong with a damaged database as every other fault is said."""

    @wraps(method)
    def spoken(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return method(*args, **kwargs)
        except (OSError, RuntimeError) as fault:
            if isinstance(fault, StoreError):
                raise
            raise StoreError(in_words(fault)) from fault

    return spoken


class EmbeddedEngine:
    """A database in this process; see ``Engine`` for what each method promises.

    Args:
        database: The opened database.
    """

    def __init__(self, database: Database) -> None:
        self._database: Database | None = database
        self._written = 0

    @_in_words
    def graphs(self) -> list[str]:
        """The names of all named graphs."""
        return sorted(str(graph)[1:-1] for graph in self.database.named_graphs())

    @_in_words
    def counts(self) -> dict[str, int]:
        """How many statements each named graph holds."""
        query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        return {row["g"]: int(row["n"]) for row in select(self.database, query)}

    @_in_words
    def lines(self, graph: str) -> list[str]:
        """All statements of a graph, sorted."""
        dump = self.database.dump(format=RdfFormat.N_TRIPLES, from_graph=_graph(graph)) or b""
        return sorted(line for line in dump.decode().split("\n") if line)

    @_in_words
    def about(self, subjects: Iterable[str], graph: str) -> list[str]:
        """The statements whose subject is one of these."""
        where = _graph(graph)
        return [
            f"{quad.triple} ."
            for subject in subjects
            for quad in self.database.quads_for_pattern(NamedNode(subject), None, None, where)
        ]

    @_in_words
    def pointing(self, objects: Iterable[str], graph: str) -> list[str]:
        """The statements whose object is one of these."""
        where = _graph(graph)
        return [
            f"{quad.triple} ."
            for value in objects
            for quad in self.database.quads_for_pattern(None, None, NamedNode(value), where)
        ]

    @_in_words
    def values(self, subjects: Iterable[str], term: str, graph: str) -> dict[str, list[str]]:
        """By subject, the values of a property of ours."""
        where, prop = _graph(graph), NamedNode(f"{DG}{term}")
        found: dict[str, list[str]] = {}
        for subject in subjects:
            quads = self.database.quads_for_pattern(NamedNode(subject), prop, None, where)
            if told := [_plain(quad.object) for quad in quads]:
                found[subject] = told
        return found

    @_in_words
    def subjects(
        self, term: str, objects: Iterable[str], graph: str | None, *, most: int | None = None
    ) -> dict[str, list[str]]:
        """By object, who has it as the value of a property, or some of them."""
        where, prop = None if graph is None else _graph(graph), NamedNode(f"{DG}{term}")
        found: defaultdict[str, list[str]] = defaultdict(list)
        for value in objects:
            for quad in islice(self.database.quads_for_pattern(None, prop, _term(value), where), most):
                found[value].append(_plain(quad.subject))
        return dict(found)

    @_in_words
    def all(self, term: str, graph: str | None) -> Iterator[Told]:
        """Every statement of a property of ours."""
        where = None if graph is None else _graph(graph)
        quads = self.database.quads_for_pattern(None, NamedNode(f"{DG}{term}"), None, where)
        return iter([
            Told(_plain(quad.subject), _plain(quad.object), str(quad.graph_name)[1:-1])
            for quad in quads
            if graph == DEFAULT or not isinstance(quad.graph_name, DefaultGraph)
        ])  # fmt: skip

    def users(self, thing: str, terms: Iterable[str]) -> Iterator[str]:
        """Who names a thing by one of these properties, one at a time."""
        where, value = _graph(DEFAULT), NamedNode(thing)
        for term in terms:
            for quad in self.database.quads_for_pattern(None, NamedNode(f"{DG}{term}"), value, where):
                yield _plain(quad.subject)

    @_in_words
    def change(self, change: Change) -> None:
        """Make a change, as one transaction."""
        text = " ;\n".join(operation for operation, _ in operations(change))
        if not text:
            return
        try:
            self.database.update(text)
        except SyntaxError as fault:
            raise StoreError(f"the change cannot be written down: {fault}") from fault
        self._written += len(text)
        if self._written > _JOURNAL:
            # The change stands; if this cannot be done, the next one says why.
            with suppress(StoreError):
                self.flush()

    @_in_words
    def load(self, graph: str, lines: Iterable[str]) -> None:
        """Put much into a graph at once; not to be used beside readers, who may see a part of it."""
        self.database.bulk_load("\n".join(lines), format=RdfFormat.N_TRIPLES, to_graph=_graph(graph))

    @_in_words
    def load_quads(self, stream: IO[bytes]) -> None:
        """Put N-Quads text of ours in as it is read; not beside readers, who may see a part of it."""
        # Addresses that we wrote need no second look, which is a sixth of what loading costs.
        self.database.bulk_load(stream, format=RdfFormat.N_QUADS, lenient=True)

    @_in_words
    def ask(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a query that only reads."""
        return select(self.database, sparql, substitutions)

    @_in_words
    def flush(self) -> None:
        """Write everything out, so that the journal is empty."""
        self._written = 0
        self.database.flush()

    def close(self) -> None:
        """Let go of the database."""
        self._database = None

    @property
    def database(self) -> Database:
        """The database itself, for those who ask it in ways of their own.

        Raises:
            StoreError: If it is closed.
        """
        if self._database is None:
            raise StoreError("the store is closed; open it again")
        return self._database


def _graph(name: str) -> NamedNode | DefaultGraph:
    return NamedNode(name) if name else DefaultGraph()


def _term(text: str) -> Any:
    """A term from N-Triples text: an address, or a plain literal."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if "\\" not in text and text.endswith('"'):
        return Literal(text[1:-1])
    quad: Quad = next(iter(parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)))
    return quad.object


def _plain(term: Any) -> str:
    return str(term.value)
