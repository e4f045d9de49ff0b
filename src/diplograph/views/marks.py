"""Turns events into the marks of the graph: states, leaders, events and issues, and the lines between them.

Takes events and names; gives a ``Picture`` of nodes and links without places (``scene`` puts them in place).
Talks that belong to a visit are drawn with it, not beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from diplograph.model import Event, EventType, Facts, Participant, Status, Topic
from diplograph.views import cards, clean, saying

TALKS: Final = frozenset({EventType.MEETING, EventType.CALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A mark: what it is, what it is called, and the events it stands for."""

    id: str
    kind: str
    label: str
    events: tuple[str, ...]
    status: str = "held"
    contradicted: bool = False
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line between two marks.

    Attributes:
        kind: ``visit``, ``contact``, ``tension``, ``service`` (a leader of a state) or ``about`` (an issue).
        arrow: Whether it points from start to end.
        count: How many events it stands for.
        overview: Whether it belongs to the level of states.
        planned: How many of its events are not held.
    """

    start: str
    end: str
    kind: str
    events: tuple[str, ...] = ()
    status: str = "held"
    arrow: bool = False
    overview: bool = False
    planned: int = 0

    @property
    def count(self) -> int:
        """How many events it stands for."""
        return len(self.events)


@dataclass(slots=True)
class Picture:
    """The marks of a graph, and which events are drawn between which two states."""

    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    pairs: dict[tuple[str, str], list[tuple[Event, str | None]]] = field(default_factory=dict)
    left_out: int = 0


def picture(events: Sequence[Event], names: Mapping[str, str], *, most: int = 400) -> Picture:
    """The marks of events.

    Args:
        events: Events of any kind; those without any state are listed on the page but not drawn.
        names: State code → name.
        most: How many events are drawn; the latest are, and ``left_out`` counts the others.
    """
    made = Picture()
    ordered = sorted((e for e in events if e.facts.states), key=cards.order)
    known = {event.id for event in ordered}
    parts: dict[str, list[Event]] = {}
    for event in ordered:
        if event.part_of in known:
            parts.setdefault(event.part_of or "", []).append(event)
    tops = [event for event in ordered if event.part_of not in known]
    _overview(made, tops, names)
    made.left_out = max(0, len(tops) - most)
    shown = tops[made.left_out :]
    common = _common_topics([(event, parts.get(event.id, [])) for event in shown])
    for event in shown:
        _draw(made, event, parts.get(event.id, []), names, common)
    _gather(made)
    return made


def _gather(made: Picture) -> None:
    """Give each leader and issue the events of its links."""
    touching: dict[str, list[str]] = {}
    for link in made.links:
        if not link.overview and link.kind != "service":
            for end in (link.start, link.end):
                touching.setdefault(end, []).extend(link.events)
    for key, node in made.nodes.items():
        if node.kind in ("leader", "issue"):
            events = tuple(dict.fromkeys(touching.get(key, ())))
            made.nodes[key] = Node(id=key, kind=node.kind, label=node.label, events=events, state=node.state)


def main_pair(facts: Facts) -> tuple[str, str]:
    """The two states between which an event is drawn; one state alone is paired with itself."""
    if facts.type is EventType.VISIT and facts.guests and facts.host:
        return facts.guests[0], facts.host
    states = facts.states
    return (states[0], states[1]) if len(states) > 1 else (states[0], states[0])


def _topic_key(topic: Topic) -> str:
    return topic.id or clean.plain(topic.name).casefold()


def _common_topics(tops: Iterable[tuple[Event, list[Event]]]) -> dict[str, str]:
    """Issues worth a mark: those of the vocabulary, and other topics that more than one event has."""
    times: dict[str, int] = {}
    labels: dict[str, str] = {}
    for event, parts in tops:
        topics = {_topic_key(t): t for e in (event, *parts) for t in e.facts.issues}
        for key, topic in topics.items():
            times[key] = times.get(key, 0) + (2 if topic.id else 1)
            labels.setdefault(key, topic.name)
    return {key: labels[key] for key, count in sorted(times.items()) if count > 1}


def _overview(made: Picture, tops: Iterable[Event], names: Mapping[str, str]) -> None:
    totals: dict[tuple[str, str, str], list[Event]] = {}
    touching: dict[str, list[str]] = {}
    for event in tops:
        facts = event.facts
        for code in dict.fromkeys((*facts.states, *facts.guests)):
            touching.setdefault(code, []).append(event.id)
        for start, end, kind in _lines(facts):
            totals.setdefault((start, end, kind), []).append(event)
    for code, ids in sorted(touching.items()):
        label = clean.short(names.get(code, code), 28)
        made.nodes[f"s:{code}"] = Node(
            id=f"s:{code}", kind="state", label=label, events=tuple(ids), state=code
        )
    for (start, end, kind), found in sorted(totals.items(), key=lambda item: item[0]):
        made.links.append(
            Link(
                start=f"s:{start}",
                end=f"s:{end}",
                kind=kind,
                events=tuple(event.id for event in found),
                arrow=kind != "contact",
                overview=True,
                planned=sum(event.facts.status is not Status.HELD for event in found),
            )
        )


def _lines(facts: Facts) -> list[tuple[str, str, str]]:
    if facts.type is EventType.VISIT:
        guests = facts.guests or facts.states[:1]
        host = facts.host or facts.states[-1]
        return [(guest, host, "visit") for guest in guests if guest != host]
    if facts.type is EventType.TENSION:
        return [(facts.states[0], target, "tension") for target in facts.states[1:]]
    return [(a, b, "contact") for a, b in combinations(sorted(set(facts.states)), 2)]


def _draw(
    made: Picture,
    event: Event,
    parts: Sequence[Event],
    names: Mapping[str, str],
    common: Mapping[str, str],
) -> None:
    facts = event.facts
    key = f"e:{event.id}"
    ids = (event.id, *(part.id for part in parts))
    made.nodes[key] = Node(
        id=key,
        kind=str(facts.type),
        label=clean.plain(saying.label(event, names)),
        events=ids,
        status=str(facts.status),
        contradicted=any(decision.contradicting for decision in event.decisions),
    )
    people = _people(made, (event, *parts))
    made.pairs.setdefault(main_pair(facts), []).append((event, _column_of(facts)))
    for start, end, kind, arrow in _spokes(key, facts, people):
        made.links.append(
            Link(start=start, end=end, kind=kind, events=(event.id,), status=str(facts.status), arrow=arrow)
        )
    topics = {_topic_key(t): t for e in (event, *parts) for t in e.facts.issues}
    for topic in sorted(topics.keys() & common.keys()):
        issue = f"i:{topic}"
        made.nodes.setdefault(
            issue, Node(id=issue, kind="issue", label=clean.short(common[topic], 24), events=())
        )
        made.links.append(Link(start=key, end=issue, kind="about", events=(event.id,)))


def _column_of(facts: Facts) -> str | None:
    """The state in whose column the event stands: the guest of a visit; None for the middle."""
    return main_pair(facts)[0] if facts.type is EventType.VISIT else None


def _people(made: Picture, told: Sequence[Event]) -> dict[str, Participant]:
    people: dict[str, Participant] = {}
    for event in told:
        for person in event.facts.participants:
            if not person.state or f"s:{person.state}" not in made.nodes:
                continue
            key = f"p:{person.person}"
            people.setdefault(key, person)
            if key not in made.nodes:
                made.nodes[key] = Node(
                    id=key, kind="leader", label=clean.short(person.name, 28), events=(), state=person.state
                )
                made.links.append(Link(start=f"s:{person.state}", end=key, kind="service"))
    return people


def _spokes(key: str, facts: Facts, people: Mapping[str, Participant]) -> list[tuple[str, str, str, bool]]:
    """The lines of one event: who acts → event → to whom; everyone else is joined without an arrow."""
    if facts.type is EventType.VISIT:
        actors, target = facts.guests or facts.states[:1], facts.host or facts.states[-1]
        kind = "visit"
    elif facts.type is EventType.TENSION:
        actors, target = facts.states[:1], facts.states[1] if len(facts.states) > 1 else ""
        kind = "tension"
    else:
        actors, target, kind = facts.states, "", "contact"
    lines = []
    for code in actors:
        own = [person for person, who in people.items() if who.state == code]
        lines += [(start, key, kind, False) for start in own or [f"s:{code}"]]
    if target:
        lines.append((key, f"s:{target}", kind, True))
        hosts = [person for person, who in people.items() if who.state == target]
        lines += [(person, key, "contact", False) for person in hosts]
    return lines
