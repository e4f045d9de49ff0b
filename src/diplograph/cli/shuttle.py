"""The verb ``shuttle``: the legs of two states' shuttle diplomacy, and whose turn it is."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.brief import shortened
from diplograph.cli.options import (
    AsOfOption,
    FormatOption,
    OtherArgument,
    StateArgument,
    StoreOption,
    WindowOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import Format, paragraph, show, write

BesideOption = Annotated[
    bool, typer.Option("--beside", help="List the visits that are no legs, too: single, planned, cancelled.")
]


def run(
    a: StateArgument,
    b: OtherArgument,
    window: WindowOption = 365,
    beside: BesideOption = False,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show the legs between two states, and whose turn it is.

    A leg is a visit of one state's leader to the other; meetings elsewhere are contact, not legs.

    Example: diplograph shuttle Korea Japan --as-of 2026-01-09
    """
    from diplograph import record

    _, wanted = chosen(form)
    with graph(store) as kg:
        pair = kg.pair(a, b)
        turn = pair.whose_turn(day(as_of, "--as-of"))
        exchange = pair.exchange(window=window, as_of=day(as_of, "--as-of"))
        legs = record.of_legs(exchange.shuttles, kg.names)
        others = record.beside(exchange, kg.names)
    if wanted in {Format.JSON, Format.JSONL}:
        told = {"turn": turn.turn, "sentence": turn.sentence, "events": turn.events}
        show([{**told, "legs": list(legs), "beside": list(others)}], [], wanted)
        return
    if wanted is Format.TABLE:
        write(paragraph(turn.sentence) + "\n\n")
    show(
        shortened(legs, wanted),
        ["shuttle", "leg", "guest", "host", "when", "place", "days", "event"],
        wanted,
        empty="no shuttle found",
    )
    if wanted is Format.TABLE and beside and others:
        write("\n")
        show(shortened(others, wanted), ["kind", "guest", "host", "when", "place", "status", "event"], wanted)
