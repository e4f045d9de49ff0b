"""The verb ``rebuild``: the whole consensus anew from the evidence."""

from __future__ import annotations

from diplograph.cli.options import StoreOption, graph
from diplograph.cli.output import say


def run(store: StoreOption = None) -> None:
    """Derive the consensus anew from the evidence.

    Wanted after an update of diplograph; otherwise it changes nothing.
    """
    with graph(store, read_only=False) as kg:
        say(f"{kg.store.rebuild()} events")
