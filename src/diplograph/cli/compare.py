"""The verb ``compare``: two periods side by side, and whose visits became more or fewer."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

import typer

from diplograph.cli import narrowing
from diplograph.cli.narrowing import (
    BetweenOption,
    CountedOption,
    GatheringsOption,
    InvolvingOption,
    KindOption,
    LevelOption,
    PlotOption,
)
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, say, show, write

FirstArgument = Annotated[
    str, typer.Argument(metavar="FROM..TO", help="The earlier period, as 2001..2008 or 2001-03-15..2004.")
]
SecondArgument = Annotated[str, typer.Argument(metavar="FROM..TO", help="The later period.")]


class By(StrEnum):
    """What a row is."""

    DYAD = "dyad"
    WAY = "way"
    GUEST = "guest"
    HOST = "host"


class Correction(StrEnum):
    """How p values are corrected."""

    BH = "bh"
    HOLM = "holm"
    NONE = "none"


ByOption = Annotated[By, typer.Option("--by", help="What a row is: a pair, a direction, a guest or a host.")]
CorrectionOption = Annotated[
    Correction,
    typer.Option("--correction", help="For many rows: Benjamini and Hochberg, Holm, or none."),
]
HEADINGS = ["key", "before", "after", "rate_before", "rate_after", "ratio", "p", "p_corrected"]
TOLD = (
    "before, after: visits that surely began in each period; rates by year; p: exact, two-sided, that the "
    "rate did not change, corrected for the number of rows."
)


def run(
    first: FirstArgument,
    second: SecondArgument,
    by: ByOption = By.DYAD,
    correction: CorrectionOption = Correction.BH,
    between: BetweenOption = None,
    state: InvolvingOption = None,
    level: LevelOption = None,
    status: CountedOption = None,
    kind: KindOption = None,
    gatherings: GatheringsOption = True,
    plot: PlotOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Compare two periods: whose visits became more, whose fewer.

    Example: diplograph compare 2023..2024 2025..2026 --by dyad
    """
    from diplograph.analysis import flat, multiple, periods, plots

    _, wanted = chosen(form)
    spans = _period(first, "FROM..TO"), _period(second, "FROM..TO")
    asked = narrowing.scope(between=between, states=state, level=level, kinds=kind, statuses=status)
    with graph(store) as kg:
        visits = narrowing.visits(kg, asked)
        names = kg.names
    try:
        found = periods.compare(
            visits,
            *spans,
            by=periods.By(by.value),
            correction=multiple.Correction(correction.value),
            multilateral=gatherings is not False,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    rows = flat.rows(found.rows, names)
    table = [flat.counted(row, "before", "after") for row in rows]
    overall = {name: flat.row(getattr(found, name), names) for name in ("before", "after")}
    if wanted in {Format.JSON, Format.JSONL}:
        show([{**overall, "undated": list(found.undated), "rows": rows}], [], wanted)
    else:
        show(table, HEADINGS, wanted, empty="no visit found in either period")
    if wanted is Format.TABLE and table:
        write(_overall(found) + narrowing.explained(TOLD))
    doubtful = len({*found.before.doubtful, *found.after.doubtful})
    if doubtful or found.undated:
        say(
            f"left out: {doubtful} visits whose dates leave the period open, "
            f"{len(found.undated)} without a date"
        )
    narrowing.plotted(plot, "Two periods", lambda: plots.comparison(found, names))


def _period(text: str, argument: str) -> Any:
    from diplograph.analysis.periods import Period

    found = re.fullmatch(r"(\S+?)\.\.(\S+)", text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no period; write it as 2001..2008", param_hint=argument)
    first = narrowing.bound(found[1], argument, last=False)
    last = narrowing.bound(found[2], argument, last=True)
    return Period(first=first, last=last)  # type: ignore[arg-type]  # bound gives None for None alone


def _overall(found: Any) -> str:
    told = [
        f"{period.first} to {period.last}: {one.visits} visits between {one.dyads} pairs"
        + ("" if one.reciprocity is None else f", reciprocity 2Σmin/Σw = {one.reciprocity:.2f}")
        for period, one in ((found.first, found.before), (found.second, found.after))
    ]
    return "\n" + "\n".join(told) + "\n"
