"""Compares what is stored with its ledger.

Takes both; gives faults in words. ``missing`` is quick enough for every opening, ``faults`` reads everything,
``recover`` settles what an interrupted writer left.
"""

from __future__ import annotations

from typing import Final

from diplograph.errors import StoreError
from diplograph.model import Polarity
from diplograph.store import reading
from diplograph.store.engine import INDEX, RECORDS, Engine, address
from diplograph.store.ledger import ROWS, Entry, LedgerBook, entry_of

_READ: Final = 200_000  # reports that are read one by one
_COUNTED: Final = 100_000  # statements that are counted in a tenth of a second


def missing(engine: Engine, ledger: LedgerBook, *, counting: bool | None = None) -> list[str]:
    """Sources that are absent, unknown to the ledger, or of another size than it says.

    Args:
        engine: What is stored.
        ledger: What should be.
        counting: Whether statements are counted; by default if that is quick.
    """
    there, known = set(reading.source_ids(engine)), set(ledger.entries)
    settled = set(ledger.pending)
    found = [f"source {source} is missing" for source in sorted(known - there - settled)]
    found += [f"source {source} is not in the ledger" for source in sorted(there - known - settled)]
    if counting is None:
        counting = sum(entry.quads for entry in ledger.entries.values()) <= _COUNTED
    return found or (_miscounted(engine, ledger) if counting else [])


def faults(engine: Engine, ledger: LedgerBook) -> tuple[str, ...]:
    """All that is amiss: every source is read and its digest compared, and every event is read."""
    found = missing(engine, ledger, counting=False)
    for source, entry in sorted(ledger.entries.items()):
        try:
            there = entry_at(engine, source, entry)
        except StoreError as fault:
            found.append(f"source {source} cannot be read: {fault}")
            continue
        if there != entry and f"source {source} is missing" not in found:
            found.append(f"source {source} is not as it was stored")
    return tuple(dict.fromkeys([*found, *_consensus_faults(engine)]))


def recover(engine: Engine, ledger: LedgerBook) -> list[str]:
    """Settle changes that were begun and not ended: each has happened as a whole, or not at all.

    Returns:
        The sources that were under way.
    """
    under_way = sorted(ledger.pending)
    for source in under_way:
        if entry_at(engine, source, ledger.pending[source]) == ledger.pending[source]:
            ledger.end([source])
        else:
            ledger.abandon([source])
    return under_way


def entry_at(engine: Engine, source: str, known: Entry | None = None) -> Entry | None:
    """The entry of what is stored of a source; None if nothing is."""
    if known and known.digest.startswith(ROWS):
        count = engine.counts().get(address("source", source), 0)
        return Entry(quads=count, digest=known.digest) if count else None
    lines = engine.lines(address("source", source))
    return entry_of(lines) if lines else None


def _consensus_faults(engine: Engine) -> list[str]:
    """Whether every report has its place in the index, and every event can be read."""
    try:
        events = reading.events(engine)
        filed = {told.subject for told in engine.all("reportedIn", INDEX)}
        told = {address("report", name) for event in events for name in event.reports}
    except (StoreError, ValueError, KeyError) as fault:
        return [f"the consensus cannot be read: {fault}"]
    if lost := sorted(told - filed):
        return [f"{len(lost)} reports of events are not in the index"]
    # What came with a file of event data is too much to be read one by one.
    if len(told) <= _READ:
        affirmed = {r.id for r in reading.reports(engine) if r.polarity is Polarity.AFFIRMED}
        if apart := len(affirmed ^ {name for event in events for name in event.reports}):
            return [f"{apart} reports are of no event, or not there; run `diplograph rebuild`"]
    return []


def _miscounted(engine: Engine, ledger: LedgerBook) -> list[str]:
    counts = engine.counts()
    found = []
    for source, entry in sorted(ledger.entries.items()):
        count = counts.get(address("source", source), 0)
        if count != entry.quads and source not in ledger.pending:
            found.append(f"source {source} has {count} statements instead of {entry.quads}")
    bare = not ledger.pending and RECORDS not in counts and INDEX not in counts
    if bare and any(_has_reports(engine, source) for source in ledger.entries):
        found.append("the consensus is missing")
    return found


def _has_reports(engine: Engine, source: str) -> bool:
    graph = address("source", source)
    return any(told.subject != graph for told in engine.all("record", graph))
