"""The store in memory: the same engine, gone when it is closed."""

from __future__ import annotations

from diplograph.graph.background import Background
from diplograph.store.embedded import EmbeddedEngine
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import Ledger


def open_memory(background: Background | None = None) -> GraphStore:
    """An empty store in memory."""
    from pyoxigraph import Store as Database

    where = "the store in memory"
    return GraphStore(EmbeddedEngine(Database()), Ledger(), where=where, background=background)
