"""The verb ``view``: a picture of the graph as one HTML file that works without a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from diplograph.cli import words
from diplograph.cli.options import PastOption, StoreOption, graph
from diplograph.cli.output import write
from diplograph.errors import likely


class Picture(StrEnum):
    """What is drawn."""

    NETWORK = "network"
    PAIR = "pair"
    STATE = "state"
    LEADER = "leader"
    EVENT = "event"
    WHY = "why"
    ISSUE = "issue"
    GATHERING = "gathering"
    SOURCE = "source"
    MAP = "map"
    START = "start"
    CHANGES = "changes"
    QUESTIONS = "questions"
    ONTOLOGY = "ontology"


# How many subjects a picture is of; the network is of any number of states.
_OF: Final = {
    Picture.PAIR: 2,
    **dict.fromkeys(
        (
            Picture.STATE,
            Picture.LEADER,
            Picture.EVENT,
            Picture.WHY,
            Picture.ISSUE,
            Picture.GATHERING,
            Picture.SOURCE,
        ),
        1,
    ),
    **dict.fromkeys((Picture.MAP, Picture.START, Picture.CHANGES, Picture.QUESTIONS, Picture.ONTOLOGY), 0),
}

PictureArgument = Annotated[
    str,
    typer.Argument(
        metavar="PICTURE",
        help="What to draw: network, pair, state, leader, event, why, issue, gathering, source, map, start, "
        "changes, questions or ontology; strip or sparkline of a pair as SVG; or a view that is plugged in.",
        autocompletion=words.pictures,
    ),
]
SubjectArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OF",
        help="States for network, pair and state, the id of an event, the slug of a leader, issue or "
        "gathering, or the id or name of a source.",
        show_default=False,
    ),
]
FileOption = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file to write.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]


def run(
    picture: PictureArgument = Picture.NETWORK.value,
    of: SubjectArgument = None,
    output: FileOption = Path("diplograph.html"),
    open_it: OpenOption = False,
    as_of: PastOption = None,
    store: StoreOption = None,
) -> None:
    """Draw the graph, a map or any other page in HTML.

    The file holds all it needs and works without a network; its path is printed.

    Example: diplograph view pair Korea Japan -o korea-japan.html --open
    """
    subjects = of or []
    _check(picture, len(subjects))
    with graph(store, as_of=as_of) as kg:
        page = kg.page(picture, *subjects)
        target = page.save(output)
    write(str(target))
    if open_it:
        typer.launch(str(target))


def _check(picture: str, number: int) -> None:
    """Whether there is such a picture, and it is of so many subjects."""
    from diplograph import pages

    if picture not in pages.kinds():
        raise typer.BadParameter(
            f"{picture!r} is no picture{likely(picture, pages.kinds())}", param_hint="PICTURE"
        )
    wanted = _OF.get(Picture(picture), number) if picture in set(Picture) else number
    if number != wanted:
        raise typer.BadParameter(f"{picture} is of {wanted}, and {number} were named", param_hint="OF")
