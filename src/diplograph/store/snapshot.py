"""A reader's own view of a store that is being written to: a moment of it, held fast.

Takes the folder of a database; gives a folder with the same tables, linked and not copied, so that the writer
may replace its own as it likes. The journal and the list of tables grow in place, so they are copied.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from diplograph.errors import StoreError

VIEWS: Final = "readers"
BEFORE: Final = "before"
"""What was there before a long change that is under way."""
_TRIES: Final = 40
_PAUSE: Final = 0.005  # seconds

Moment = tuple[tuple[str, int], ...]


class Restless(StoreError):  # noqa: N818 - it passes
    """A database was other at the end of every look than at its beginning, or was not there."""


def take(folder: Path) -> Path:
    """Link the files of a database into a new folder beside it.

    Args:
        folder: The folder of the store.

    Returns:
        The folder of the view; where nothing can be written, which no writer can change either, the database
        itself.

    Raises:
        Restless: If the database is just being replaced, or is none.
    """
    database = _current(folder)
    try:
        view = _fresh(folder / VIEWS)
    except OSError:
        return database
    try:
        link(database, view)
    except BaseException as fault:
        shutil.rmtree(view, ignore_errors=True)
        if isinstance(fault, OSError) and not isinstance(fault, Restless):
            return database
        raise
    return view


def _fresh(views: Path) -> Path:
    """A new folder of this process."""
    for number in count():
        view = views / f"{os.getpid()}-{number}"
        # The last reader that leaves takes the folder of all views along.
        with suppress(FileExistsError, FileNotFoundError):
            views.mkdir(exist_ok=True)
            view.mkdir()
            return view
    raise AssertionError("there is always one more number")


def leave(view: Path) -> Callable[[], None]:
    """What a reader does at the end."""

    def left() -> None:
        if view.parent.name != VIEWS:
            return
        shutil.rmtree(view, ignore_errors=True)
        with suppress(OSError):
            view.parent.rmdir()

    return left


def sweep(folder: Path) -> None:
    """Remove the views of readers that ended without leaving."""
    views = folder / VIEWS
    for view in views.iterdir() if views.is_dir() else ():
        pid = view.name.partition("-")[0]
        if not pid.isdecimal() or not _is_alive(int(pid)):
            shutil.rmtree(view, ignore_errors=True)
    with suppress(OSError):
        views.rmdir()


def link(database: Path, view: Path) -> None:
    """Put the files of a database, as they are at one moment, into an empty folder.

    A writer only adds to its journal and its list of tables, and begins or removes whole files; so if names
    and sizes are the same before and after, all that was taken in between is of one moment.

    Raises:
        Restless: If there is no such moment for a while.
        OSError: If the files cannot be linked or written.
    """
    for _ in range(_TRIES):
        before = _moment(database)
        with suppress(FileNotFoundError):
            _take_files(database, view, before)
            if before and _moment(database) == before:
                return
        for path in view.iterdir():
            path.unlink()
        time.sleep(_PAUSE)
    raise Restless(
        f"{database} cannot be opened: it is just being replaced, or files are missing; "
        "try again, or run `diplograph doctor --repair`"
    )


def _take_files(database: Path, view: Path, files: Moment) -> None:
    for name, size in files:
        if name.endswith(".sst"):
            (view / name).hardlink_to(database / name)
        else:
            with (database / name).open("rb") as source:
                (view / name).write_bytes(source.read(size))


def _moment(database: Path) -> Moment:
    """Names and sizes of the files that a database consists of; empty if it is just being replaced."""
    try:
        with os.scandir(database) as found:
            return tuple(sorted((one.name, one.stat().st_size) for one in found if _is_part(one.name)))
    except FileNotFoundError:
        return ()


def _is_part(name: str) -> bool:
    return name.endswith((".sst", ".log")) or name.startswith(("MANIFEST-", "CURRENT", "OPTIONS-"))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _current(folder: Path) -> Path:
    """The database that a reader should read: that of before, while a long change is under way."""
    copy = folder / BEFORE
    return copy if copy.is_dir() else folder / "graph"
