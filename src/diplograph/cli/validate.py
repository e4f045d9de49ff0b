"""The verb ``validate``: whether the graph conforms to its shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import say, show
from diplograph.vocab import ID

if TYPE_CHECKING:
    from diplograph.graph.axioms import Graph
    from diplograph.kg import KnowledgeGraph

SlowOption = Annotated[bool, typer.Option("--pyshacl", help="Ask pyshacl instead; slower, finds the same.")]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="NAME", help="Only what this source brought, by its name or id."),
]


def run(
    pyshacl: SlowOption = False,
    source: SourceOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Check the graph against the SHACL shapes.

    A row names the node, the property, what should hold, and the sentence behind it. Exit code 4 if the graph
    does not conform; warnings are told and do no harm.

    Example: diplograph validate --source articles/seoul.txt --pyshacl
    """
    from dataclasses import asdict

    from diplograph.graph import validation

    _, wanted = chosen(form)
    with graph(store) as kg:
        quads: Graph = kg.export("nq")
        if source is not None:
            quads = [q for one in _ids(kg, source) for q in validation.part(quads, f"{ID}source/{one}")]
    report = (validation.validate if pyshacl else validation.validate_bulk)(quads)
    show(
        [asdict(row) for row in report.rows],
        ["severity", "focus", "path", "message", "quote"],
        wanted,
        empty="the graph conforms",
    )
    if not report.conforms:
        say("diplograph: the graph does not conform to its shapes")
        raise typer.Exit(Exit.NONCONFORMING)


def _ids(kg: KnowledgeGraph, name: str) -> tuple[str, ...]:
    """The ids of the sources of a name, or the name itself where it is one.

    Raises:
        typer.BadParameter: If there is no such source.
    """
    found = (name,) if kg.store.has(name) else kg.store.sources_named(name)
    if not found:
        raise typer.BadParameter(
            f"no source is called {name!r}; `diplograph stats` counts them", param_hint="--source"
        )
    return found
