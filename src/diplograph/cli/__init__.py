"""The command line: words on a terminal become calls of the rooms below.

The door is ``main``. A verb is a module of this room with a function ``run``; ``verbs.py`` lists them.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part, 4 does not conform, 5 query over its limit.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code.

    Args:
        arguments: The words after ``diplograph``; by default those of the process.
    """
    from diplograph.cli.verbs import run

    raise SystemExit(run(arguments))
