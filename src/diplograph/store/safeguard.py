"""Makes a long change of a folder whole: a linked copy of the database stands beside it until it is done.

``whole(where)`` guards a change; ``restore(folder)`` puts the copy back after an interruption.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diplograph.store import snapshot


@contextmanager
def whole(where: str) -> Iterator[None]:
    """Keep a copy of the database while it is changed; without a folder there is nothing to keep.

    Args:
        where: The folder of the store, or what the store in memory is called.

    Raises:
        BaseException: What went wrong; the copy stays, and the next opening puts it back.
    """
    folder = Path(where)
    if not (folder / "layout.json").exists():
        yield
        return
    copy = folder / snapshot.BEFORE
    shutil.rmtree(copy, ignore_errors=True)
    half = folder / f"{snapshot.BEFORE}.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    snapshot.link(folder / "graph", half)
    half.rename(copy)
    yield
    shutil.rmtree(copy)


def restore(folder: Path, *, under_way: bool) -> None:
    """Put back what was there before a change that did not come to its end.

    Args:
        folder: The folder of the store.
        under_way: Whether the ledger knows of a change that was begun and not ended.
    """
    copy = folder / snapshot.BEFORE
    if not copy.is_dir():
        return
    if under_way:
        shutil.rmtree(folder / "graph", ignore_errors=True)
        copy.rename(folder / "graph")
    else:
        shutil.rmtree(copy)
