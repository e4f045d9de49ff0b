"""The process that splits off those which answer, so that each is there in milliseconds.

``python -m diplograph.app.nursery MODULE`` imports a module of this room once. For each message on its
standard input (the arguments as JSON, with the socket that the new process speaks over and the pipe for its
last words) it splits off a process that calls ``MODULE.run`` with them.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from diplograph.app import cage

_LONGEST: Final = 1 << 16
_HANDED: Final = 2  # the socket and the pipe


def serve(control: socket.socket, run: Callable[..., None]) -> None:
    """Split off a process for each message, until there are no more.

    Args:
        control: Where messages come from.
        run: What each process does with its arguments.
    """
    # Nobody waits for those that end: the system forgets them at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        # What comes with a socket is never joined to what comes after it.
        message, handed, _, _ = socket.recv_fds(control, _LONGEST, _HANDED)
        if not message:
            return
        if os.fork() == 0:
            _live(run, json.loads(message), handed)
        for number in handed:
            os.close(number)


def _live(run: Callable[..., None], arguments: Sequence[str], handed: Sequence[int]) -> None:
    """The life of a new process; it never comes back."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        speech, words = handed
        for place, number in enumerate((speech, speech, words)):
            os.dup2(number, place)
        for number in handed:
            os.close(number)
        run(*arguments)
        code = 0
    except BaseException:  # noqa: BLE001 - the last thing that this process does
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Import what is needed, then split off processes."""
    module = importlib.import_module(f"diplograph.app.{sys.argv[1]}")
    cage.shut()
    module.prepare()
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as control:
        serve(control, module.run)


if __name__ == "__main__":
    main()
