"""The view of the graph that queries run on: a moment of it, which a writer beside does not disturb.

Takes the folder of a store; ``View.current`` gives the folder of a database that stays as it is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PAUSE: Final = 0.2
"""Seconds between looks whether the graph has changed."""


def stamp(database: Path) -> tuple[object, ...]:
    """What changes with every change: the names, sizes and times of a database's journals."""
    try:
        with os.scandir(database) as found:
            told = [
                (one.name, one.stat().st_size, one.stat().st_mtime_ns)
                for one in found
                if one.name.endswith(".log") or one.name.startswith(("MANIFEST", "CURRENT"))
            ]
    except OSError:
        return ()
    return tuple(sorted(told))


class View:
    """The graph as it was when it was last looked at.

    Args:
        folder: The folder of the store.
        kept: Seconds that a view stays after it was replaced, for those who still read it.
    """

    def __init__(self, folder: Path, kept: float) -> None:
        self._folder = folder
        self._graph = folder / "graph"
        self._kept = kept
        self._place = self._graph
        self._leave: Callable[[], None] = _nothing
        self._stamp: tuple[object, ...] | None = None
        self._looked = 0.0
        self._old: list[tuple[float, Callable[[], None]]] = []

    def current(self) -> str:
        """The folder of the database as it is now."""
        now = time.monotonic()
        if self._stamp is None or now - self._looked > _PAUSE:
            self._looked = now
            seen = stamp(self._graph)
            if seen != self._stamp and self._renew(now):
                self._stamp = seen
        return str(self._place)

    def expire(self) -> None:
        """Look again at the next question: a change was made through this server."""
        self._looked = float("-inf")

    def renew(self) -> None:
        """Take a new view at the next question, whatever the graph looks like."""
        self._stamp = None

    def close(self) -> None:
        """Remove all views."""
        for leave in (self._leave, *(leave for _, leave in self._old)):
            leave()
        self._leave, self._old, self._stamp = _nothing, [], None

    def _renew(self, now: float) -> bool:
        """Take a new view; False if the graph is just being replaced, so that the old one must do."""
        from diplograph.store import snapshot

        try:
            place = snapshot.take(self._folder)
        except snapshot.Restless:
            return False
        self._old.append((now, self._leave))
        self._place, self._leave = place, snapshot.leave(place)
        for since, leave in [one for one in self._old if now - one[0] > self._kept]:
            leave()
            self._old.remove((since, leave))
        return True


def _nothing() -> None:
    """There is nothing to leave."""
