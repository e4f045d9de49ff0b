"""The ledger: which sources a store holds, with count and digest of each, kept beside the database.

Takes notes before and after each change, so that after an interruption it is known what was under way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.errors import StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows of a source: number and digest of its statements."""

    quads: int
    digest: str


class Ledger:
    """The ledger of a store.

    Args:
        path: The file that it is kept in; None keeps it in memory.

    Attributes:
        entries: What the store holds, by source.
        pending: Changes that were begun and not ended; None stands for a source to be dropped.

    Raises:
        StoreError: If a line of the file is malformed.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        self.pending: dict[str, Entry | None] = {}
        self._whole = 0
        if path and path.exists():
            self._read(path)

    def begin(self, changes: Mapping[str, Entry | None]) -> None:
        """Note what is about to change."""
        self.pending.update(changes)
        self._write("begin", changes)

    def end(self, sources: Iterable[str]) -> None:
        """Note that a change has been committed."""
        done = {source: self.pending[source] for source in sources}
        self._settle(done)
        self._write("end", done)

    def abandon(self, sources: Iterable[str]) -> None:
        """Note that a change did not happen."""
        left = {source: self.pending.pop(source) for source in sources}
        self._write("abandon", left)

    def _settle(self, done: Mapping[str, Entry | None]) -> None:
        for source, entry in done.items():
            self.pending.pop(source, None)
            if entry is None:
                self.entries.pop(source, None)
            else:
                self.entries[source] = entry

    def _write(self, step: str, changes: Mapping[str, Entry | None]) -> None:
        if self.path is None:
            return
        lines = [json.dumps([step, s, *((e.quads, e.digest) if e else ())]) for s, e in changes.items()]
        with self.path.open("ab") as stream:
            # Half a line of a writer that was interrupted must not become the start of ours.
            stream.truncate(self._whole)
            self._whole += stream.write("".join(f"{line}\n" for line in lines).encode())
            stream.flush()
            os.fsync(stream.fileno())

    def _read(self, path: Path) -> None:
        # What stands after the last line end was being written when its writer ended.
        *lines, rest = path.read_bytes().split(b"\n")
        self._whole = path.stat().st_size - len(rest)
        for number, line in enumerate(lines, 1):
            try:
                self._replay(json.loads(line))
            except (ValueError, KeyError, TypeError) as fault:
                raise StoreError(
                    f"{path}:{number}: the ledger is damaged; restore it from a backup or ingest anew"
                ) from fault

    def _replay(self, note: list[Any]) -> None:
        step, source, *rest = note
        entry = Entry(quads=int(rest[0]), digest=str(rest[1])) if rest else None
        if step == "begin":
            self.pending[source] = entry
        elif step == "end":
            self._settle({source: entry})
        elif step == "abandon":
            self.pending.pop(source, None)
        else:
            raise ValueError(step)


def entry_of(lines: list[str]) -> Entry:
    """The entry of a source with these statements, sorted."""
    text = "\n".join(lines).encode()
    return Entry(quads=len(lines), digest=hashlib.sha256(text).hexdigest())
