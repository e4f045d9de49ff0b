"""Judges whether a graph is consistent with the ontology, and tells what follows from it.

``check`` asks HermiT (through owlready2) and gives a ``Verdict``; for an inconsistency it finds the facts at
fault, and Pellet's words where Pellet runs. ``infer`` lists what the rules of ontology/rules/ add.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diplograph.graph import axioms, java, rules
from diplograph.graph.axioms import Graph
from diplograph.graph.quotes import quote_of
from diplograph.graph.rules import Inference
from diplograph.vocab import ID

if TYPE_CHECKING:
    from pyoxigraph import Quad

_INSTANCE = re.compile(rf"<({re.escape(ID)}[^>]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fact that has a part in a contradiction.

    Attributes:
        fact: The statement, as N-Triples write it.
        quote: The words of a source behind it, if the graph has them.
    """

    fact: str
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the reasoner says of a graph.

    Attributes:
        consistent: Whether graph and ontology can both be true.
        unsatisfiable: Classes of the ontology that nothing can be of; there should be none.
        types: Individual and class that follow and were not stated, sorted.
        individuals: Addresses of the individuals at fault, sorted.
        faults: A smallest set of facts that contradict the ontology, sorted.
        explanation: Pellet's words; empty where Pellet does not run or nothing is wrong.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    individuals: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    explanation: str = ""


def check(graph: Graph, *, explain: bool = True) -> Verdict:
    """Whether a graph is consistent with the ontology; and if it is, of what classes its individuals are.

    Args:
        graph: N-Quads text, a pyoxigraph store, or quads.
        explain: Whether to look for the facts at fault, which asks the reasoner again and again.

    Raises:
        MissingExtraError: If there is no Java.
        InvalidGraphError: If the graph is no N-Quads, or nothing that the reasoner can read.
    """
    found = list(axioms.quads(graph))
    stated = axioms.assertions(found)
    outcome = java.hermit(axioms.terms() + stated)
    if outcome.consistent:
        lines = set(stated.decode().splitlines())
        new = (t for t in outcome.types if f"<{t[0]}> <{axioms.TYPE}> <{t[1]}> ." not in lines)
        return Verdict(consistent=True, unsatisfiable=outcome.unsatisfiable, types=tuple(sorted(new)))
    return _explained(found, stated) if explain else Verdict(consistent=False)


def infer(graph: Graph) -> tuple[Inference, ...]:
    """What the rules add to the default graph, each triple with its rule; the graph stays as it is.

    Raises:
        InvalidGraphError: If the graph is no N-Quads.
    """
    return rules.inferences(axioms.quads(graph))


def _explained(found: Sequence[Quad], stated: bytes) -> Verdict:
    lines = stated.decode().splitlines()
    words = java.explain(axioms.terms() + stated) or ""
    facts = smallest(_suspects(lines, words), _contradicts)
    individuals = {iri for fact in facts for iri in _INSTANCE.findall(fact)}
    return Verdict(
        consistent=False,
        individuals=tuple(sorted(individuals)),
        faults=_with_quotes(found, facts),
        explanation=words,
    )


def _suspects(lines: Sequence[str], words: str) -> list[str]:
    """The facts that Pellet tells, else those about what it names, if they contradict; else all facts."""
    told = {tuple(line.split()) for line in words.splitlines()}
    named = set(re.findall(r"[^\s(),]+", words))
    exact = [line for line in lines if _as_told(line) in told]
    about = [line for line in lines if {iri.rsplit("/", 1)[1] for iri in _INSTANCE.findall(line)} & named]
    return next((some for some in (exact, about) if some and _contradicts(some)), list(lines))


def _as_told(line: str) -> tuple[str, ...]:
    """A fact as Pellet writes it: the last steps of its three addresses."""
    return tuple(re.split(r"[/#]", term.strip("<>"))[-1] for term in line.removesuffix(" .").split(" ", 2))


def _contradicts(lines: Sequence[str]) -> bool:
    facts = "".join(f"{line}\n" for line in lines).encode()
    return not java.hermit(axioms.terms() + facts).consistent


def smallest(lines: Sequence[str], fails: Callable[[Sequence[str]], bool]) -> list[str]:
    """A smallest part of the lines that still fails: without any one of them it does not.

    Zeller's minimising delta debugging: leave out ever smaller pieces for as long as the rest fails.
    """
    kept, pieces = list(lines), 2
    while len(kept) > 1:
        size = -(-len(kept) // pieces)
        rests = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        rest = next((rest for rest in rests if rest and fails(rest)), None)
        if rest is not None:
            kept, pieces = rest, max(pieces - 1, 2)
        elif size == 1:
            break
        else:
            pieces = min(pieces * 2, len(kept))
    return kept


def _with_quotes(found: Sequence[Quad], facts: Sequence[str]) -> tuple[Fault, ...]:
    from pyoxigraph import NamedNode, Store

    store = Store()
    store.bulk_extend(found)
    faults = []
    for fact in facts:
        quotes = (quote_of(store, NamedNode(iri)) for iri in _INSTANCE.findall(fact))
        faults.append(Fault(fact=fact, quote=next((quote for quote in quotes if quote), None)))
    return tuple(faults)
