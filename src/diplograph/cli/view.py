"""The verb ``view``: a picture of the graph as one HTML file that works without a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diplograph.cli.options import StoreOption, graph
from diplograph.cli.output import write


class Picture(StrEnum):
    """What is drawn."""

    NETWORK = "network"
    PAIR = "pair"
    EVENT = "event"
    SOURCE = "source"


PictureArgument = Annotated[
    Picture, typer.Argument(metavar="PICTURE", help="What to draw: network, pair, event or source.")
]
SubjectArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OF",
        help="States for network and pair, the id of an event, or the id or name of a source.",
        show_default=False,
    ),
]
FileOption = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file to write.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]


def run(
    picture: PictureArgument = Picture.NETWORK,
    of: SubjectArgument = None,
    output: FileOption = Path("diplograph.html"),
    open_it: OpenOption = False,
    store: StoreOption = None,
) -> None:
    """Draw the graph, a pair, an event or a source in HTML.

    The file holds all it needs and works without a network; its path is printed.

    Example: diplograph view pair Korea Japan -o korea-japan.html --open
    """
    subjects = of or []
    wanted = {Picture.PAIR: 2, Picture.EVENT: 1, Picture.SOURCE: 1}.get(picture, len(subjects))
    if len(subjects) != wanted:
        raise typer.BadParameter(
            f"{picture.value} is of {wanted}, and {len(subjects)} were named", param_hint="OF"
        )
    with graph(store) as kg:
        page = kg.view(*subjects) if picture is Picture.NETWORK else kg.page(picture.value, *subjects)
        target = page.save(output)
    write(str(target))
    if open_it:
        typer.launch(str(target))
