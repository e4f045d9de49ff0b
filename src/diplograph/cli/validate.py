"""The verb ``validate``: whether the graph conforms to its shapes."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import say, show

SlowOption = Annotated[bool, typer.Option("--pyshacl", help="Ask pyshacl instead; slower, finds the same.")]


def run(pyshacl: SlowOption = False, store: StoreOption = None, form: FormatOption = None) -> None:
    """Check the graph against the SHACL shapes.

    Exit code 4 if it does not conform; warnings are told and do no harm.
    """
    from dataclasses import asdict

    from diplograph.graph import validation

    _, wanted = chosen(form)
    with graph(store) as kg:
        quads = kg.export("nq")
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
