"""The seats in which questions are answered, and the answers on their way.

Takes numbers; gives ``Seats``. A ``Seat`` is held by one question and given up once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many questions may be where, and for how long.

    Attributes:
        warm: Processes that wait for questions.
        quick: Questions in their first moment at once.
        long: Questions after it at once.
        waiting: Questions stopped until one of those ends.
        moment: Seconds of work that are the first moment.
        demotion: Seconds of work in a long seat after which a question gives way to others, and again.
    """

    warm: int = 1
    quick: int = 4
    long: int = 4
    waiting: int = 24
    moment: float = 0.03
    demotion: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer on its way.

    Attributes:
        head: What it says of itself.
        pieces: Its body; to be read to the end, or closed.
    """

    head: dict[str, Any]
    pieces: AsyncIterator[bytes]

    async def whole(self) -> bytes:
        """The body in one piece."""
        return b"".join([piece async for piece in self.pieces])


class Seat:
    """The seat that a question has; given up once, however it ends.

    Args:
        kind: Of which kind it is; it was acquired.
    """

    def __init__(self, kind: asyncio.Semaphore) -> None:
        self._kind: asyncio.Semaphore | None = kind

    def free(self) -> None:
        """Give it up."""
        if self._kind is not None:
            self._kind.release()
            self._kind = None

    def take(self, kind: asyncio.Semaphore) -> None:
        """Hold another, which was acquired."""
        self._kind = kind
