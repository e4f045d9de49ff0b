"""The verb ``balance``: how many visits went either way, for every pair or one, or by state."""

from __future__ import annotations

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
    SchemeOption,
    SinceOption,
    UntilOption,
)
from diplograph.cli.options import AsOfOption, FormatOption, PairArgument, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, show, write


class By(StrEnum):
    """What a row is."""

    PAIR = "pair"
    STATE = "state"


ByOption = Annotated[By, typer.Option("--by", help="What a row is.")]
TOLD = {
    By.PAIR: "difference: visits of a to b less visits of b to a; undated visits count.",
    By.STATE: "difference: journeys made less journeys received; undated visits count.",
}


def run(
    states: PairArgument = None,
    by: ByOption = By.PAIR,
    scheme: SchemeOption = "equal",
    between: BetweenOption = None,
    state: InvolvingOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    level: LevelOption = None,
    status: CountedOption = None,
    kind: KindOption = None,
    gatherings: GatheringsOption = True,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Count held visits both ways.

    Example: diplograph balance Korea Japan
    """
    from diplograph import record
    from diplograph.analysis import balance, plots

    _, wanted = chosen(form)
    pair = narrowing.pair(states) if states else None
    asked = narrowing.scope(
        between=between, states=state, since=since, until=until, level=level, kinds=kind, statuses=status
    )
    counts: dict[str, Any] = {"multilateral": gatherings is not False, "as_of": day(as_of, "--as-of")}
    with graph(store) as kg:
        visits = narrowing.visits(kg, asked)
        names = kg.names
    if by is By.STATE:
        table = _by_state(balance.states(visits, **counts), names)
        show(table, ["state", "made", "received", "difference"], wanted, empty="no visit found")
    else:
        rows = (
            (balance.balance(visits, *pair, scheme=scheme, **counts),)
            if pair
            else balance.balances(visits, scheme=scheme, **counts)
        )
        table = _weighed(list(record.of_balances(rows, names)), rows, scheme)
        weights = [] if scheme == "equal" else ["weight_a_to_b", "weight_b_to_a"]
        show(
            table,
            ["a", "b", "a_to_b", "b_to_a", "difference", *weights],
            wanted,
            empty="no visit found",
        )
        narrowing.plotted(plot, "Visits both ways", lambda: plots.balances(rows, names))
    if wanted is Format.TABLE and table:
        write(narrowing.explained(TOLD[by]))


def _weighed(table: list[Any], rows: Any, scheme: str) -> list[Any]:
    """The rows with their weights, where a scheme was asked for."""
    if scheme == "equal":
        return table
    return [
        {**told, "weight_a_to_b": row.weight_out, "weight_b_to_a": row.weight_back}
        for told, row in zip(table, rows, strict=True)
    ]


def _by_state(rows: Any, names: dict[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: (-len(row.made) - len(row.received), row.state))
    return [
        {
            "state": names.get(row.state, row.state),
            "made": len(row.made),
            "received": len(row.received),
            "difference": row.difference,
            "events": list(dict.fromkeys((*row.made, *row.received))),
        }
        for row in ordered
    ]
