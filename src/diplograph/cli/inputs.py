"""Reads the inputs of a command one by one, tells on stderr what went wrong, and keeps the rest.

Takes names of inputs; gives documents with their reports, and at the end the exit code that they deserve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli import words
from diplograph.cli.exits import Exit
from diplograph.cli.output import say
from diplograph.cli.progress import progress
from diplograph.model import Document, Polarity, Report

if TYPE_CHECKING:
    from diplograph.sources import SourceFailure

JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes that read; the result is the same.")
]
PatienceOption = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0.1,
        help="Time that a document may take before it is set aside; long ones get more.  [default: 30]",
        show_default=False,
    ),
]

ExtractorOption = Annotated[
    str | None,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="What reads: see `diplograph plugins`; several with commas.  [default: rules]",
        show_default=False,
        autocompletion=words.extractors,
    ),
]


class Reading:
    """One pass over inputs: iterate it once, then ask for its ``exit``.

    Args:
        inputs: Files, folders, patterns, addresses or ``-``.
        published: Publication day of all of them.
        jobs: Processes that read.
        patience: Seconds that a document may take; None for the usual.
        extractor: Names of what reads.
    """

    def __init__(
        self,
        inputs: Iterable[str],
        published: date | None = None,
        *,
        jobs: int = 1,
        patience: float | None = None,
        extractor: str = "rules",
    ) -> None:
        self._inputs = list(inputs)
        self._published = published
        self._jobs = jobs
        self._patience = patience
        self._extractor = extractor
        self.done = 0
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Document, tuple[Report, ...]]]:
        from diplograph import pipeline
        from diplograph.sources import SourceFailure, drafts

        task = pipeline.Task(extractor=pipeline.named(self._extractor), published=self._published)
        if self._patience is not None:
            task = task.with_patience(self._patience)
        with progress("reading", self._inputs, printing=True) as step:
            for told in pipeline.read_all(drafts(self._inputs), task, self._jobs):
                if isinstance(told, SourceFailure):
                    self._fail(told)
                else:
                    self.done += 1
                    remark(told.document, told.reports or ())
                    yield told.document, told.reports or ()
                step(told.name)

    @property
    def exit(self) -> Exit:
        """Done, done in part, or failed."""
        if not self.failed:
            return Exit.DONE
        return Exit.PARTIAL if self.done else Exit.FAILED

    def _fail(self, failure: SourceFailure) -> None:
        self.failed += 1
        say(f"diplograph: {failure.reason}")


def remark(document: Document, reports: Iterable[Report]) -> None:
    """Say what a reader should know about a document that was read."""
    if document.published is None:
        say(
            f"{document.name}: no publication date found, so words such as Tuesday stay unresolved; "
            "give it with --published"
        )
    if not any(report.polarity is Polarity.AFFIRMED for report in reports):
        say(f"{document.name}: no event found")
