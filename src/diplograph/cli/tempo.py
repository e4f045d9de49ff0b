"""The verb ``tempo``: the gaps between two states' visits, and where the rhythm broke."""

from __future__ import annotations

from diplograph.cli.options import (
    AsOfOption,
    FormatOption,
    OtherArgument,
    StateArgument,
    StoreOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import show


def run(
    a: StateArgument,
    b: OtherArgument,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show the gaps between visits, and the breaks.

    Example: diplograph tempo Korea Japan
    """
    _, wanted = chosen(form)
    with graph(store) as kg:
        table = kg.pair(a, b).tempo(day(as_of, "--as-of"))
    show(table, ["from", "to", "days", "broken"], wanted, empty="fewer than two dated visits")
