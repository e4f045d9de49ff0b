"""The verb ``reason``: whether the graph is consistent with the ontology."""

from __future__ import annotations

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, say, show


def run(store: StoreOption = None, form: FormatOption = None) -> None:
    """Ask the reasoner HermiT whether the graph is consistent.

    An inconsistency is told by the smallest set of facts that contradict the ontology, with their quotes, and
    ends with exit code 4. Needs the extra "reason", which brings Java.
    """
    from dataclasses import asdict

    from diplograph.graph import reasoning

    _, wanted = chosen(form)
    with graph(store) as kg:
        quads = kg.export("nq")
    say("asking HermiT; a graph of a hundred events takes it half a minute")
    verdict = reasoning.check(quads)
    if wanted in {Format.JSON, Format.JSONL}:
        show([asdict(verdict)], [], wanted)
    elif verdict.consistent:
        say(f"consistent; {len(verdict.types)} types follow that were not stated")
    else:
        show([asdict(fault) for fault in verdict.faults], ["fact", "quote"], wanted)
    if not verdict.consistent:
        say("diplograph: the graph contradicts the ontology")
        raise typer.Exit(Exit.NONCONFORMING)
