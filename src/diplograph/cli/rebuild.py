"""The verb ``rebuild``: the whole consensus anew from the evidence."""

from __future__ import annotations

from diplograph.cli.options import FormatOption, StoreOption, graph
from diplograph.cli.output import told


def run(store: StoreOption = None, form: FormatOption = None) -> None:
    """Derive the consensus anew from the evidence.

    Wanted after an update of diplograph; otherwise it changes nothing.

    Example: diplograph rebuild --store kg
    """
    with graph(store, read_only=False) as kg:
        events = kg.store.rebuild()
    told(f"{events} events", {"events": events}, form)
