"""The verb ``ingest``: documents into the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.inputs import JobsOption, PatienceOption, remark
from diplograph.cli.options import (
    FormatOption,
    InputsArgument,
    PublishedOption,
    StoreOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import Format, say, show
from diplograph.cli.progress import progress

AgainOption = Annotated[
    bool, typer.Option("--again", help="Read what the graph holds already once more, with today's reader.")
]


def run(
    inputs: InputsArgument,
    published: PublishedOption = None,
    jobs: JobsOption = 1,
    patience: PatienceOption = None,
    again: AgainOption = False,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Read documents into the graph.

    What the graph holds already is not read again, so a run that was interrupted goes on where it stopped.
    A bad document is told and the rest is kept.

    Example: diplograph ingest data/articles --store kg
    """
    from diplograph import pipeline

    _, wanted = chosen(form)
    with graph(store, read_only=False) as kg, progress("reading", inputs) as step:
        done = pipeline.ingest(
            kg.store,
            inputs,
            published=day(published, "--published"),
            jobs=jobs,
            patience=pipeline.PATIENCE if patience is None else patience,
            again=again,
            on_progress=step,
        )
        for source in done.ingested:
            remark(kg.store.document(source), kg.store.reports_of_source(source))
    for failure in done.failed:
        say(f"diplograph: {failure.reason}")
    figures = {
        "ingested": len(done.ingested),
        "unchanged": len(done.unchanged),
        "replaced": len(done.replaced),
        "failed": len(done.failed),
        "reports": done.reports,
        "events": done.events,
    }
    if wanted is Format.TABLE:
        say(", ".join(f"{number} {name}" for name, number in figures.items()))
    else:
        show([{**figures, "failures": done.failed}], list(figures), wanted)
    if done.failed:
        raise typer.Exit(Exit.PARTIAL if done.ingested or done.unchanged or done.replaced else Exit.FAILED)
