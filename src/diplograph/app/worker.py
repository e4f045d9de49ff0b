"""A process that answers, and what can be done to it.

``start`` takes a command and gives a ``Worker`` that is asked, stopped, slowed and ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from diplograph.app import wire

STEPS: Final = (10, 15, 19)
"""How much a process that works for long gives way, step by step, as ``nice`` counts it."""
_CHUNK: Final = 1 << 16
_PARTING: Final = 2000  # bytes of what a process said at its end
_PAUSE: Final = 0.005  # seconds between looks whether a process has ended


async def start(command: Sequence[str]) -> Worker:
    """A new process, which hears and answers over a socket of its own."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own module; it comes back at once
            command,
            stdin=theirs.fileno(),
            stdout=theirs.fileno(),
            stderr=subprocess.PIPE,
            # Out of the terminal's reach: Ctrl-C is for the server, which ends its processes itself.
            start_new_session=True,
        )
    reader, writer = await asyncio.open_connection(sock=ours, limit=wire.LONGEST_HEAD)
    return Worker(process, reader, writer)


class Worker:
    """A process and how it stands.

    Args:
        process: The process.
        reader: Where it answers.
        writer: Where it hears.

    Attributes:
        asked: Questions that it was asked.
        slowed: Whether it gives way to others.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.asked = 0
        self.slowed = False

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended; None if it has not."""
        return self._process.poll()

    async def ready(self) -> bool:
        """Wait until it can be asked; whether it can."""
        return await self._line() is not None

    async def told(self, message: bytes) -> dict[str, Any] | None:
        """Hand over a question; gives the head of the answer, None if the process has ended."""
        self.asked += 1
        with contextlib.suppress(ConnectionError):
            self._writer.write(message)
            await self._writer.drain()
        return await self._line()

    async def _line(self) -> dict[str, Any] | None:
        try:
            line = await self._reader.readline()
        except ConnectionError:
            return None
        return json.loads(line) if line.endswith(b"\n") else None

    async def body(self, size: int) -> AsyncIterator[bytes]:
        """The body of the answer, in pieces.

        Raises:
            ConnectionError: If the process ends before.
        """
        while size:
            piece = await self._reader.read(min(size, _CHUNK))
            if not piece:
                raise ConnectionError("the process that answers has ended")
            size -= len(piece)
            yield piece

    def used(self) -> float:
        """Seconds of processor time that it has used; those of the clock where the system does not tell."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as told:  # noqa: PTH123 - asked often
                user, system = told.read().rpartition(")")[2].split()[11:13]
        except OSError:
            return time.monotonic()
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def slow(self, step: int) -> None:
        """Let the process give way to others from now on, by one of ``STEPS``; it never gets out of that."""
        self.slowed = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, step)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal, if the process is still there."""
        self._process.send_signal(number)

    async def end(self) -> str:
        """End the process; gives its last words."""
        self.tell(signal.SIGKILL)
        self._writer.close()
        while self._process.poll() is None:
            await asyncio.sleep(_PAUSE)
        if self._process.stderr is None or self._process.stderr.closed:
            return ""
        with self._process.stderr as said:
            os.set_blocking(said.fileno(), False)
            return (said.read(_PARTING) or b"").decode(errors="replace")
