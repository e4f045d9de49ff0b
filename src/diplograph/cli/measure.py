"""The verb ``measure``: any measure that is plugged in, our own and those of other packages."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, Final

import typer

from diplograph.cli import words
from diplograph.cli.options import AsOfOption, FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, Row, say, show
from diplograph.errors import likely

NameArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="MEASURE",
        help="Its name; without one, all are listed.",
        show_default=False,
        autocompletion=words.measures,
    ),
]
StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATE",
        help="States: two for a measure of two; of others, only what involves all of them is measured.",
        show_default=False,
        autocompletion=words.states,
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A parameter of the measure's own; may be repeated.",
        show_default=False,
    ),
]
# Ids are for programs; a table for people has room for what they mean.
_IDS: Final = frozenset({"events"})
_NONE: Final = "nothing to measure found"


def run(
    name: NameArgument = None,
    states: StatesArgument = None,
    setting: SetOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Run any measure by its name, or list them all.

    The measures that have verbs of their own, such as shuttle, tell more there.

    Example: diplograph measure returns Korea Japan --set within=365
    """
    from diplograph.cli.plugs import listed
    from diplograph.plugins import Socket, plugs

    _, wanted = chosen(form)
    if name is None:
        rows, faults = listed([Socket.MEASURE])
        show(rows, ["name", "purpose", "package"], wanted)
        for fault in faults:
            say(f"diplograph: {fault}")
        return
    known = {plug.name for plug in plugs(Socket.MEASURE)}
    if name not in known:
        raise typer.BadParameter(f"{name!r} is no measure{likely(name, known)}", param_hint="MEASURE")
    options = dict(_option(text) for text in setting or ())
    with graph(store) as kg:
        table = kg.measure(name, *(states or ()), as_of=day(as_of, "--as-of"), options=options)
    if wanted is Format.TABLE:
        show(
            map(_brief, table),
            [h for h in table.headings if h not in _IDS] or ["events"],
            wanted,
            empty=_NONE,
        )
    else:
        show(table, table.headings, wanted)


def _brief(row: Row) -> Row:
    """A row in which whatever holds rows of its own is told by its number."""
    return {
        key: len(value) if isinstance(value, list) and value and isinstance(value[0], dict) else value
        for key, value in row.items()
    }


def _option(text: str) -> tuple[str, Any]:
    """``within=365`` as a name and a value: a number, yes or no, a day, or text."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise typer.BadParameter(f"{text!r} sets nothing; write it as within=365", param_hint="--set")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return name, date.fromisoformat(value)
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
