"""Builds small events for the tests of measures."""

from __future__ import annotations

import hashlib

from diplograph.model import (
    Event,
    EventType,
    Facts,
    Occasion,
    Participant,
    PlaceName,
    Status,
    TimeSpan,
    Topic,
)


def person(name: str, state: str, office: str | None = "President") -> Participant:
    return Participant(name=name, person=name.lower().replace(" ", "-"), state=state, office=office)


def _event(facts: Facts, event_id: str | None, part_of: str | None) -> Event:
    made = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return Event(
        id=event_id or made, facts=facts, reports=(f"report-of-{event_id or made}",), part_of=part_of
    )


def visit(
    guest: str,
    host: str,
    when: str = "",
    *people: Participant,
    event_id: str | None = None,
    status: Status = Status.HELD,
    place: str | None = None,
    occasion: str | None = None,
) -> Event:
    facts = Facts(
        type=EventType.VISIT,
        status=status,
        states=(guest, host),
        guests=(guest,),
        host=host,
        when=TimeSpan.parse(when),
        participants=people,
        place=PlaceName(name=place, state=host) if place else None,
        occasion=Occasion(name=occasion) if occasion else None,
    )
    return _event(facts, event_id, None)


def other(
    kind: EventType,
    states: tuple[str, ...],
    when: str = "",
    *people: Participant,
    event_id: str | None = None,
    status: Status = Status.HELD,
    part_of: str | None = None,
    issues: tuple[str, ...] = (),
) -> Event:
    facts = Facts(
        type=kind,
        status=status,
        states=states,
        when=TimeSpan.parse(when),
        participants=people,
        issues=tuple(Topic(name=name) for name in issues),
    )
    return _event(facts, event_id, part_of)
