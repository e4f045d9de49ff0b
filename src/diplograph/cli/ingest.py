"""The verb ``ingest``: documents and files of event data into the graph."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.importing import MappingOption
from diplograph.cli.importing import remark as remark_file
from diplograph.cli.inputs import ExtractorOption, JobsOption, PatienceOption, remark
from diplograph.cli.options import (
    InputsArgument,
    PublishedOption,
    StoreOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import Format, say, show
from diplograph.cli.progress import progress

if TYPE_CHECKING:
    from diplograph.pipeline import IngestResult, Wanted
    from diplograph.store import Store

AgainOption = Annotated[
    bool, typer.Option("--again", help="Read what the graph holds already once more, with today's reader.")
]
WatchOption = Annotated[
    bool,
    typer.Option(
        "--watch", help="Go on and read what is added to the folders or changed, until interrupted."
    ),
]
IntervalOption = Annotated[
    float, typer.Option("--interval", metavar="SECONDS", min=0.05, help="How often --watch looks.")
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="What the inputs are: auto, icews, polecat, gdelt, colt, historyatstate, quadruples, or table "
        "with --mapping. Or how to print the result: json, jsonl, csv.  [default: auto]",
        show_default=False,
    ),
]
Work = Callable[[Sequence[str | Path]], "IngestResult"]


def run(
    inputs: InputsArgument,
    published: PublishedOption = None,
    jobs: JobsOption = 1,
    patience: PatienceOption = None,
    extractor: ExtractorOption = None,
    again: AgainOption = False,
    watch: WatchOption = False,
    interval: IntervalOption = 2.0,
    mapping: MappingOption = None,
    store: StoreOption = None,
    form: KindOption = None,
) -> None:
    """Read documents and files of event data into the graph.

    What the graph holds already is not read again, so a run that was interrupted goes on where it stopped.
    A bad document is told and the rest is kept. A file that begins like event data of a known format goes the
    way of `diplograph import`, which has more options. With --watch the graph is open only while something is
    read, and what is deleted from a folder stays in the graph.

    Example: diplograph ingest data/articles --store kg
    """
    from diplograph import pipeline

    wanted, shown = _meant(form, mapping)
    settings, printed = chosen(shown, extractor=extractor)
    reader = pipeline.named(settings.extractor)

    def work(some: Sequence[str | Path]) -> IngestResult:
        with graph(store, read_only=False) as kg, progress("reading", some) as step:
            done = pipeline.ingest(
                kg.store,
                some,
                published=day(published, "--published"),
                jobs=jobs,
                extractor=reader,
                patience=pipeline.PATIENCE if patience is None else patience,
                again=again,
                wanted=wanted,
                on_progress=step,
            )
            _remark_all(kg.store, done)
        _tell(done, printed)
        return done

    if watch:
        failed = _watch(inputs, interval, work)
        raise typer.Exit(Exit.PARTIAL if failed else Exit.DONE)
    done = work(inputs)
    if done.failed:
        raise typer.Exit(Exit.PARTIAL if done.ingested or done.unchanged or done.replaced else Exit.FAILED)


def _meant(form: str | None, mapping: Path | None) -> tuple[Wanted, Format | None]:
    """How inputs are to be read, and how the result is to be printed; one option tells either."""
    from diplograph import pipeline
    from diplograph.sources import tables

    if form in set(Format) and not (form == Format.TABLE and mapping):
        return pipeline.Wanted(mapping=mapping), Format(form)
    if form not in (None, "auto", *tables.names()):
        known = ", ".join(dict.fromkeys(["auto", *tables.names(), *Format]))
        raise typer.BadParameter(f"{form!r} is none; there are: {known}", param_hint="--format")
    return pipeline.Wanted(form=form or "auto", mapping=mapping), None


def _remark_all(store: Store, done: IngestResult) -> None:
    files = {file.source: file for file in done.files}
    for file in files.values():
        remark_file(file)
    for source in done.ingested:
        if source not in files:
            _remark(store, source)


def _remark(store: Store, source: str) -> None:
    """Say what a person should know about a document that is new."""
    from diplograph.pipeline import copies

    document = store.document(source)
    remark(document, store.reports_of_source(source))
    if others := [store.document(other).name for other in copies(store, source)]:
        say(f"{document.name}: tells in the words of {', '.join(sorted(others))}; together they count once")


def _watch(inputs: Sequence[str], interval: float, work: Work) -> int:
    """Work on whatever is new until somebody ends it; gives the number of documents that were set aside."""
    from diplograph.sources import endings
    from diplograph.sources.watching import watch

    found = watch(inputs, endings(), interval=interval)
    signal.signal(signal.SIGTERM, _interrupt)
    failed = 0
    say(f"watching {', '.join(inputs)}; end with Ctrl-C")
    with suppress(KeyboardInterrupt):
        for ready in found:
            failed += len(work(ready).failed)
    say("watching ended")
    return failed


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _tell(done: IngestResult, wanted: Format) -> None:
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
