"""The verb ``retract``: documents out of the graph, with all that only they told."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import StoreOption, graph
from diplograph.cli.output import say

SourcesArgument = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Ids, names or addresses, as diplograph stats lists them."),
]


def run(sources: SourcesArgument, store: StoreOption = None) -> None:
    """Take documents out; the events they touched are derived anew.

    Example: diplograph retract data/articles/2012-08-24-after-kyoto.md
    """
    from diplograph import pipeline

    with graph(store, read_only=False) as kg:
        for wanted in sources:
            say(f"took out {wanted}: {', '.join(pipeline.retract(kg.store, wanted))}")
