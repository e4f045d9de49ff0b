"""The verb ``timeline``: events in order of time, each with its quote."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.brief import EVENT, shortened
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, show

StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="STATE", help="Only events that involve all of these states.", show_default=False),
]


def run(states: StatesArgument = None, store: StoreOption = None, form: FormatOption = None) -> None:
    """List events in order of time, with quotes.

    Example: diplograph timeline Korea Japan
    """
    _, wanted = chosen(form)
    with graph(store) as kg:
        table = kg.events(*(states or []))
    columns = EVENT if wanted is Format.TABLE else table.headings
    show(shortened(table, wanted), columns, wanted, empty="no event found")
