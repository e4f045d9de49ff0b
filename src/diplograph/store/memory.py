"""The store in memory: the same engine, gone when it is closed."""

from __future__ import annotations

from diplograph.graph.background import Background
from diplograph.store.ledger import Ledger
from diplograph.store.oxigraph import OxigraphStore


def open_memory(background: Background | None = None) -> OxigraphStore:
    """An empty store in memory."""
    from pyoxigraph import Store as Database

    return OxigraphStore(Database(), Ledger(), where="the store in memory", background=background)
