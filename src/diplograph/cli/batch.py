"""The verb ``batch``: archives read and merged on a Spark cluster, or by Spark on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import PublishedOption, day
from diplograph.cli.output import say

InputsArgument = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="Folders, files and patterns: documents and event data."),
]
TargetOption = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Folder for the parts; new, or that of this batch."),
]
MasterOption = Annotated[str, typer.Option("--master", metavar="URL", help="The Spark master.")]
FormOption = Annotated[
    str, typer.Option("--format", metavar="NAME", help="Format of event data, as for diplograph import.")
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="TOML that says what the columns of a table mean.",
        show_default=False,
    ),
]
IntoOption = Annotated[
    Path | None,
    typer.Option("--into", metavar="DIR", help="Load the parts into this new store.", show_default=False),
]


def run(
    inputs: InputsArgument,
    output: TargetOption,
    published: PublishedOption = None,
    master: MasterOption = "local[*]",
    form: FormOption = "auto",
    mapping: MappingOption = None,
    into: IntoOption = None,
) -> None:
    """Read and merge archives with Spark into parts ready for bulk loading.

    Needs the extra "spark" and a Java 17 or 21. Interrupted, the same command goes on where it ended.

    Example: diplograph batch articles -o parts --into kg
    """
    from diplograph import batch, settings

    settings.adopt(settings.load())
    done = batch.run(
        inputs,
        output,
        published=day(published, "--published"),
        form=form,
        mapping=mapping,
        master=master,
    )
    told = f"{done.documents} documents, {done.reports} reports, {done.events} events"
    say(f"{told}, {done.replaced} replaced by others, {len(done.failures)} failed; wrote {output}")
    for failure in done.failures:
        say(f"diplograph: {failure}")
    if into is not None:
        say(f"loaded {batch.load(output, into)} sources into {into}")
    if done.failures:
        raise typer.Exit(Exit.PARTIAL if done.documents else Exit.FAILED)
