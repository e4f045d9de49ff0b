"""Sees gatherings as a network of two modes, states and gatherings, and counts triads of states.

Definitions: a state *attends* a gathering if it takes part in a held event whose occasion that is, or hosts
it. In the projection two states are tied by each gathering that both attended; a gathering of n states adds
1/(n − 1) to each of its pairs (Newman 2001, Phys. Rev. E 64:016132), so that a large summit does not drown
everything else. *Trilateral* events have three states or more at one table.
The *triad census* counts the 16 kinds of triads of the simple graph guest → host (Holland and Leinhardt 1976,
Sociological Methodology 7:1): 300 is three states that all visit one another.

Takes events; gives attendances, ties and counts with event ids, and a two-mode networkx graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from diplograph.analysis.centrality import simple
from diplograph.analysis.journeys import Journey
from diplograph.model import Event, EventType, Status

if TYPE_CHECKING:
    import networkx as nx

THREE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One gathering: its id or name, the states that attended, and the events that tell so."""

    gathering: str
    name: str
    states: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Gatherings that two states both attended."""

    a: str
    b: str
    gatherings: tuple[str, ...]
    weight: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Three states and more at one table: their codes, and the events."""

    states: tuple[str, ...]
    events: tuple[str, ...]


def attendances(events: Iterable[Event]) -> tuple[Attendance, ...]:
    """Each gathering with the states that attended, sorted by id."""
    found: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.id):
        occasion = event.facts.occasion
        if occasion and event.facts.status is Status.HELD:
            found.setdefault(occasion.id or occasion.name, []).append(event)
    return tuple(_attendance(key, own) for key, own in sorted(found.items()))


def _attendance(key: str, own: Sequence[Event]) -> Attendance:
    occasion = own[0].facts.occasion
    states = {code for event in own for code in (*event.facts.states, event.facts.host or "")} - {""}
    return Attendance(
        gathering=key,
        name=occasion.name if occasion else key,
        states=tuple(sorted(states)),
        events=tuple(event.id for event in own),
    )


def shared(rows: Iterable[Attendance]) -> tuple[Shared, ...]:
    """The projection to pairs of states, the strongest tie first."""
    found: dict[tuple[str, str], list[Attendance]] = {}
    for row in rows:
        for pair in combinations(row.states, 2):
            found.setdefault(pair, []).append(row)
    ties = [
        Shared(
            a=a,
            b=b,
            gatherings=tuple(row.gathering for row in own),
            weight=sum(1 / (len(row.states) - 1) for row in own),
            events=tuple(event for row in own for event in row.events),
        )
        for (a, b), own in found.items()
    ]
    return tuple(sorted(ties, key=lambda tie: (-tie.weight, tie.a, tie.b)))


def two_mode(rows: Iterable[Attendance], names: Mapping[str, str] | None = None) -> nx.Graph:
    """States and gatherings as a bipartite graph; the attribute ``bipartite`` is 0 for states."""
    import networkx as nx

    made = nx.Graph(name="gatherings")
    for row in rows:
        made.add_node(row.gathering, bipartite=1, kind="gathering", label=row.name)
        for code in row.states:
            made.add_node(code, bipartite=0, kind="state", label=(names or {}).get(code, code))
            made.add_edge(code, row.gathering)
    return made


def trilaterals(events: Iterable[Event]) -> tuple[Table, ...]:
    """Groups of three states and more that met at one table, the most frequent first."""
    found: dict[tuple[str, ...], list[str]] = {}
    for event in sorted(events, key=lambda event: event.id):
        facts = event.facts
        states = tuple(sorted(set(facts.states)))
        at_table = facts.type in (EventType.MEETING, EventType.CALL) and len(states) >= THREE
        if at_table and facts.status is Status.HELD:
            found.setdefault(states, []).append(event.id)
    rows = [Table(states=states, events=tuple(ids)) for states, ids in found.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.events), row.states)))


def triads(found: Iterable[Journey]) -> dict[str, int]:
    """The triad census of visits, by the names of Holland and Leinhardt (``003`` … ``300``)."""
    import networkx as nx

    census = nx.triadic_census(simple(found))
    return {str(kind): int(number) for kind, number in sorted(census.items())}
