"""A store in a folder: its layout, its lock, and what is checked when it is opened.

Takes a path; gives an open store. The folder holds ``layout.json`` (the version of the layout), ``graph/``
(the database), ``evidence/`` (a copy of each source), ``ledger.jsonl``, ``seal.json``, ``raw/`` (bytes of
documents), ``readers/`` (views of those who read just now) and ``writer.lock``.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.store import safeguard, seal, snapshot
from diplograph.store.checking import entry_at, missing, recover
from diplograph.store.embedded import EmbeddedEngine, in_words
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import Ledger
from diplograph.store.lock import WriterLock, is_locked, unwritable
from diplograph.store.migration import LAYOUT, migrate

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

_TRIES = 40
_PAUSE = 0.025  # seconds; a reader may meet a file that the writer is just replacing


def open_folder(
    path: Path, *, read_only: bool = False, background: Background | None = None, wait: float = 0.0
) -> GraphStore:
    """The store of a folder, made if it is not there.

    Args:
        path: The folder.
        read_only: Whether only to read.
        background: What is known of states, persons and places.
        wait: Seconds to wait for another writer to end.

    Raises:
        StoreError: If the folder is no store, is of a newer layout, is being written to by another process,
            or does not hold what its ledger says.
    """
    layout = _check_layout(path, read_only=read_only)
    if read_only:
        return _open_reader(path, background)
    return _open_writer(path, background, layout, wait)


def _open_writer(path: Path, background: Background | None, layout: int, wait: float) -> GraphStore:
    lock = WriterLock(path, wait)
    try:
        _check_seal(path)
        sealed = seal.is_sealed(path)
        snapshot.sweep(path)
        seal.lift(path)
        ledger = Ledger(path / "ledger.jsonl")
        safeguard.restore(path, under_way=bool(ledger.pending))
        engine = EmbeddedEngine(_database(path))
        under_way = recover(engine, ledger)
        if layout == LAYOUT:
            _refuse(path, missing(engine, ledger, counting=not sealed))
        ledger.compact()

        def left() -> None:
            seal.put(path)
            lock.release()

        store = GraphStore(engine, ledger, where=str(path), folder=path, background=background, on_close=left)
        store.settle(under_way)
        if layout < LAYOUT:
            migrate(path, store)
        elif not sealed:
            store.infer()
    except BaseException as fault:
        lock.release()
        if isinstance(fault, OSError) and not isinstance(fault, StoreError):
            raise StoreError(unwritable(path, fault)) from fault
        raise
    return store


def _open_reader(path: Path, background: Background | None) -> GraphStore:
    """Opened for reading, tried again while a writer is replacing files."""
    for tried in range(_TRIES):
        try:
            return _view(path, background)
        except StoreError:
            # Without a writer nothing will be other the next time.
            if tried + 1 == _TRIES or (tried and not is_locked(path)):
                raise
            time.sleep(_PAUSE)
    raise AssertionError("the last try gives a store or says why not")


def _view(path: Path, background: Background | None) -> GraphStore:
    busy = is_locked(path)
    if not busy:
        _check_seal(path)
    # Whoever writes has counted, and whoever sealed the store left it as it was.
    counting = False if busy or seal.is_sealed(path) else None
    before = Ledger(path / "ledger.jsonl")
    view = snapshot.take(path)
    left = snapshot.leave(view)
    try:
        engine = EmbeddedEngine(_read_only(path, view))
        ledger = _both(before, Ledger(path / "ledger.jsonl"))
        _refuse(path, missing(engine, ledger, counting=counting))
        _settle(ledger, engine)
    except BaseException:
        left()
        raise
    return GraphStore(
        engine,
        ledger,
        where=str(path),
        read_only=True,
        folder=path,
        background=background,
        on_close=left,
    )


def _both(before: Ledger, after: Ledger) -> Ledger:
    """What stood in the ledger all the while; what came or went meanwhile counts as under way."""
    told = Ledger()
    for source in {*before.entries, *after.entries, *before.pending, *after.pending}:
        entry = after.entries.get(source)
        settled = source not in before.pending and source not in after.pending
        if settled and entry and before.entries.get(source) == entry:
            told.entries[source] = entry
        else:
            told.pending[source] = entry or after.pending.get(source) or before.entries.get(source)
    return told


def _settle(ledger: Ledger, engine: EmbeddedEngine) -> None:
    """What was under way counts as the view has it."""
    for source, known in ledger.pending.items():
        if entry := entry_at(engine, source, known):
            ledger.entries[source] = entry
    ledger.pending.clear()


def _check_layout(path: Path, *, read_only: bool) -> int:
    """The version of the layout of a folder, which is made if it is not there."""
    mark = path / "layout.json"
    if path.is_file():
        raise StoreError(f"{path} is a file; a store is a folder")
    if not path.exists() or not any(path.iterdir()):
        if read_only:
            raise StoreError(f"there is no store at {path}; make one with `diplograph ingest`")
        _make(path)
        return LAYOUT
    if not mark.exists():
        raise StoreError(f"{path} is no store of diplograph (it has no layout.json); name another folder")
    try:
        layout = int(json.loads(mark.read_bytes())["layout"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{mark} cannot be read ({fault}); run `diplograph doctor --repair`") from fault
    if layout > LAYOUT:
        raise StoreError(
            f"{path} has layout {layout}, and this version reads up to {LAYOUT}; install a newer diplograph"
        )
    if layout < LAYOUT and read_only:
        raise StoreError(
            f"{path} has layout {layout}, and this version reads {LAYOUT}; "
            "run `diplograph rebuild` once, which brings it up to date"
        )
    return layout


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / "layout.json").write_text(f'{{"layout": {LAYOUT}}}\n', encoding="utf-8")
    except OSError as fault:
        raise StoreError(f"no store can be made at {path}: {fault.strerror}") from fault


def _database(path: Path) -> Database:
    from pyoxigraph import Store as Database

    # The engine keeps the log of every opening, each a hundred kilobytes long.
    for log in (path / "graph").glob("LOG.old.*"):
        log.unlink(missing_ok=True)
    try:
        return Database(str((path / "graph").absolute()))
    except (OSError, RuntimeError) as fault:
        raise _unopened(path, fault) from fault


def _read_only(path: Path, view: Path) -> Database:
    from pyoxigraph import Store as Database

    try:
        return Database.read_only(str(view.absolute()))
    except (OSError, RuntimeError) as fault:
        raise _unopened(path, fault) from fault


def _unopened(path: Path, fault: Exception) -> StoreError:
    return StoreError(f"{path} cannot be opened: {in_words(fault, 'diplograph doctor --repair')}")


def _check_seal(path: Path) -> None:
    if broken := seal.faults(path):
        # Whoever writes takes the seal off, so what was read may be of another moment.
        _refuse(path, broken if seal.is_sealed(path) else [])


def _refuse(path: Path, found: list[str]) -> None:
    if found:
        raise StoreError(
            f"{path} does not hold what its ledger says: {found[0]}; run `diplograph doctor --repair`"
        )
