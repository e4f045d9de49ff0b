"""The facts that reports and events have in common, as statements about one node.

Takes ``Facts`` and the node that they are told of; gives N-Triples lines and the things that they name.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from diplograph.graph.ntriples import TYPE, dg, label, line, moment, node, slug, text
from diplograph.model import EventType, Facts, Occasion, Participant, PlaceName, TimeSpan, Topic

CLASSES = {
    EventType.VISIT: "Visit",
    EventType.MEETING: "Meeting",
    EventType.CALL: "Call",
    EventType.AGREEMENT: "Agreement",
    EventType.TENSION: "Tension",
    EventType.STATEMENT_OF_INTENT: "StatementOfIntent",
    EventType.OTHER: "OtherEvent",
}

TenureOf = Callable[[Participant, Facts], str | None]


def fact_lines(
    subject: str, owner: str, facts: Facts, tenure_of: TenureOf = lambda _p, _f: None
) -> list[str]:
    """The statements of these facts.

    Args:
        subject: The node of the report or event.
        owner: Its id, from which the nodes that belong to it are named.
        facts: What is told.
        tenure_of: Finds the id of the tenure under which a participant acts.
    """
    told = [
        ("eventType", dg(f"event-type/{facts.type}")),
        ("status", dg(f"status/{facts.status}")),
        ("dyad", text("-".join(sorted(set(facts.states))))),
        *(("involves", node("state", s)) for s in facts.states),
        *(("guest", node("state", s)) for s in facts.guests),
        *(("issue", issue_node(t)) for t in facts.issues),
        *_roles(facts),
        *_time(facts.when),
    ]
    if facts.subtype:
        told.append(("subtype", dg(f"event-type/{slug(facts.subtype)}")))
    if facts.host:
        told.append(("host", node("state", facts.host)))
    if facts.place:
        told.append(("place", place_node(facts.place)))
    if facts.occasion:
        told.append(("occasion", occasion_node(facts.occasion)))
    lines = [line(subject, dg(term), value) for term, value in told]
    for number, participant in enumerate(facts.participants, 1):
        tenure = tenure_of(participant, facts)
        lines += _participation(subject, f"{owner}-{number}", participant, tenure)
    return lines


def place_node(place: PlaceName) -> str:
    """The node of a place: of the gazetteer, or minted from state and name, so that its label follows."""
    return node("place", place.id) if place.id else _minted("place", place.name, place.state)


def occasion_node(occasion: Occasion) -> str:
    """The node of a gathering (``g20-2025``), of a series (``g20``), or one minted from the name."""
    if occasion.id is None:
        return _minted("occasion", occasion.name)
    return node("gathering" if occasion.id[-4:].isdigit() else "series", occasion.id)


def issue_node(topic: Topic) -> str:
    """The node of an issue of the vocabulary, or one minted from the words."""
    return node("issue", topic.id) if topic.id else _minted("topic", topic.name.casefold())


def person_node(participant: Participant) -> str:
    """The node of a person."""
    return node("person", participant.person)


def _minted(kind: str, name: str, state: str | None = None) -> str:
    """A node from which the name can be read back; ``~`` tells it from the slugs of the gazetteer."""
    return node(kind, f"{state or ''}~{'_'.join(name.split())}")


def _roles(facts: Facts) -> list[tuple[str, str]]:
    if facts.type is not EventType.TENSION or not facts.states:
        return []
    actor, *targets = facts.states
    return [("actor", node("state", actor)), *(("target", node("state", t)) for t in targets)]


def _time(when: TimeSpan) -> list[tuple[str, str]]:
    if when.start is None:
        return []
    return [
        ("edtf", text(when.edtf)),
        ("earliestStart", moment(when.earliest_start())),
        ("latestStart", moment(when.latest_start(), last=True)),
        ("earliestEnd", moment(when.earliest_end())),
        ("latestEnd", moment(when.latest_end(), last=True)),
    ]


def _participation(subject: str, name: str, participant: Participant, tenure: str | None) -> list[str]:
    part = node("participation", name)
    lines = [
        line(subject, dg("hasParticipant"), person_node(participant)),
        line(subject, dg("participation"), part),
        line(part, TYPE, dg("Participation")),
        line(part, dg("person"), person_node(participant)),
        line(part, dg("named"), label(participant.name)),
    ]
    if participant.state:
        lines.append(line(part, dg("forState"), node("state", participant.state)))
    if participant.office:
        lines.append(line(part, dg("officeTitle"), label(participant.office)))
    if tenure:
        lines.append(line(part, dg("underTenure"), node("tenure", tenure)))
    return lines


def minted_name(local: str) -> str:
    """The name in the local part of a minted node, after its state."""
    return unquote(local).partition("~")[2].replace("_", " ")
