"""How a command ends: the exit codes, and the one line that an error becomes.

Takes an exception; gives the exit code and writes the message to stderr.
"""

from __future__ import annotations

import os
import sys
from enum import IntEnum

from diplograph.cli.output import say
from diplograph.errors import DiplographError, InvalidGraphError, QueryLimitError


class Exit(IntEnum):
    """What a command says to the shell."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    NONCONFORMING = 4
    OVER_LIMIT = 5
    INTERRUPTED = 130


def code_of(error: BaseException) -> Exit:
    """The exit code that an error deserves."""
    if isinstance(error, InvalidGraphError):
        return Exit.NONCONFORMING
    if isinstance(error, QueryLimitError):
        return Exit.OVER_LIMIT
    return Exit.INTERRUPTED if isinstance(error, KeyboardInterrupt) else Exit.FAILED


def explain(error: BaseException) -> Exit:
    """Say on stderr what went wrong, in one line, and give the exit code.

    Raises:
        BaseException: The error itself, if nobody foresaw it: a bug deserves its traceback.
    """
    if isinstance(error, BrokenPipeError):
        # Whoever read our output (head, less) has left; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    if isinstance(error, KeyboardInterrupt):
        say("interrupted")
    elif isinstance(error, DiplographError):
        say(f"diplograph: {' '.join(str(error).split())}")
    elif isinstance(error, OSError):
        say(f"diplograph: {error.strerror or error}: {error.filename or 'no file named'}")
    else:
        raise error
    return code_of(error)
