"""Materialises what follows from a graph by the CONSTRUCT rules of ontology/rules/.

Takes anything with the methods of ``Door``, such as ``StoreDoor(pyoxigraph.Store())``; adds triples to its
default graph, or lists them with the rule that gave each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from diplograph import resources
from diplograph.errors import InvalidGraphError, KnowledgeError
from diplograph.vocab import GRAPH

if TYPE_CHECKING:
    from pyoxigraph import Quad, QueryTriples, Store, Triple

MOST_ROUNDS: Final = 12
INFERRED: Final = GRAPH + "inferred"
_SMALL: Final = 1_000_000
_HEADING = re.compile(r"# ([a-z-]+): (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A CONSTRUCT query, with its name and what it says in English.

    ``once`` marks a rule that asks what is absent: it runs when the others have come to an end, and once.
    """

    name: str
    sentence: str
    sparql: str
    once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Inference:
    """A triple that a rule gave and that was not there before; terms as N-Triples write them."""

    rule: str
    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Materialised:
    """What a run of the rules did: triples added, rounds needed, and triples that each rule gave in all."""

    added: int
    rounds: int
    by_rule: tuple[tuple[str, int], ...]


class Door(Protocol):
    """What a store must offer to be reasoned on; triples travel as N-Triples."""

    def construct(self, sparql: str) -> bytes:
        """The answer of a CONSTRUCT query on the default graph."""

    def add(self, triples: bytes) -> None:
        """Put triples into the default graph."""

    def size(self) -> int:
        """How many quads there are."""


class StoreDoor:
    """The door of a ``pyoxigraph.Store``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def construct(self, sparql: str) -> bytes:
        """The answer of a CONSTRUCT query on the default graph."""
        from pyoxigraph import RdfFormat

        found = self._answer(sparql).serialize(format=RdfFormat.N_TRIPLES)
        return found or b""

    def add(self, triples: bytes) -> None:
        """Put triples into the default graph."""
        from pyoxigraph import RdfFormat

        # bulk_load writes a file each time, which only pays for much.
        load = self._store.load if len(triples) < _SMALL else self._store.bulk_load
        load(triples, format=RdfFormat.N_TRIPLES)

    def size(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def _answer(self, sparql: str) -> QueryTriples:
        from pyoxigraph import QueryTriples

        found = self._store.query(sparql)
        assert isinstance(found, QueryTriples), "a rule is a CONSTRUCT query"
        return found


@cache
def rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """The rules of a folder, sorted by name.

    Raises:
        KnowledgeError: If a file does not begin with ``# name: what it says``, or its name is another.
    """
    found = sorted((folder or resources.path("ontology/rules")).glob("*.rq"))
    return tuple(_rule(path) for path in found)


def _rule(path: Path) -> Rule:
    sparql = path.read_text(encoding="utf-8")
    heading = _HEADING.match(sparql)
    if not heading or heading[1] != path.stem:
        raise KnowledgeError(
            str(path), 1, f"begin the rule with '# {path.stem}: ' and what it says in English"
        )
    return Rule(name=path.stem, sentence=heading[2], sparql=sparql, once="\n# once: " in sparql)


def materialise(door: Door, which: Sequence[Rule] | None = None) -> Materialised:
    """Add all that the rules give, until they give nothing new.

    Raises:
        InvalidGraphError: If they do not come to an end.
    """
    given: dict[str, int] = {}
    before, rounds = door.size(), 0
    for stage in _stages(rules() if which is None else which):
        rounds += _exhaust(door, stage, given)
    return Materialised(added=door.size() - before, rounds=rounds, by_rule=tuple(sorted(given.items())))


def _stages(which: Sequence[Rule]) -> list[list[Rule]]:
    """The monotone rules, then those that ask what is absent, then the monotone ones on what these gave."""
    monotone = [rule for rule in which if not rule.once]
    once = [rule for rule in which if rule.once]
    return [monotone, once, monotone] if once else [monotone]


def _exhaust(door: Door, stage: Sequence[Rule], given: dict[str, int]) -> int:
    before = door.size()
    for done in range(1, MOST_ROUNDS + 1):
        for rule in stage:
            triples = door.construct(rule.sparql)
            given[rule.name] = triples.count(b"\n")
            if triples:
                door.add(triples)
        after = door.size()
        if after == before or all(rule.once for rule in stage):
            return done
        before = after
    names = ", ".join(rule.name for rule in stage)
    raise InvalidGraphError(f"after {MOST_ROUNDS} rounds the rules still gave new triples: {names}")


def inferences(quads: Iterable[Quad], which: Sequence[Rule] | None = None) -> tuple[Inference, ...]:
    """What the rules add to the default graph of these quads, sorted by rule; the quads stay as they are.

    What stands in the graph ``INFERRED`` as well was derived by an earlier run and is set aside first.
    """
    from pyoxigraph import DefaultGraph, Store

    known = list(quads)
    derived = {quad.triple for quad in known if str(quad.graph_name) == f"<{INFERRED}>"}
    scratch = Store()
    scratch.bulk_extend(
        quad for quad in known if isinstance(quad.graph_name, DefaultGraph) and quad.triple not in derived
    )
    found: list[Inference] = []
    for stage in _stages(rules() if which is None else which):
        for _ in range(MOST_ROUNDS):
            new = [inference for rule in stage for inference in _step(scratch, rule)]
            found += new
            if not new or all(rule.once for rule in stage):
                break
    return tuple(sorted(found))


def _step(scratch: Store, rule: Rule) -> Iterator[Inference]:
    from pyoxigraph import Quad, QueryTriples

    answer = scratch.query(rule.sparql)
    assert isinstance(answer, QueryTriples), "a rule is a CONSTRUCT query"
    # The answer is read to its end before the store is written to.
    given: set[Triple] = set(answer)
    for triple in given:
        quad = Quad(triple.subject, triple.predicate, triple.object)
        if quad not in scratch:
            scratch.add(quad)
            yield Inference(
                rule=rule.name,
                subject=str(triple.subject),
                predicate=str(triple.predicate),
                object=str(triple.object),
            )
