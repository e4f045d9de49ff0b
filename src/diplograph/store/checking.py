"""Compares a database with its ledger.

Takes both; gives faults in words. ``missing`` counts and is quick enough for every opening, ``faults`` reads
everything, ``recover`` settles what an interrupted writer left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplograph.store import reading
from diplograph.store.ledger import Ledger, entry_of
from diplograph.store.patterns import address, column

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

_COUNTED: Final = 1_000_000  # statements that are counted in a quarter of a second
_COUNT = """
SELECT (CONCAT(STR(?graph), " ", STR(COUNT(*))) AS ?entry) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph
"""


def missing(database: Database, ledger: Ledger) -> list[str]:
    """Sources that are absent, unknown to the ledger, or of another size than it says."""
    there, known = set(reading.source_ids(database)), set(ledger.entries)
    settled = set(ledger.pending)
    found = [f"source {source} is missing" for source in sorted(known - there - settled)]
    found += [f"source {source} is not in the ledger" for source in sorted(there - known - settled)]
    if not found and sum(entry.quads for entry in ledger.entries.values()) <= _COUNTED:
        found = _miscounted(database, ledger)
    return found


def faults(database: Database, ledger: Ledger) -> tuple[str, ...]:
    """All that is amiss: every source is read and its digest compared."""
    found = missing(database, ledger)
    for source, entry in sorted(ledger.entries.items()):
        if entry_of(_lines(database, source)) != entry:
            found.append(f"source {source} is not as it was stored")
    return tuple(dict.fromkeys(found))


def recover(database: Database, ledger: Ledger) -> None:
    """Settle changes that were begun and not ended: each has happened as a whole, or not at all."""
    for source, entry in dict(ledger.pending).items():
        lines = _lines(database, source)
        there = entry_of(lines) if lines else None
        if there == entry:
            ledger.end([source])
        else:
            ledger.abandon([source])


def _miscounted(database: Database, ledger: Ledger) -> list[str]:
    pairs = (entry.rpartition(" ") for entry in column(database, _COUNT, "entry"))
    counts = {graph: int(number) for graph, _, number in pairs}
    found = []
    for source, entry in sorted(ledger.entries.items()):
        count = counts.get(address("source", source), 0)
        if count != entry.quads and source not in ledger.pending:
            found.append(f"source {source} has {count} statements instead of {entry.quads}")
    return found


def _lines(database: Database, source: str) -> list[str]:
    from pyoxigraph import NamedNode

    graph = NamedNode(address("source", source))
    quads = database.quads_for_pattern(None, None, None, graph)
    return sorted(f"{quad.triple} ." for quad in quads)
