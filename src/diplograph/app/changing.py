"""Changes the graph by SPARQL, where that is allowed, as far as it stays true to its sources.

Takes the folder of a store and an update that was found to read nothing else. The update is made on a copy;
what it changed in graphs of its own is then done in the store. What sources say, and what was concluded from
them, changes by ``ingest`` and ``retract`` alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from diplograph.errors import DiplographError, QueryError, StoreError
from diplograph.store.engine import Change
from diplograph.vocab import BASE, ID, PREFIXES

_COUNT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def update(folder: Path, text: str) -> None:
    """Make an update.

    Raises:
        QueryError: If it is malformed, or changes what sources say.
        StoreError: If the store is being written to, or cannot be opened.
    """
    from diplograph import store

    # Beside the store, because there a copy costs no more than links to its files.
    with tempfile.TemporaryDirectory(prefix=".trial-", dir=folder, ignore_cleanup_errors=True) as place:
        tried = _tried(folder / "graph", Path(place) / "graph", text)
    if isinstance(tried, DiplographError):
        raise tried
    with store.open(folder) as graph:
        engine: Any = getattr(graph, "engine", None)
        if engine is None:
            raise StoreError(f"{folder} takes no updates; use diplograph ingest")
        engine.change(tried)


def _tried(graph: Path, copy: Path, text: str) -> Change | DiplographError:
    """What an update changes, or why it is refused; afterwards no database is open, so the copy can go."""
    try:
        before = _opened(graph, read_only=True)
        before.backup(str(copy))
        after = _opened(copy, read_only=False)
        _make(after, text)
        _check_unchanged(before, after)
        return _noted(before, after)
    except DiplographError as refused:
        # A new one: the old one's traceback would hold the databases open.
        return type(refused)(str(refused))


def _opened(graph: Path, *, read_only: bool) -> Any:
    from pyoxigraph import Store as Database

    try:
        return Database.read_only(str(graph)) if read_only else Database(str(graph))
    except (OSError, RuntimeError) as fault:
        raise StoreError(f"{graph} cannot be opened: {fault}") from fault


def _make(database: Any, text: str) -> None:
    try:
        database.update(text, base_iri=ID, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError, OSError) as fault:
        raise QueryError(f"the update cannot be made: {fault}") from fault


def _is_own(name: str) -> bool:
    """Whether a graph is one that updates may change: no address of the house."""
    return not name.startswith(BASE)


def _graphs(database: Any) -> set[str]:
    return {graph.value for graph in database.named_graphs()}


def _check_unchanged(before: Any, after: Any) -> None:
    from pyoxigraph import DefaultGraph, NamedNode

    ours = [name for name in sorted(_graphs(before) | _graphs(after)) if not _is_own(name)]
    named: list[tuple[str, Any]] = [(f"the graph <{name}>", NamedNode(name)) for name in ours]
    for what, graph in [("the consensus", DefaultGraph()), *named]:
        if _count(before, graph) != _count(after, graph):
            raise QueryError(
                f"the update changes {what}, which sources alone decide; use diplograph ingest and retract, "
                f"or put statements into a graph of your own whose address does not begin with {BASE}"
            )


def _count(database: Any, graph: Any) -> int:
    row = next(database.query(_COUNT, default_graph=[graph], named_graphs=[]))
    return int(row["n"].value)


def _noted(before: Any, after: Any) -> Change:
    """What the update changed in graphs of its own."""
    change = Change()
    for name in sorted(_graphs(before) | _graphs(after)):
        if _is_own(name):
            was, now = _lines(before, name), _lines(after, name)
            change.deleted[name].update(was - now)
            change.inserted[name].update(now - was)
    return change


def _lines(database: Any, name: str) -> set[str]:
    from pyoxigraph import NamedNode, RdfFormat

    told = database.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(name)) or b""
    return {line for line in told.decode().split("\n") if line}
