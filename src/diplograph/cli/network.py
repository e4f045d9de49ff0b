"""The verb ``network``: who travels to whom, as weighted directed edges or as a file for Gephi."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from diplograph.cli.options import AsOfOption, FormatOption, OutputOption, StoreOption, chosen, day, graph
from diplograph.cli.output import say, show


class Nodes(StrEnum):
    """What a node of the network is."""

    STATES = "states"
    LEADERS = "leaders"


NodesOption = Annotated[Nodes, typer.Option("--nodes", help="What a node is, in a file for Gephi.")]


def run(
    nodes: NodesOption = Nodes.STATES,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show who travels to whom; -o FILE.graphml is for Gephi.

    Example: diplograph network -o visits.graphml
    """
    from diplograph import record
    from diplograph.analysis import journeys

    _, wanted = chosen(form)
    until = day(as_of, "--as-of")
    with graph(store) as kg:
        if output is not None:
            import networkx as nx

            nx.write_graphml(kg.to_networkx(nodes=nodes.value, as_of=until), output)
            say(f"wrote {output}")
            return
        table = record.of_edges(journeys.journeys(kg.facts(), as_of=until), kg.names)
    show(table, ["guest", "host", "visits", "first", "last"], wanted, empty="no visit found")
