"""The verb ``timeline``: events in order of time, each with its quote."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from diplograph.cli.brief import EVENT, shortened
from diplograph.cli.options import FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, Row, show
from diplograph.model import TimeSpan

StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="STATE", help="Only events that involve all of these states.", show_default=False),
]


SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only what lasted to this day or later.", show_default=False),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only what began by this day.", show_default=False),
]


def run(
    states: StatesArgument = None,
    since: SinceOption = None,
    until: UntilOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """List events in order of time, with quotes.

    Undated events are left out where a day is named.

    Example: diplograph timeline Korea Japan --since 2025-06-01
    """
    first, last = day(since, "--since"), day(until, "--until")
    _, wanted = chosen(form)
    with graph(store) as kg:
        table = kg.events(*(states or []))
    rows = [row for row in table if _within(row, first, last)]
    columns = EVENT if wanted is Format.TABLE else table.headings
    show(shortened(rows, wanted), columns, wanted, empty="no event found")


def _within(row: Row, first: date | None, last: date | None) -> bool:
    """Whether a row's time touches the days named."""
    if not (first or last):
        return True
    when = TimeSpan.parse(row["when"] or "")
    if when.start is None:
        return False
    return (first is None or when.latest_end() >= first) and (last is None or when.earliest_start() <= last)
