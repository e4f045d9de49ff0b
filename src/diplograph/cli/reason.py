"""The verb ``reason``: what follows from the graph by which rule, and whether it contradicts the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, Row, say, show
from diplograph.vocab import DG, ID, RDF, RDFS

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from diplograph.graph.reasoning import Fault, Verdict
    from diplograph.graph.rules import Inference

RulesOption = Annotated[bool, typer.Option("--rules", help="Only run the rules; do not ask the reasoner.")]
CheckOption = Annotated[bool, typer.Option("--check", help="Only ask the reasoner; do not list inferences.")]
RuleOption = Annotated[
    str | None, typer.Option("--rule", metavar="NAME", help="Only the inferences of this rule.")
]


def run(
    rules: RulesOption = False,
    check: CheckOption = False,
    rule: RuleOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show what follows by which rule, and what contradicts.

    The rules of ontology/rules/ are run anew over what is told, and the reasoner HermiT judges the whole. An
    inconsistency is told by the smallest set of facts that contradict the ontology, with their sentences, and
    ends with exit code 4. The reasoner needs the extra "reason", which brings Java.

    Example: diplograph reason --rules --rule returns
    """
    from dataclasses import asdict

    from diplograph.graph import reasoning
    from diplograph.store import whole

    if rules and check:
        raise typer.BadParameter("--rules and --check exclude each other", param_hint="--check")
    _, wanted = chosen(form)
    with graph(store) as kg:
        quads = whole.quads(kg.store)
    found = () if check else _of_rule(reasoning.infer(quads), rule)
    verdict, labels = None if rules else _judged(quads), _labels(quads)
    if wanted in {Format.JSON, Format.JSONL} and verdict:
        rows = [_inference(one, labels) for one in found]
        show([{**asdict(verdict), "inferences": rows}], [], wanted)
    elif verdict and not verdict.consistent:
        show([_fault(fault) for fault in verdict.faults], ["fact", "quote"], wanted)
    elif not check:
        show(
            [_inference(one, labels) for one in found],
            ["rule", "subject", "predicate", "object", "label"],
            wanted,
            empty="the rules add nothing",
        )
    if not check:
        say(_counted(found))
    _leave(verdict)


def _judged(quads: list[Quad]) -> Verdict:
    from diplograph.graph import reasoning

    say("asking HermiT; a graph of a hundred events takes it half a minute")
    return reasoning.check(quads)


def _leave(verdict: Verdict | None) -> None:
    if verdict is None:
        return
    if verdict.consistent:
        say(f"consistent; the reasoner adds {len(verdict.types)} types that the rules leave out")
        return
    say("diplograph: the graph contradicts the ontology")
    raise typer.Exit(Exit.NONCONFORMING)


def _of_rule(found: tuple[Inference, ...], rule: str | None) -> tuple[Inference, ...]:
    from diplograph.graph import rules

    known = sorted(one.name for one in rules.rules())
    if rule is not None and rule not in known:
        raise typer.BadParameter(
            f"no rule is called {rule!r}; there are: {', '.join(known)}", param_hint="--rule"
        )
    return tuple(one for one in found if rule in (None, one.rule))


def _counted(found: tuple[Inference, ...]) -> str:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.rule] = counts.get(one.rule, 0) + 1
    told = ", ".join(f"{name} {number}" for name, number in counts.items())
    return f"{len(found)} inferences" + (f": {told}" if told else "")


def _inference(one: Inference, labels: dict[str, str]) -> Row:
    return {
        "rule": one.rule,
        "subject": _short(one.subject),
        "predicate": _short(one.predicate),
        "object": _short(one.object),
        "label": labels.get(one.subject),
    }


def _fault(fault: Fault) -> Row:
    terms = fault.fact.removesuffix(" .").split(" ", 2)
    return {"fact": " ".join(_short(term) for term in terms), "quote": fault.quote}


def _labels(quads: list[Quad]) -> dict[str, str]:
    """What the things of the graph are called; the words of a label that comes first in the alphabet."""
    told = (quad for quad in quads if quad.predicate.value == f"{RDFS}label")
    found = sorted((getattr(quad.object, "value", ""), str(quad.subject)) for quad in told)
    return {subject: label for label, subject in reversed(found)}


def _short(term: str) -> str:
    """A term with a prefix in the place of our own addresses, as people read it."""
    if not (term.startswith("<") and term.endswith(">")):
        return term
    address = term[1:-1]
    if address == f"{RDF}type":
        return "a"
    if address.startswith(ID):
        return address.removeprefix(ID).replace("/", ":", 1)
    return f"dg:{address.removeprefix(DG)}" if address.startswith(DG) else term
