"""A store in a folder: its layout, its lock, and what is checked when it is opened.

Takes a path; gives an open store. The folder holds ``layout.json`` (the version of the layout), ``graph/``
(the database), ``ledger.jsonl``, ``raw/`` (bytes of documents) and ``writer.lock``.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.store import inference
from diplograph.store.checking import missing, recover
from diplograph.store.ledger import Ledger
from diplograph.store.lock import WriterLock
from diplograph.store.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

LAYOUT: Final = 1
_TRIES = 20
_PAUSE = 0.05  # seconds; a reader may meet a file that the writer is just replacing


def open_folder(
    path: Path, *, read_only: bool = False, background: Background | None = None
) -> OxigraphStore:
    """The store of a folder, made if it is not there.

    Raises:
        StoreError: If the folder is no store, is of a newer layout, is being written to by another process,
            or does not hold what its ledger says.
    """
    _check_layout(path, read_only=read_only)
    if read_only:
        database = _patiently(path)
        ledger = Ledger(path / "ledger.jsonl")
        _check(path, database, ledger)
        raw = path / "raw"
        return OxigraphStore(
            database, ledger, where=str(path), read_only=True, raw=raw, background=background
        )
    return _open_writer(path, background)


def _open_writer(path: Path, background: Background | None) -> OxigraphStore:
    lock = WriterLock(path)
    try:
        (path / "layout.json").write_text(f'{{"layout": {LAYOUT}}}\n', encoding="utf-8")
        database = _database(path)
        ledger = Ledger(path / "ledger.jsonl")
        recover(database, ledger)
        _check(path, database, ledger)
        inference.infer(database)
    except BaseException:
        lock.release()
        raise
    return OxigraphStore(
        database,
        ledger,
        where=str(path),
        raw=path / "raw",
        background=background,
        on_close=lock.release,
    )


def _check_layout(path: Path, *, read_only: bool) -> None:
    mark = path / "layout.json"
    if path.is_file():
        raise StoreError(f"{path} is a file; a store is a folder")
    if not path.exists() or not any(path.iterdir()):
        if read_only:
            raise StoreError(f"there is no store at {path}; make one with `diplograph ingest`")
        _make(path)
        return
    if not mark.exists():
        raise StoreError(f"{path} is no store of diplograph (it has no layout.json); name another folder")
    try:
        layout = int(json.loads(mark.read_bytes())["layout"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{mark} cannot be read ({fault}); restore it from a backup") from fault
    if layout > LAYOUT:
        raise StoreError(
            f"{path} has layout {layout}, and this version reads up to {LAYOUT}; install a newer diplograph"
        )


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / "layout.json").write_text(f'{{"layout": {LAYOUT}}}\n', encoding="utf-8")
    except OSError as fault:
        raise StoreError(f"no store can be made at {path}: {fault.strerror}") from fault


def _database(path: Path) -> Database:
    from pyoxigraph import Store as Database

    try:
        return Database(str(path / "graph"))
    except (OSError, RuntimeError) as fault:
        raise _unopened(path, fault) from fault


def _unopened(path: Path, fault: Exception) -> StoreError:
    return StoreError(f"the database in {path} cannot be opened: {fault}; run `diplograph doctor`")


def _patiently(path: Path) -> Database:
    """Opened for reading, tried again while a writer is replacing files."""
    from pyoxigraph import Store as Database

    for _ in range(_TRIES - 1):
        try:
            return Database.read_only(str(path / "graph"))
        except (OSError, RuntimeError):
            time.sleep(_PAUSE)
    try:
        return Database.read_only(str(path / "graph"))
    except (OSError, RuntimeError) as fault:
        raise _unopened(path, fault) from fault


def _check(path: Path, database: Database, ledger: Ledger) -> None:
    try:
        found = missing(database, ledger)
    except (OSError, RuntimeError) as fault:
        raise _unopened(path, fault) from fault
    if found:
        raise StoreError(f"{path} does not hold what its ledger says: {found[0]}; run `diplograph doctor`")
