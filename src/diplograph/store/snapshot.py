"""A reader's own view of a store that is being written to: a moment of it, held fast.

Takes the folder of a database; gives a folder with the same files, linked and not copied, so that the writer
may replace its own as it likes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

VIEWS: Final = "readers"
BEFORE: Final = "before"
"""What was there before a long change that is under way."""


def take(folder: Path) -> Path:
    """Link the files of a database into a new folder beside it.

    Args:
        folder: The folder of the store.

    Returns:
        The folder of the view.

    Raises:
        OSError: If the files cannot be linked; the database may be opened where it is.
    """
    views = folder / VIEWS
    views.mkdir(exist_ok=True)
    number = 0
    while True:
        view = views / f"{os.getpid()}-{number}"
        with suppress(FileExistsError):
            view.mkdir()
            break
        number += 1
    try:
        link(_current(folder), view)
    except BaseException:
        shutil.rmtree(view, ignore_errors=True)
        raise
    return view


def leave(view: Path) -> Callable[[], None]:
    """What a reader does at the end."""

    def left() -> None:
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
    """Tables and logs, then a copy of the list that names them, then those that came meanwhile.

    What the list names when it is copied was linked before, or is there to be linked after it.
    """
    _link_new(database, view)
    current = (database / "CURRENT").read_bytes()
    manifest = current.decode().strip()
    (view / manifest).write_bytes((database / manifest).read_bytes())
    (view / "CURRENT").write_bytes(current)
    _link_new(database, view)


def _link_new(database: Path, view: Path) -> None:
    for path in database.iterdir():
        if path.suffix in {".sst", ".log"} or path.name.startswith("OPTIONS"):
            with suppress(FileNotFoundError, FileExistsError):
                (view / path.name).hardlink_to(path)


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
