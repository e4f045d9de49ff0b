"""Keeps processes that answer, gives each question to one, and ends those that take too long.

Takes a nursery and limits; ``Pool.ask`` takes a message and gives the answer (see ``wire``). A question runs
in one of a few quick seats for its first moment. If it is not done by then it needs a long seat, and where
none is free it is stopped until one is; the longer it works, the more it gives way to others. So however many
hard questions come, an easy one waits for moments only.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final

from diplograph.app import wire, worker
from diplograph.app.refusals import Busy, Fallen, revived
from diplograph.app.seats import Reply, Seat, Seats
from diplograph.app.worker import Nursery, Worker
from diplograph.errors import DiplographError, QueryLimitError

_TIRED: Final = 2000
"""Questions after which a process is replaced, so that what it may have gathered is given back."""
_SMALL: Final = 1 << 16
"""Bytes of an answer up to which it is taken over at once, so that its process is free again."""


class Pool:
    """Processes that answer.

    Args:
        nursery: Where they come from.
        arguments: Gives what one is to be started with now.
        timeout: Seconds that a question may take from its arrival on.
        memory: Megabytes that a process may use, for messages.
        seats: How many may be answered at once.
    """

    def __init__(
        self,
        nursery: Nursery,
        arguments: Callable[[], Sequence[str]],
        *,
        timeout: float,
        memory: int,
        seats: Seats,
    ) -> None:
        self._nursery = nursery
        self._arguments = arguments
        self._timeout = timeout
        self._memory = memory
        self._seats = seats
        self._filling = False
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._chores: set[asyncio.Task[Any]] = set()
        self._quick = asyncio.Semaphore(seats.quick)
        self._long = asyncio.Semaphore(seats.long)
        self._stopped = 0

    async def warm(self) -> None:
        """Start the process for the first question; others follow beside the work."""
        self._idle.append(await self._start())
        self.prepare()

    def prepare(self) -> None:
        """Start processes beside the work, until enough wait for questions."""
        self._fill()

    async def ask(self, head: Mapping[str, Any], body: bytes = b"") -> Reply:
        """Put a question.

        Raises:
            Busy: If too many are being answered.
            QueryLimitError: If it takes longer, or needs more memory, than it may.
            DiplographError: What the process says that is wrong, as the error that it names.
        """
        deadline = _now() + self._timeout
        seat = await self._quick_seat(deadline)
        asked: Worker | None = None
        try:
            asked = await self._take(deadline)
            # The process also ends itself, should this one be gone by then.
            message = wire.packed({**head, "seconds": self._timeout + 5}, body)
            told = await self._told(asked, message, deadline, seat)
            if "error" not in told:
                return Reply(head=told, pieces=await self._body(asked, told["size"], seat))
        except BaseException:
            seat.free()
            self._discard(asked)
            raise
        seat.free()
        self._give_back(asked)
        raise revived(told)

    async def close(self) -> None:
        """End all processes."""
        for chore in tuple(self._chores):
            chore.cancel()
        await asyncio.gather(*(one.end() for one in tuple(self._all)), return_exceptions=True)
        self._all.clear()
        self._idle.clear()
        self._nursery.close()

    async def _quick_seat(self, deadline: float) -> Seat:
        try:
            async with asyncio.timeout_at(deadline):
                await self._quick.acquire()
        except TimeoutError:
            raise Busy("too many questions are waiting; come again in a moment") from None
        return Seat(self._quick)

    async def _told(self, asked: Worker, message: bytes, deadline: float, seat: Seat) -> dict[str, Any]:
        """The head of the answer.

        Raises:
            QueryLimitError: If there is none in time.
            QueryError: If the process ended instead.
        """
        asking = asyncio.ensure_future(asked.told(message))
        try:
            if not await self._patiently(asked, asking, deadline, seat):
                raise QueryLimitError(
                    f"the query took longer than {self._timeout:g} s and was ended; ask for less"
                )
            told = asking.result()
        finally:
            asking.cancel()
        if told is None:
            raise await self._fallen(asked)
        return told

    async def _patiently(
        self, asked: Worker, asking: asyncio.Future[Any], deadline: float, seat: Seat
    ) -> bool:
        """Whether the answer came: within the first moment, or in a long seat."""
        if await self._in_time(asked, asking, deadline, self._seats.moment):
            return True
        seat.free()
        if _now() >= deadline or not await self._long_seat(asked, deadline):
            return False
        seat.take(self._long)
        for step in worker.STEPS:
            asked.slow(step)
            if await self._in_time(asked, asking, deadline, self._seats.demotion):
                return True
        return await _done(asking, deadline)

    async def _in_time(
        self, asked: Worker, asking: asyncio.Future[Any], deadline: float, length: float
    ) -> bool:
        """Whether the answer came before the process had worked so long; to wait is no work."""
        used = asked.used()
        while not await _done(asking, min(deadline, _now() + length)):
            if _now() >= deadline or asked.used() - used >= length:
                return asking.done()
        return True

    async def _long_seat(self, asked: Worker, deadline: float) -> bool:
        """Whether a long seat was free in time; meanwhile the process is stopped."""
        if not self._long.locked():
            return await self._long.acquire()
        if self._stopped >= self._seats.waiting:
            raise Busy("too many long questions are being answered; come again in a moment")
        self._stopped += 1
        asked.tell(signal.SIGSTOP)
        try:
            async with asyncio.timeout_at(deadline):
                await self._long.acquire()
        except TimeoutError:
            return False
        finally:
            self._stopped -= 1
        asked.tell(signal.SIGCONT)
        return True

    async def _body(self, asked: Worker, size: int, seat: Seat) -> AsyncIterator[bytes]:
        if size > _SMALL:
            return self._pieces(asked, size, seat)
        pieces = [piece async for piece in asked.body(size)]
        seat.free()
        self._give_back(asked)
        return _each(pieces)

    async def _pieces(self, asked: Worker, size: int, seat: Seat) -> AsyncIterator[bytes]:
        """A large body; the process of whoever reads it too slowly is ended."""
        patience = asyncio.get_running_loop().call_later(self._timeout, asked.tell, signal.SIGKILL)
        whole = False
        try:
            async for piece in asked.body(size):
                yield piece
            whole = True
        finally:
            patience.cancel()
            seat.free()
            if whole:
                self._give_back(asked)
            else:
                self._discard(asked)

    async def _fallen(self, asked: Worker) -> DiplographError:
        said = await asked.end()
        if "alloc" in said or "MemoryError" in said:
            return QueryLimitError(f"the query needs more than {self._memory} MB; ask for less")
        return Fallen("the query brought the engine down; write it flatter")

    async def _take(self, deadline: float) -> Worker:
        """A process that waits, or a new one.

        Raises:
            QueryLimitError: If none can be asked in time.
        """
        while self._idle:
            one = self._idle.pop()
            if not one.ended:
                self._fill()
                return one
            self._all.discard(one)
        try:
            async with asyncio.timeout_at(deadline):
                return await self._start()
        except TimeoutError:
            raise Busy("no process could be started in time; come again in a moment") from None

    def _give_back(self, one: Worker) -> None:
        if one.slowed or one.asked >= _TIRED or len(self._idle) > self._seats.warm + self._seats.quick:
            self._discard(one)
        else:
            self._idle.append(one)

    def _discard(self, one: Worker | None) -> None:
        """End a process when there is time, and start another if few are left."""
        if one is not None:
            one.tell(signal.SIGKILL)
            self._chore(self._replace(one))

    async def _replace(self, one: Worker) -> None:
        await self._forget(one)
        self._fill()

    def _fill(self) -> None:
        if not self._filling:
            self._filling = True
            self._chore(self._filled())

    async def _filled(self) -> None:
        """Start processes one after the other, until enough wait for questions."""
        try:
            while len(self._idle) < self._seats.warm:
                self._idle.append(await self._start())
        finally:
            self._filling = False

    async def _start(self) -> Worker:
        """A process that can be asked.

        Raises:
            StoreError: If it ends at once, for example because there is no memory for it.
        """
        one = await self._nursery.worker(self._arguments())
        self._all.add(one)
        return one

    async def _forget(self, one: Worker) -> None:
        await one.end()
        self._all.discard(one)

    def _chore(self, work: Coroutine[Any, Any, None]) -> None:
        chore = asyncio.get_running_loop().create_task(work)
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _done(asking: asyncio.Future[Any], until: float) -> bool:
    done, _ = await asyncio.wait({asking}, timeout=max(until - _now(), 0))
    return bool(done)


async def _each(pieces: Sequence[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
