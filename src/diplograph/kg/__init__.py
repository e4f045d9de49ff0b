"""The Python face: one object for a graph, which only delegates to the rooms below.

``open(path)`` gives a ``KnowledgeGraph``, whose answers are ``Table``, ``Quotes`` and ``Page`` values that
pandas, polars and notebooks take as they are. Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from diplograph.kg.dossier import Dossier
from diplograph.kg.graph import KnowledgeGraph
from diplograph.kg.leader import Leader
from diplograph.pair import Pair

__all__ = ["Dossier", "KnowledgeGraph", "Leader", "Pair", "open"]


def open(  # noqa: A001 - diplograph.open
    path: str | Path = "kg", *, read_only: bool = False, as_of: date | str | None = None
) -> KnowledgeGraph:
    """Open the graph in a folder, which is made if it is not there, or on a server.

    Args:
        path: The folder, or the address of a SPARQL endpoint (``http://host:port/sparql``).
        read_only: Whether nothing may be changed; then the folder must be there.
        as_of: The day to look from: only what sources published by then could tell; nothing can be changed.

    Raises:
        StoreError: If it cannot be opened.

    Example:
        >>> with diplograph.open("kg", read_only=True) as kg:
        ...     print(kg)
        <KnowledgeGraph kg: 3 sources, 6 events>
    """
    from diplograph import store

    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return KnowledgeGraph(store.open(path, read_only=read_only, as_of=day))
