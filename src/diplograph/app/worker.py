"""The processes that answer, and what can be done to one.

A ``Nursery`` has them split off, each with arguments of its own; a ``Worker`` is asked, stopped, slowed and
ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any, BinaryIO, Final

from diplograph.app import wire
from diplograph.errors import StoreError

STEPS: Final = (15, 17, 19)
"""How much a process that works for long gives way, step by step, as ``nice`` counts it."""
_CHUNK: Final = 1 << 16
_PARTING: Final = 2000  # bytes of what a process said at its end


class Nursery:
    """Has processes split off by one that has imported what they need; that one starts when first wanted.

    Args:
        module: The module of this room whose ``run`` they call.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    async def worker(self, arguments: Sequence[str]) -> Worker:
        """A new process, which hears and answers over a socket of its own.

        Raises:
            StoreError: If it ends at once, for example because there is no memory for it.
        """
        for _ in range(2):
            # Should the one that splits off have been ended, there is another try.
            made = await self._split_off(arguments)
            try:
                if await made.ready():
                    return made
            except BaseException:
                made.leave()
                raise
            said = await made.end()
        raise StoreError(f"no process can be started: {(said.splitlines() or ['it ended'])[-1]}")

    def close(self) -> None:
        """End the process that splits off; those that it made are ended by who has them."""
        if self._process is not None and self._control is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._process = self._control = None

    async def _split_off(self, arguments: Sequence[str]) -> Worker:
        ours, theirs = socket.socketpair()
        hears, tells = os.pipe()
        with theirs:
            try:
                message = json.dumps(list(arguments)).encode()
                socket.send_fds(self._started(), [message], [theirs.fileno(), tells])
            except OSError:
                self.close()
            finally:
                os.close(tells)
        reader, writer = await asyncio.open_connection(sock=ours, limit=wire.LONGEST_HEAD)
        return Worker(os.fdopen(hears, "rb", buffering=0), reader, writer)

    def _started(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    (sys.executable, "-m", "diplograph.app.nursery", self._module),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # Out of the terminal's reach: Ctrl-C is for the server, which ends its processes itself.
                    # In a session of its own Linux would give it as much of the processor as the server has.
                    process_group=0,
                )
        return self._control


class Worker:
    """A process and how it stands.

    Args:
        words: Where it says what is wrong with it.
        reader: Where it answers.
        writer: Where it hears.

    Attributes:
        pid: Its number; 0 until it is ready.
        asked: Questions that it was asked.
        slowed: Whether it gives way to others.
    """

    def __init__(self, words: BinaryIO, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._words = words
        self._reader = reader
        self._writer = writer
        self.pid = 0
        self.asked = 0
        self.slowed = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self._reader.at_eof() or self._reader.exception() is not None

    async def ready(self) -> bool:
        """Wait until it can be asked; whether it can."""
        told = await self._line()
        self.pid = told["pid"] if told else 0
        return bool(told)

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
            with open(f"/proc/{self.pid}/schedstat", encoding="ascii") as told:  # noqa: PTH123 - asked often
                return int(told.read().split()[0]) / 1e9
        except (OSError, IndexError, ValueError):
            return time.monotonic()

    def slow(self, step: int) -> None:
        """Let the process give way to others from now on, by one of ``STEPS``; it never gets out of that."""
        self.slowed = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, step)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal, if the process is still there."""
        if self.pid and not self.ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def leave(self) -> None:
        """Hang up, whether or not it is ready; it ends for want of questions."""
        self._writer.close()
        self._words.close()

    async def end(self) -> str:
        """End the process; gives its last words."""
        self.tell(signal.SIGKILL)
        with contextlib.suppress(ConnectionError):
            # Its end of the line closes when all else of it is gone; one that never was ready ends for want
            # of questions.
            if not self.pid:
                self._writer.write_eof()
            while await self._reader.read(_CHUNK):
                pass
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()
        if self._words.closed:
            return ""
        with self._words as said:
            os.set_blocking(said.fileno(), False)
            return (said.read(_PARTING) or b"").decode(errors="replace")
