"""Watches folders: tells which files are new or changed, as soon as they are written to the end.

``watch`` takes folders and patterns and gives, again and again, the files that are ready. It asks the file
system at intervals, which works on every system and on network drives.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from diplograph.errors import SourceError
from diplograph.sources.inputs import is_address, paths_of

INTERVAL = 2.0
"""Seconds between two looks."""
Mark = tuple[int, int]


def watch(
    inputs: Iterable[str | Path],
    suffixes: frozenset[str],
    *,
    interval: float = INTERVAL,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[list[Path]]:
    """The files that are new or changed, sorted, each time that there are any; never ends by itself.

    A file counts as written when two looks find the same size and time of change. What is deleted is
    forgotten, so that it counts as new if it comes back.

    Args:
        inputs: Folders, files and patterns.
        suffixes: Which files of a folder are taken.
        interval: Seconds between two looks.
        sleep: How to wait.

    Raises:
        SourceError: If an input cannot be watched.
    """
    watched = [_checked(given) for given in inputs]
    before: dict[Path, Mark] = {}
    given: dict[Path, Mark] = {}
    while True:
        now = _look(watched, suffixes)
        given = {path: mark for path, mark in given.items() if path in now}
        ready = [path for path, mark in now.items() if before.get(path) == mark != given.get(path)]
        if ready:
            given |= {path: now[path] for path in ready}
            yield sorted(ready)
        before = now
        sleep(interval)


def _checked(given: str | Path) -> str | Path:
    if is_address(given) or str(given) == "-":
        raise SourceError(f"{given}: cannot be watched; name a folder, a file or a pattern")
    if not Path(given).exists() and not any(sign in str(given) for sign in "*?["):
        raise SourceError(f"{given}: there is no such folder; make it first, or check the name")
    return given


def _look(inputs: Iterable[str | Path], suffixes: frozenset[str]) -> dict[Path, Mark]:
    found = {}
    for given in inputs:
        try:
            paths = paths_of(given, suffixes)
        except OSError:
            # A folder that is just being moved or unmounted may be there at the next look.
            continue
        for path in paths:
            if mark := _mark(path):
                found[path] = mark
    return found


def _mark(path: Path) -> Mark | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
