"""What could be known on a day: the graph of the sources that were published by then.

Takes a store and a day; gives a store in memory. A source without a date is left out, since nobody can say
that it was known; what a person decided counts from the day on which it was decided.
"""

from __future__ import annotations

from datetime import date

from diplograph.graph.background import Background
from diplograph.store.embedded import EmbeddedEngine
from diplograph.store.engine import address
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import Ledger


def as_of(store: GraphStore, day: date, background: Background | None = None) -> GraphStore:
    """The graph as it could be known on a day; nothing of the store is changed.

    Args:
        store: The store.
        day: The last day of publication that counts.
        background: What is known of states, persons and places.
    """
    from pyoxigraph import Store as Database

    engine = EmbeddedEngine(Database())
    ledger = Ledger()
    dates = {t.subject: t.value for t in store.engine.all("published", None) if t.subject == t.graph}
    for source in store.sources():
        graph = address("source", source)
        if dates.get(graph, "9999") <= day.isoformat():
            engine.load(graph, store.engine.lines(graph))
            ledger.entries[source] = store.ledger.entries[source]
    past = GraphStore(engine, ledger, where=f"{store.where} as of {day}", background=background)
    past.rebuild()
    past.read_only = True
    return past
