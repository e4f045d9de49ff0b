"""Names the sources that only repeat what another one tells.

``copies`` takes an open store and a source; gives the sources that tell the same events in the same words.
They stay in the graph, each with its own evidence, and count as one voice (``consensus.origins``).
"""

from __future__ import annotations

from diplograph.consensus import origins
from diplograph.store import Store
from diplograph.vocab import DG, ID

_DENOTED = f"SELECT ?report ?event WHERE {{ ?report <{DG}denotes> ?event }}"


def copies(store: Store, source: str) -> tuple[str, ...]:
    """Ids of the sources, sorted, that share an event and its wording with a source.

    Args:
        store: An open store.
        source: Id of a source in it.
    """
    events = {event for report in store.reports_of_source(source) for event in _events(store, report.id)}
    groups = [group for event in sorted(events) for group in origins.copies(store.reports(event))]
    return tuple(sorted({one for group in groups if source in group for one in group} - {source}))


def _events(store: Store, report: str) -> list[str]:
    found = store.query(_DENOTED, {"report": f"{ID}report/{report}"})
    return [row["event"].rpartition("/")[2] for row in found]
