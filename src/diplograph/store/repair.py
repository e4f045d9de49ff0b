"""Makes a damaged store anew from all evidence that survives.

Takes the folder; gives what was done, in words. A source survives in its copy or in what is readable of the
database, whichever is what the ledger says; the consensus follows from the evidence. The damaged database is
kept beside the new one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.errors import StoreError
from diplograph.graph.records import document_from
from diplograph.model import Document
from diplograph.store import seal, snapshot
from diplograph.store.copies import Copies
from diplograph.store.embedded import EmbeddedEngine
from diplograph.store.engine import RETRACTED, address, first
from diplograph.store.folder import open_folder
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import Entry, Ledger, entry_of
from diplograph.store.lock import WriterLock
from diplograph.store.migration import LAYOUT


@dataclass(slots=True, kw_only=True)
class Repair:
    """What a repair did.

    Attributes:
        kept: Sources that are as they were stored.
        lost: Sources of which neither copy nor database is what the ledger says.
        words: What happened, for people.
    """

    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def repair(folder: Path) -> Repair:
    """Make a store anew from what survives of it.

    Raises:
        StoreError: If there is no store, someone writes to it, or the new one cannot be written.
    """
    if not folder.is_dir() or not any((folder / n).exists() for n in ("graph", "evidence", "layout.json")):
        raise StoreError(f"there is no store at {folder}; make one with `diplograph ingest`")
    with WriterLock(folder):
        done = Repair()
        ledger = _ledger(folder, done)
        old = _readable(folder, done)
        evidence = dict(_survivors(folder, ledger, old, done))
        notes = _notes(old)
        if old is not None:
            old.close()
        _build(folder, evidence, notes)
        _exchange(folder, evidence, done)
    with open_folder(folder) as fresh:
        done.words.append(f"{len(evidence)} sources and {fresh.size()} events stand again")
    return done


def _ledger(folder: Path, done: Repair) -> dict[str, Entry] | None:
    try:
        ledger = Ledger(folder / "ledger.jsonl")
    except StoreError as fault:
        done.words.append(f"the ledger cannot be read ({fault}); every source is held against its own digest")
        return None
    if not (folder / "ledger.jsonl").exists():
        done.words.append("the ledger is gone; every source is held against its own digest")
        return None
    # What was under way may have come about; a source that was not acknowledged is kept if it is whole.
    return ledger.entries | {s: e for s, e in ledger.pending.items() if e and s not in ledger.entries}


def _readable(folder: Path, done: Repair) -> EmbeddedEngine | None:
    from pyoxigraph import Store as Database

    try:
        return EmbeddedEngine(Database.read_only(str(folder / "graph")))
    except (OSError, RuntimeError) as fault:
        done.words.append(f"the database cannot be opened ({fault}); the copies must do")
        return None


def _survivors(
    folder: Path, ledger: dict[str, Entry] | None, old: EmbeddedEngine | None, done: Repair
) -> Iterator[tuple[str, list[str]]]:
    copies = Copies(folder / "evidence")
    # A ledger that was cut short says nothing of what came last.
    for source in sorted({*(ledger or ()), *copies.sources(), *_in_database(old)}):
        lines = _found(source, ledger, copies, old)
        if lines is None:
            done.lost.append(source)
            done.words.append(f"source {source} is lost: neither copy nor database holds it as it was stored")
        else:
            done.kept.append(source)
            yield source, lines


def _found(
    source: str, ledger: dict[str, Entry] | None, copies: Copies, old: EmbeddedEngine | None
) -> list[str] | None:
    entry = ledger.get(source) if ledger else None
    copy, stored = copies.lines(source), _stored(old, source)
    for lines in (copy, stored):
        if lines and (entry_of(lines) == entry if entry else _is_itself(source, lines)):
            return lines
    # Two that agree with each other are right, and the ledger is wrong.
    return copy if copy and copy == stored and _is_itself(source, copy) else None


def _stored(old: EmbeddedEngine | None, source: str) -> list[str] | None:
    if old is None:
        return None
    with suppress(StoreError):
        return old.lines(address("source", source))
    return None


def _in_database(old: EmbeddedEngine | None) -> Iterable[str]:
    from diplograph.store.reading import source_ids

    if old is None:
        return ()
    with suppress(StoreError):
        return source_ids(old)
    return ()


def _is_itself(source: str, lines: list[str]) -> bool:
    """Whether the text and the dates of a source still have the id that they had."""
    from pyoxigraph import Store as Database

    engine = EmbeddedEngine(Database())
    graph = address("source", source)
    try:
        engine.load(graph, lines)
        text = first(engine, graph, "text", graph) or ""
        told = document_from(first(engine, graph, "record", graph) or "", text)
    except (StoreError, SyntaxError, ValueError, KeyError):
        return False
    return source in (told.id, Document.digest(text, told.published, told.publisher, told.url))


def _notes(old: EmbeddedEngine | None) -> list[str]:
    if old is None:
        return []
    with suppress(StoreError):
        return old.lines(RETRACTED)
    return []


def _build(folder: Path, evidence: dict[str, list[str]], notes: list[str]) -> None:
    from pyoxigraph import Store as Database

    fresh = folder / "graph.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        engine = EmbeddedEngine(Database(str(fresh)))
        for source, lines in evidence.items():
            engine.load(address("source", source), lines)
        engine.load(RETRACTED, notes)
        ledger = Ledger()
        ledger.entries.update((source, entry_of(lines)) for source, lines in evidence.items())
        with GraphStore(engine, ledger, where=str(fresh)) as store:
            store.rebuild()
            engine.flush()
    except (OSError, RuntimeError) as fault:
        raise StoreError(f"{fresh} cannot be written: {fault}; make room and try again") from fault


def _exchange(folder: Path, evidence: dict[str, list[str]], done: Repair) -> None:
    """Put the new database in the place of the old one, and write ledger and copies to fit."""
    seal.lift(folder)
    shutil.rmtree(folder / snapshot.BEFORE, ignore_errors=True)
    if (folder / "graph").exists():
        number = next(n for n in range(1, 10_000) if not (folder / f"graph.damaged-{n}").exists())
        (folder / "graph").rename(folder / f"graph.damaged-{number}")
        done.words.append(f"the damaged database is kept as graph.damaged-{number}")
    (folder / "graph.new").rename(folder / "graph")
    copies = Copies(folder / "evidence")
    for source, lines in evidence.items():
        copies.keep(source, lines)
    entries = {source: entry_of(lines) for source, lines in evidence.items()}
    notes = (json.dumps(["end", source, e.quads, e.digest]) for source, e in entries.items())
    fresh = folder / "ledger.jsonl.new"
    fresh.write_text("".join(f"{note}\n" for note in notes), encoding="utf-8")
    fresh.replace(folder / "ledger.jsonl")
    (folder / "layout.json").write_text(f'{{"layout": {LAYOUT}}}\n', encoding="utf-8")


def check(store: GraphStore, folder: Path) -> tuple[str, ...]:
    """Faults of an open store, its copies among them."""
    copies = Copies(folder / "evidence")
    found = list(store.verify())
    for source, entry in sorted(store.ledger.entries.items()):
        lines = copies.lines(source)
        if (lines is None or entry_of(lines) != entry) and not entry.digest.startswith("rows:"):
            found.append(f"the copy of source {source} is not as it was stored")
    return tuple(found)
