"""The verb ``diff``: what changed between two days."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import show

SinceOption = Annotated[
    str,
    typer.Option(
        "--since", metavar="DATE", help="What was told after this day (YYYY-MM-DD).", show_default=False
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="DATE",
        help="And up to this day.  [default: that of the newest source]",
        show_default=False,
    ),
]


def run(
    since: SinceOption,
    until: UntilOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """List what changed between two days, with sources.

    Events that are new, moved, contradicted or gone.

    Days are days of publication: the graph as it could be known on the one is held against that of the other.

    Example: diplograph diff --since 2025-08-01 --until 2025-12-31
    """
    from dataclasses import asdict

    from diplograph.store.difference import difference

    _, wanted = chosen(form)
    first, last = day(since, "--since"), day(until, "--until")
    assert first is not None, "an option that must be given"
    with graph(store) as kg:
        found = difference(kg.store, first, last)
    rows = [{**asdict(one), "kind": one.kind.value, "sources": list(one.sources)} for one in found]
    headings = ["kind", "event", "field", "before", "after", "sources"]
    show(rows, headings, wanted, empty="nothing changed")
