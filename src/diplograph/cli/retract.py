"""The verb ``retract``: documents out of the graph, with all that only they told."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import FormatOption, StoreOption, day, graph
from diplograph.cli.output import told

SourcesArgument = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Ids, names or addresses, as diplograph stats lists them."),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="The day on which it goes, for diff (YYYY-MM-DD).  [default: that of the newest source]",
        show_default=False,
    ),
]


def run(
    sources: SourcesArgument, on: OnOption = None, store: StoreOption = None, form: FormatOption = None
) -> None:
    """Take documents out; the events they touched are derived anew.

    A note stays that they were there, without what they said.

    Example: diplograph retract data/articles/2012-08-24-after-kyoto.md
    """
    from diplograph import pipeline

    gone_on = day(on, "--on")
    with graph(store, read_only=False) as kg:
        for wanted in sources:
            ids = pipeline.retract(kg.store, wanted, on=gone_on)
            told(f"took out {wanted}: {', '.join(ids)}", {"source": wanted, "ids": list(ids)}, form)
