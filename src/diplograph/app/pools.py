"""The processes of a server: engines for queries, desks for pages, and one desk that may change the graph.

Takes the folder of a store and limits; gives ``Pools``, to be opened and closed with the server.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from diplograph.app.limits import Limits
from diplograph.app.pool import Pool
from diplograph.app.seats import Seats
from diplograph.app.view import View
from diplograph.app.worker import Nursery

_ONE: Final = Seats(quick=1, long=1, waiting=0, moment=3600.0)
_DESKS: Final = 2
"""How many times the memory of an engine a desk may use: a page holds what many queries give."""


def lone(timeout: float, memory: int) -> Pool:
    """A pool of one engine, which opens what each question names.

    Args:
        timeout: Seconds that a question may take.
        memory: Megabytes that the engine may use.
    """
    seats = replace(_ONE, warm=0)
    return Pool(Nursery("engine"), lambda: ("", str(memory)), timeout=timeout, memory=memory, seats=seats)


class Pools:
    """The processes of a server.

    Args:
        folder: The folder of the store.
        limits: What they may use.

    Attributes:
        view: What the engines look at.
        engine: Answers queries.
        desk: Makes pages and reads texts.
        changes: Takes texts in and makes updates, one after the other.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        memory = limits.memory
        queries = Seats(
            warm=limits.warm,
            quick=limits.quick,
            long=limits.long,
            waiting=limits.waiting,
            moment=limits.moment,
            demotion=limits.demotion,
        )
        # Pages take long by nature: each has its seat to the end, and others wait for it.
        pages = Seats(quick=limits.pages, long=limits.pages, waiting=0, moment=limits.page_timeout)
        self.view = View(folder, kept=limits.timeout + 5)
        self.engine = Pool(
            Nursery("engine"),
            lambda: (self.view.current(), str(memory)),
            timeout=limits.timeout,
            memory=memory,
            seats=queries,
        )
        self.desk = Pool(
            Nursery("desk"),
            lambda: (str(folder), str(_DESKS * memory)),
            timeout=limits.page_timeout,
            memory=_DESKS * memory,
            seats=pages,
        )
        self.changes = Pool(
            Nursery("desk"),
            lambda: (str(folder), str(4 * memory)),
            timeout=limits.change_timeout,
            memory=4 * memory,
            seats=_ONE,
        )

    async def open(self) -> None:
        """Start the processes for the first requests; the first page need not wait for all imports."""
        await self.engine.warm()
        self.desk.prepare()

    async def close(self) -> None:
        """End all processes."""
        for pool in (self.engine, self.desk, self.changes):
            await pool.close()
        self.view.close()
