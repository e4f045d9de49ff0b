"""Who received most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diplograph.model import Event, EventType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A state, how many visits it received, and which."""

    host: str
    visits: int
    events: tuple[str, ...]


def hosts(events: Iterable[Event], at_least: int = 1) -> tuple[Host, ...]:
    """How many held visits each state received, the most first."""
    found: dict[str, list[str]] = {}
    for event in events:
        facts = event.facts
        if facts.type is EventType.VISIT and facts.status is Status.HELD and facts.host:
            found.setdefault(facts.host, []).append(event.id)
    rows = [
        Host(host=host, visits=len(ids), events=tuple(sorted(ids)))
        for host, ids in found.items()
        if len(ids) >= at_least
    ]
    return tuple(sorted(rows, key=lambda row: (-row.visits, row.host)))
