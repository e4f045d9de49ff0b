"""Shows how far a long command has come, on a terminal only.

Takes a word for what is going on; gives a function to call with the name of each thing done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from diplograph.cli.output import clean


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """A line that counts, on stderr; silent where stderr is no terminal.

    Args:
        doing: What is being done, such as ``reading``.
    """
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console

    with Console(stderr=True).status(doing) as status:
        done = 0

        def step(name: str) -> None:
            nonlocal done
            done += 1
            # Square brackets in a file name are no markup of ours.
            status.update(f"{doing}: {done} done, {clean(name)}".replace("[", r"\["))

        yield step
