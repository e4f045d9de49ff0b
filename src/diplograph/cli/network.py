"""The verb ``network``: who travels to whom, ranks, triads, gatherings and ties; or a file for Gephi."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
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
    SeedOption,
    SinceOption,
    UntilOption,
)
from diplograph.cli.options import AsOfOption, FormatOption, OutputOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, say, show, write


class Nodes(StrEnum):
    """What a node of the network is."""

    STATES = "states"
    LEADERS = "leaders"


class By(StrEnum):
    """What a row is."""

    EDGE = "edge"
    RANK = "rank"
    TRIAD = "triad"
    GATHERING = "gathering"
    SHARED = "shared"
    TIE = "tie"


NodesOption = Annotated[Nodes, typer.Option("--nodes", help="What a node is, in a file for Gephi.")]
ByOption = Annotated[
    By,
    typer.Option(
        "--by",
        help="edge: who travels to whom; rank: hosts, bridges, communities; triad: the census; gathering: "
        "who attended; shared: pairs by gatherings; tie: contact against tension.",
    ),
]
# What is asked of meetings and tensions as well, not of visits alone.
EVENTS = frozenset({By.GATHERING, By.SHARED, By.TIE})
HEADINGS = {
    By.EDGE: ["guest", "host", "visits", "first", "last"],
    By.RANK: ["state", "made", "hosted", "partners", "pagerank", "betweenness", "community", "bridging"],
    By.TRIAD: ["triad", "count"],
    By.GATHERING: ["gathering", "name", "states"],
    By.SHARED: ["a", "b", "weight", "gatherings"],
    By.TIE: ["a", "b", "contact", "tension", "score", "sign"],
}
TOLD = {
    By.EDGE: "Journeys from guest to host, the most frequent first.",
    By.RANK: "pagerank: whom important guests visit; betweenness: how many shortest chains lead through a "
    "state; bridging: 0 if all visits stay in one community, towards 1 if in many.",
    By.TRIAD: "Triads by the names of Holland and Leinhardt; 300: three that all visit one another.",
    By.GATHERING: "States told to have attended each gathering.",
    By.SHARED: "Each gathering of n states adds 1/(n − 1) to the weight of its pairs (Newman 2001).",
    By.TIE: "sign: of contact less tension; score: sum of Goldstein scores.",
}


def run(
    nodes: NodesOption = Nodes.STATES,
    by: ByOption = By.EDGE,
    seed: SeedOption = 0,
    between: BetweenOption = None,
    state: InvolvingOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    level: LevelOption = None,
    status: CountedOption = None,
    kind: KindOption = None,
    gatherings: GatheringsOption = True,
    plot: PlotOption = None,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show who travels to whom.

    A file that ends in .graphml, .gexf or .net is for Gephi.

    Example: diplograph network -o visits.graphml
    """
    from diplograph.analysis import columns, journeys, plots

    _, wanted = chosen(form)
    until_day = day(as_of, "--as-of")
    asked = narrowing.scope(
        between=between, states=state, since=since, until=until, level=level, kinds=kind, statuses=status
    )
    counts: dict[str, Any] = {"multilateral": gatherings is not False, "as_of": until_day}
    with graph(store) as kg:
        names = kg.names
        whole = output is not None or by in EVENTS
        events = narrowing.narrowed(kg.facts(), asked).events if whole else ()
        visits = columns.of_events(events) if whole else narrowing.visits(kg, asked)
    if output is not None:
        _save(output, events, nodes, names, counts)
        return
    found = journeys.in_order(columns.chosen(visits, **counts).journeys)
    table, told = _table(by, events, found, names, seed), TOLD[by]
    show(table, HEADINGS[by], wanted, empty="no visit found" if by is By.EDGE else "nothing found")
    if wanted is Format.TABLE and table:
        write(narrowing.explained(told + _balance(by, events)))
    narrowing.plotted(plot, "Who visits whom", lambda: plots.matrix(found, names))


def _save(
    path: Path, events: Sequence[Any], nodes: Nodes, names: dict[str, str], counts: dict[str, Any]
) -> None:
    from diplograph.analysis import network, networkfiles

    made = network.visits(events, nodes=nodes.value, names=names, **counts)
    path.write_text(networkfiles.text(made, networkfiles.form_of(path)), encoding="utf-8")
    say(f"wrote {path}")


def _table(
    by: By, events: Sequence[Any], found: Sequence[Any], names: dict[str, str], seed: int
) -> list[dict[str, Any]]:
    from diplograph import record
    from diplograph.analysis import centrality, flat, gatherings, signed

    if by is By.EDGE:
        return [dict(row) for row in record.of_edges(found, names)]
    if by is By.RANK:
        return flat.rows(centrality.ranks(found, seed=seed), names)
    if by is By.TRIAD:
        return [{"triad": kind, "count": number} for kind, number in gatherings.triads(found).items()]
    if by is By.TIE:
        return [flat.counted(row, "contact", "tension") for row in flat.rows(signed.ties(events), names)]
    attended = gatherings.attendances(events)
    return flat.rows(attended if by is By.GATHERING else gatherings.shared(attended), names)


def _balance(by: By, events: Sequence[Any]) -> str:
    """Of ties, how balanced their triads are."""
    from diplograph.analysis import signed

    if by is not By.TIE:
        return ""
    found = signed.balance(signed.ties(events))
    return f" {found.balanced} of {found.triads} triads are balanced (Cartwright and Harary 1956)."
