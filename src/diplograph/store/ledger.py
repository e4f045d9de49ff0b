"""The ledger: which sources a store holds, with count and digest of each, kept beside the database.

Takes notes before and after each change, so that after an interruption it is known what was under way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from diplograph.errors import StoreError
from diplograph.graph.ntriples import dg, line, node, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows of a source: number and digest of its statements."""

    quads: int
    digest: str


ROWS: Final = "rows:"
"""Begins the digest of a source that came from a file of event data, which is known by its file and size."""
_SPARE: Final = 6  # lines for each source from which the file is written anew


class LedgerBook(Protocol):
    """What a store holds by source, and what is under way; kept wherever the store is."""

    entries: dict[str, Entry]
    pending: dict[str, Entry | None]

    def begin(self, changes: Mapping[str, Entry | None]) -> None:
        """Note what is about to change."""

    def end(self, sources: Iterable[str]) -> None:
        """Note that a change has been made."""

    def abandon(self, sources: Iterable[str]) -> None:
        """Note that a change was not made."""


class Ledger:
    """The ledger of a store, in a file or in memory.

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
        self._lines = 0
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

    def compact(self) -> None:
        """Write the file anew with one note for each source, once most of its lines are of the past."""
        if self.path is None or self.pending or self._lines <= _SPARE * max(len(self.entries), 100):
            return
        fresh = self.path.with_suffix(".new")
        notes = (["end", s, e.quads, e.digest] for s, e in sorted(self.entries.items()))
        try:
            fresh.write_text("".join(f"{json.dumps(note)}\n" for note in notes), encoding="utf-8")
            fresh.replace(self.path)
        except OSError:
            # The old file is as good; it is only longer.
            fresh.unlink(missing_ok=True)
            return
        self._whole, self._lines = self.path.stat().st_size, len(self.entries)

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
        try:
            with self.path.open("ab") as stream:
                # Half a line of a writer that was interrupted must not become the start of ours.
                stream.truncate(self._whole)
                told = "".join(f"{line}\n" for line in lines).encode()
                stream.write(told)
                stream.flush()
                os.fsync(stream.fileno())
                self._whole += len(told)
        except OSError as fault:
            raise StoreError(
                f"{self.path} cannot be written: {fault.strerror}; make room and try again"
            ) from fault

    def _read(self, path: Path) -> None:
        # What stands after the last line end was being written when its writer ended.
        *lines, _ = path.read_bytes().split(b"\n")
        self._whole = sum(len(line) + 1 for line in lines)
        self._lines = len(lines)
        for number, note in enumerate(lines, 1):
            try:
                self._replay(json.loads(note))
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


def entry_of(lines: Sequence[str]) -> Entry:
    """The entry of a source with these statements, sorted."""
    text = "\n".join(lines).encode()
    return Entry(quads=len(lines), digest=hashlib.sha256(text).hexdigest())


def ledger_note(source: str, term: str, entry: Entry | None) -> str:
    """The entry of a source as a statement of the ledger of a server."""
    told = json.dumps([entry.quads, entry.digest] if entry else None)
    return line(node("source", source), dg(term), text(told))


def noted(note: str) -> Entry | None:
    """The entry that such a statement has for its value."""
    told = json.loads(note)
    return Entry(quads=int(told[0]), digest=str(told[1])) if told else None
