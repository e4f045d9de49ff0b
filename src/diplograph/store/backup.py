"""Backups: all evidence of a store in one file, from which the same store is made again.

Takes a store and a file; the same store gives the same bytes. The consensus follows from the evidence and is
not kept.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Final

from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.store.copies import Copies
from diplograph.store.engine import RETRACTED, address
from diplograph.store.folder import open_folder
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import entry_of
from diplograph.store.migration import LAYOUT

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CONTENTS: Final = "contents.json"


def backup(store: GraphStore, target: Path) -> int:
    """Write all evidence of a store into one file.

    Returns:
        The number of sources.

    Raises:
        StoreError: If the file cannot be written.
    """
    half = target.with_name(f"{target.name}.half")
    sources = store.sources()
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            contents = {"layout": LAYOUT, "sources": {}}
            for source in sources:
                lines = store.engine.lines(address("source", source))
                contents["sources"][source] = entry_of(lines).digest  # type: ignore[index]  # a mapping
                _put(archive, f"evidence/{source}.nt", "\n".join(lines).encode())
                document = store.document(source)
                if document.raw != document.text.encode("utf-8", "surrogatepass"):
                    _put(archive, f"raw/{source}", document.raw)
            _put(archive, "retracted.nt", "\n".join(store.engine.lines(RETRACTED)).encode())
            _put(archive, _CONTENTS, json.dumps(contents, sort_keys=True).encode())
        half.replace(target)
    except OSError as fault:
        half.unlink(missing_ok=True)
        if isinstance(fault, StoreError):
            raise
        raise StoreError(f"{target} cannot be written: {fault.strerror}; name another file") from fault
    return len(sources)


def restore(source: Path, folder: Path, background: Background | None = None) -> int:
    """Make a store from a backup.

    Args:
        source: The backup.
        folder: The folder of the store; it must be new or empty.
        background: What is known of states, persons and places.

    Returns:
        The number of sources.

    Raises:
        StoreError: If the backup is damaged, or the folder is taken.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not empty; name a new folder for the restored store")
    try:
        with zipfile.ZipFile(source) as archive:
            contents = _contents(source, archive)
            _check(source, archive, contents)
            with open_folder(folder, background=background) as store:
                _load(archive, contents, store, folder)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        if isinstance(fault, StoreError):
            raise
        raise StoreError(f"{source} is no backup that can be read: {fault}") from fault
    return len(contents)


def _contents(source: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    told = json.loads(archive.read(_CONTENTS))
    if told["layout"] > LAYOUT:
        raise StoreError(f"{source} is of layout {told['layout']}; install a newer diplograph")
    return dict(told["sources"])


def _check(source: Path, archive: zipfile.ZipFile, contents: dict[str, str]) -> None:
    """Everything is read before anything is written."""
    for name, digest in contents.items():
        if entry_of(_lines(archive, name)).digest != digest:
            raise StoreError(
                f"{source} is damaged: source {name} is not as it was stored; use an older backup"
            )


def _load(archive: zipfile.ZipFile, contents: dict[str, str], store: GraphStore, folder: Path) -> None:
    copies, names = Copies(folder / "evidence"), set(archive.namelist())
    for source in contents:
        lines = _lines(archive, source)
        copies.keep(source, lines)
        store.ledger.begin({source: entry_of(lines)})
        store.engine.load(address("source", source), lines)
        store.ledger.end([source])
        if f"raw/{source}" in names:
            (folder / "raw").mkdir(exist_ok=True)
            (folder / "raw" / source).write_bytes(archive.read(f"raw/{source}"))
    store.engine.load(RETRACTED, archive.read("retracted.nt").decode().split("\n"))
    store.rebuild()


def _lines(archive: zipfile.ZipFile, source: str) -> list[str]:
    return archive.read(f"evidence/{source}.nt").decode().split("\n")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
