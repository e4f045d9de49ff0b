"""Reads the inputs of a command one by one, tells on stderr what went wrong, and keeps the rest.

Takes names of inputs; gives documents with their reports, and at the end the exit code that they deserve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from diplograph.cli.exits import Exit
from diplograph.cli.output import say
from diplograph.model import Document, Polarity, Report

if TYPE_CHECKING:
    from diplograph.sources import SourceFailure


class Reading:
    """One pass over inputs: iterate it once, then ask for its ``exit``."""

    def __init__(self, inputs: Iterable[str], published: date | None = None) -> None:
        self._inputs = list(inputs)
        self._published = published
        self.done = 0
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Document, tuple[Report, ...]]]:
        from diplograph.extract import extract
        from diplograph.sources import SourceFailure, read

        for found in read(self._inputs, published=self._published):
            if isinstance(found, SourceFailure):
                self._fail(found)
                continue
            reports = extract(found)
            self.done += 1
            remark(found, reports)
            yield found, reports

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
