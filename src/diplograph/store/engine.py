"""What a store asks of the database behind it, whether that is a folder, memory, or a server.

``Engine`` is the door; terms and statements pass through it as N-Triples text, addresses without brackets.
The default graph is called ``DEFAULT``. A ``Change`` is made as a whole or not at all where the database can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from diplograph.graph.ntriples import node
from diplograph.store.answers import Answer
from diplograph.vocab import GRAPH

DEFAULT: Final = ""
CONSENSUS: Final = f"{GRAPH}consensus"
"""Where a server keeps what is the default graph elsewhere."""
RECORDS: Final = f"{GRAPH}records"
INFERRED: Final = f"{GRAPH}inferred"
INDEX: Final = f"{GRAPH}index"
RETRACTED: Final = f"{GRAPH}retracted"
LEDGER: Final = f"{GRAPH}ledger"
# They are for the store itself: what is in them is said elsewhere, or follows from it.
BOOKKEEPING: Final = (RECORDS, INFERRED, INDEX, RETRACTED, LEDGER)


class Told(NamedTuple):
    """A statement's subject and value, and its graph."""

    subject: str
    value: str
    graph: str


@dataclass(slots=True, kw_only=True)
class Change:
    """What goes and what comes, by graph; what goes goes first.

    Attributes:
        cleared: Graphs that lose all they hold.
        deleted: Statements that go.
        inserted: Statements that come.
    """

    cleared: list[str] = field(default_factory=list)
    deleted: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    inserted: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def delete(self, graph: str, lines: Iterable[str]) -> None:
        """Note statements that go."""
        self.deleted[graph].update(lines)

    def insert(self, graph: str, lines: Iterable[str]) -> None:
        """Note statements that come; one that was to go stays."""
        fresh = set(lines)
        self.deleted[graph] -= fresh
        self.inserted[graph] |= fresh


def operations(
    change: Change, *, default: str = DEFAULT, most: int | None = None
) -> Iterator[tuple[str, int]]:
    """A change as operations of SPARQL Update, which belong into one request, and what goes goes first.

    Args:
        change: What is changed.
        default: What the default graph is called.
        most: Statements of one operation at most; None sets no limit.

    Yields:
        An operation, and how many statements it has.
    """
    for graph in change.cleared:
        name = graph or default
        yield f"CLEAR SILENT {f'GRAPH <{name}>' if name else 'DEFAULT'}", 1
        if name:
            yield f"DROP SILENT GRAPH <{name}>", 1
    for verb, parts in (("DELETE", change.deleted), ("INSERT", change.inserted)):
        for graph, lines in sorted(parts.items()):
            name, told = graph or default, sorted(lines)
            for start in range(0, len(told), most or len(told) or 1):
                some = told[start : start + most] if most else told
                body = "{\n" + "\n".join(some) + "\n}"
                yield f"{verb} DATA {f'{{ GRAPH <{name}> {body} }}' if name else body}", len(some)


class Engine(Protocol):
    """A database of quads."""

    def graphs(self) -> list[str]:
        """The names of all named graphs."""

    def counts(self) -> dict[str, int]:
        """How many statements each named graph holds."""

    def lines(self, graph: str) -> list[str]:
        """All statements of a graph, sorted."""

    def about(self, subjects: Iterable[str], graph: str) -> list[str]:
        """The statements whose subject is one of these."""

    def pointing(self, objects: Iterable[str], graph: str) -> list[str]:
        """The statements whose object is one of these."""

    def values(self, subjects: Iterable[str], term: str, graph: str) -> dict[str, list[str]]:
        """By subject, the values of a property of ours."""

    def subjects(
        self, term: str, objects: Iterable[str], graph: str | None, *, most: int | None = None
    ) -> dict[str, list[str]]:
        """By object (as N-Triples writes it), who has it as the value of a property.

        Args:
            term: The property, one of ours.
            objects: Its values.
            graph: Where to look; None is any graph.
            most: How many to give at most for each value.
        """

    def all(self, term: str, graph: str | None) -> Iterator[Told]:
        """Every statement of a property of ours, in a graph, or in any named one."""

    def users(self, thing: str, terms: Iterable[str]) -> Iterator[str]:
        """Who names a thing by one of these properties in the default graph, as far as it is asked."""

    def change(self, change: Change) -> None:
        """Make a change.

        Raises:
            StoreError: If it cannot be made.
        """

    def load(self, graph: str, lines: Iterable[str]) -> None:
        """Put much into a graph at once; readers may see a part of it."""

    def ask(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Answer:
        """Answer a query that only reads.

        Raises:
            QueryError: If it is malformed or refused.
        """

    def flush(self) -> None:
        """Write everything out."""

    def close(self) -> None:
        """Let go of the database."""


def address(kind: str, local: str) -> str:
    """The address of an instance, without angle brackets."""
    return node(kind, local)[1:-1]


def local(where: str) -> str:
    """The last part of an address."""
    return where.rpartition("/")[2]


def first(engine: Engine, subject: str, term: str, graph: str) -> str | None:
    """The value of a property; None if there is none."""
    return next(iter(engine.values([subject], term, graph).get(subject, ())), None)
