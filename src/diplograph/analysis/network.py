"""Projects events to networkx graphs: visits directed guest → host, contacts undirected.

``visits`` gives a ``MultiDiGraph`` with one edge for each journey, keyed by event id. ``contacts`` gives an
undirected ``MultiGraph`` of meetings and calls, also keyed by event id, in a graph of its own: laid into the
directed one they would count as two opposite visits, and every measure of direction would be wrong.
``tensions`` gives a ``MultiDiGraph`` actor → target.

Attributes are str, int and bool only, so that GraphML, GEXF and Pajek can hold them; what is not known is "".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.model import Event, EventType, Status

if TYPE_CHECKING:
    import networkx as nx

Nodes = Literal["states", "leaders"]
Value = str | int | bool


def _facts(event: Event) -> dict[str, Value]:
    facts, when = event.facts, event.facts.when
    dated = when.start is not None
    return {
        "event": event.id,
        "type": str(facts.type),
        "subtype": facts.subtype or "",
        "status": str(facts.status),
        "edtf": when.edtf,
        "start": when.earliest_start().isoformat() if dated else "",
        "end": when.latest_end().isoformat() if dated else "",
        "place": facts.place.name if facts.place else "",
        "occasion": facts.occasion.name if facts.occasion else "",
        "issues": "; ".join(topic.name for topic in facts.issues),
        "participants": "; ".join(person.name for person in facts.participants),
        "reports": len(event.reports),
    }


def _label(event: Event) -> str:
    facts = event.facts
    parts = (str(facts.type), facts.place.name if facts.place else "", facts.when.edtf)
    return " · ".join(part for part in parts if part)


def visits(
    events: Iterable[Event],
    *,
    nodes: Nodes = "states",
    statuses: Collection[Status] = travel.HELD,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
    names: Mapping[str, str] | None = None,
) -> nx.MultiDiGraph:
    """Visits as a directed multigraph, guest → host.

    Args:
        events: Events of any kind.
        nodes: ``states``, or ``leaders`` for traveller → host state (both kinds of node then, told apart by
            the attribute ``kind``); a visit without a named traveller starts from the state.
        statuses: Which statuses count; ``frozenset(Status)`` for all.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
        names: State code → name, for labels.

    Returns:
        A graph whose edge key is the event id and whose edges carry the event's facts as attributes.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(name="visits")
    known = {event.id: event for event in events}
    found = travel.journeys(
        known.values(), statuses=statuses, level=level, multilateral=multilateral, as_of=as_of
    )
    for journey in found:
        event = known[journey.event]
        for start in _start(journey, nodes):
            _add(graph, start, "state" if start == journey.guest else "leader", names)
            _add(graph, journey.host, "state", names)
            graph.add_edge(start, journey.host, key=event.id, **_visit(journey, event))
    if nodes == "leaders":
        _name_leaders(graph, found)
    return graph


def _start(journey: Journey, nodes: Nodes) -> tuple[str, ...]:
    return (journey.persons or (journey.guest,)) if nodes == "leaders" else (journey.guest,)


def _visit(journey: Journey, event: Event) -> dict[str, Value]:
    own: dict[str, Value] = {
        "guest": journey.guest,
        "host": journey.host,
        "level": str(journey.level),
        "multilateral": journey.multilateral,
        "weight": 1,
        "label": _label(event),
    }
    return _facts(event) | own


def _add(graph: nx.Graph, node: str, kind: str, names: Mapping[str, str] | None) -> None:
    if node not in graph:
        graph.add_node(node, kind=kind, label=(names or {}).get(node, node))


def _name_leaders(graph: nx.Graph, found: Iterable[Journey]) -> None:
    for journey in found:
        for person, name in zip(journey.persons, journey.travellers, strict=True):
            graph.nodes[person].update(label=name, state=journey.guest)


def contacts(
    events: Iterable[Event],
    *,
    kinds: Collection[EventType] = (EventType.MEETING, EventType.CALL),
    statuses: Collection[Status] = travel.HELD,
    within_visits: bool = False,
    names: Mapping[str, str] | None = None,
) -> nx.MultiGraph:
    """Meetings and calls as an undirected multigraph of states.

    Args:
        events: Events of any kind.
        kinds: The types that count.
        statuses: Which statuses count.
        within_visits: Whether talks that belong to a visit count as contacts of their own.
        names: State code → name, for labels.
    """
    import networkx as nx

    graph = nx.MultiGraph(name="contacts")
    for event in _chosen(events, kinds, statuses):
        if event.part_of and not within_visits:
            continue
        for a, b in combinations(sorted(set(event.facts.states)), 2):
            _add(graph, a, "state", names)
            _add(graph, b, "state", names)
            graph.add_edge(a, b, key=event.id, label=_label(event), **_facts(event))
    return graph


def tensions(
    events: Iterable[Event],
    *,
    statuses: Collection[Status] = travel.HELD,
    names: Mapping[str, str] | None = None,
) -> nx.MultiDiGraph:
    """Tensions as a directed multigraph, actor → target; those without two states are left out."""
    import networkx as nx

    graph = nx.MultiDiGraph(name="tensions")
    for event in _chosen(events, (EventType.TENSION,), statuses):
        actor, *targets = event.facts.states or ("",)
        for target in targets:
            _add(graph, actor, "state", names)
            _add(graph, target, "state", names)
            graph.add_edge(actor, target, key=event.id, label=_label(event), **_facts(event))
    return graph


def _chosen(
    events: Iterable[Event], kinds: Collection[EventType], statuses: Collection[Status]
) -> Iterator[Event]:
    for event in sorted(events, key=lambda event: event.id):
        if event.facts.type in kinds and event.facts.status in statuses:
            yield event
