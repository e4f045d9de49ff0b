"""The verb ``reciprocity``: which visits were returned, how soon, and how far visits balance overall."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from diplograph.cli.options import AsOfOption, FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, show, write

WithinOption = Annotated[
    int, typer.Option("--within", metavar="DAYS", min=1, help="Days within which a return counts.")
]
COLUMNS = ["guest", "host", "when", "place", "answer", "days", "returned"]


def run(
    within: WithinOption = 365, as_of: AsOfOption = None, store: StoreOption = None, form: FormatOption = None
) -> None:
    """Show which visits were returned, and how soon.

    Example: diplograph reciprocity --within 180
    """
    from diplograph import record
    from diplograph.analysis import reciprocity

    _, wanted = chosen(form)
    with graph(store) as kg:
        until = day(as_of, "--as-of") or kg.as_of()
        found = reciprocity.returns(kg.facts(), within=within, as_of=until)
        table, rate = record.of_returns(found, kg.names), reciprocity.rate(found)
        overall = reciprocity.reciprocity(kg.facts(), as_of=until)
    figures = {
        "visits": len(table),
        "returned": rate.returned,
        "at_risk": rate.at_risk,
        "open": rate.open,
        "reciprocity": overall.weighted,
    }
    if wanted in {Format.JSON, Format.JSONL}:
        show([{**figures, "rows": list(table)}], [], wanted)
        return
    show(table, COLUMNS, wanted, empty="no visit found")
    if wanted is Format.TABLE and table:
        write(_told(figures, within))


def _told(figures: dict[str, Any], within: int) -> str:
    share = "" if figures["reciprocity"] is None else f"; reciprocity 2Σmin/Σw = {figures['reciprocity']:.2f}"
    return (
        f"\n{figures['returned']} of {figures['at_risk']} visits were returned within {within} days; "
        f"{figures['open']} can still be returned in time{share}"
    )
