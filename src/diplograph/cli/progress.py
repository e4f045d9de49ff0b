"""Shows how far a long command has come: number, rate and remaining time; on a terminal only.

Takes a word for what is going on, and the inputs; gives a function to call with the name of each thing done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.cli.output import clean

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, Task

Step = Callable[[str], None]


@contextmanager
def progress(doing: str, inputs: Sequence[str | Path] = (), *, printing: bool = False) -> Iterator[Step]:
    """A line that counts, on stderr; silent where stderr is no terminal.

    Args:
        doing: What is being done, such as ``reading``.
        inputs: What it is done to; documents are counted beforehand where that is quick.
        printing: Whether results are printed meanwhile; then it is silent where they share the terminal.
    """
    if not sys.stderr.isatty() or (printing and sys.stdout.isatty()):
        yield lambda _name: None
        return
    with _bar() as bar:
        task = bar.add_task(doing, total=_total(inputs), name="")

        def step(name: str) -> None:
            bar.update(task, advance=1, name=clean(name))

        yield step


def _total(inputs: Sequence[str | Path]) -> int | None:
    from diplograph.sources import endings
    from diplograph.sources.inputs import count

    return count(inputs, endings()) if inputs else None


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns: list[ProgressColumn | str] = [
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        _rate_column(),
        TimeRemainingColumn(),
        # Square brackets in a file name are no markup of ours.
        TextColumn("{task.fields[name]}", markup=False),
    ]
    # What goes to stdout is data, and must not be drawn into the line that counts.
    return Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)


def _rate_column() -> ProgressColumn:
    from rich.progress import ProgressColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents per second of late."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    return Rate()
