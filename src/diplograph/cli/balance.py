"""The verb ``balance``: how many visits went either way, for every pair or one."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import AsOfOption, FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import show

PairArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATE STATE", help="A pair of states; all pairs if none is named.", show_default=False
    ),
]


def run(
    states: PairArgument = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Count held visits both ways.

    Example: diplograph balance Korea Japan
    """
    from diplograph import record
    from diplograph.analysis import balance

    _, wanted = chosen(form)
    until = day(as_of, "--as-of")
    if states and len(states) != 2:
        raise typer.BadParameter(f"a balance is between two states, and {len(states)} were named")
    with graph(store) as kg:
        table = (
            kg.pair(*states).balance(until)
            if states
            else record.of_balances(balance.balances(kg.facts(), as_of=until), kg.names)
        )
    show(table, ["a", "b", "a_to_b", "b_to_a", "difference"], wanted, empty="no visit found")
