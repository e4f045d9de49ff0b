"""The verb ``batch``: folders of documents read on a Spark cluster or on this machine's cores by Spark."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import PublishedOption, day
from diplograph.cli.output import say

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of documents.")]
TargetOption = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Folder for the JSON lines; must not be there yet."),
]
MasterOption = Annotated[str, typer.Option("--master", metavar="URL", help="The Spark master.")]


def run(
    folder: FolderArgument,
    output: TargetOption,
    published: PublishedOption = None,
    master: MasterOption = "local[*]",
) -> None:
    """Read a folder with Spark into JSON lines.

    The lines are those of diplograph extract. Needs the extra "spark" and a Java 17 or 21.

    Example: diplograph batch articles -o events
    """
    from diplograph import settings
    from diplograph.batch import read_folder

    settings.adopt(settings.load())
    done = read_folder(folder, output, published=day(published, "--published"), master=master)
    say(f"{done.documents} documents, {done.events} events, {len(done.failures)} failed; wrote {output}")
    for failure in done.failures:
        say(f"diplograph: {failure}")
    if done.failures:
        raise typer.Exit(Exit.PARTIAL if done.documents else Exit.FAILED)
