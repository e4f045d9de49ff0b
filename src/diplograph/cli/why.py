"""The verb ``why``: the words of the sources behind an event, or behind one statement about it."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import FormatOption, PastOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, clean, show, write

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="An event or report: its id or address.")]
PropertyArgument = Annotated[
    str | None,
    typer.Argument(metavar="PROPERTY", help="A property of it, such as place.", show_default=False),
]
ValueArgument = Annotated[
    str | None, typer.Argument(metavar="VALUE", help="One value of the property.", show_default=False)
]


def run(
    event: EventArgument,
    property_: PropertyArgument = None,
    value: ValueArgument = None,
    as_of: PastOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show source, quote, offsets, speaker and rule behind a fact.

    The ids of events stand in diplograph timeline; the beginning of one is enough.

    Example: diplograph why 87f6f1a9f5 place
    """
    from dataclasses import asdict

    _, wanted = chosen(form)
    with graph(store, as_of=as_of) as kg:
        citations = kg.why(event, property_, value)
    if wanted is not Format.TABLE:
        rows = [asdict(one) for one in citations]
        show(rows, list(rows[0]) if rows else [], wanted)
        return
    for one in citations:
        told = f", according to {one.attribution}" if one.attribution else ""
        dated = f", {one.published}" if one.published else ""
        stance = "" if one.stance == "for" else "  (contradicts)"
        where = f"{one.source_name}{dated}{told}, characters {one.start}–{one.end}{stance}"
        how = f"{one.field}: {one.rule} ({one.extractor}), confidence {one.confidence:.2f}"
        write(clean(f"“{one.quote}”\n    {where}\n    {how}"))
