"""Turns a cluster of readings into a report whose every field has its words.

Takes a document and a cluster; gives a ``Report``.
"""

from __future__ import annotations

from collections.abc import Iterable

from diplograph.extract import scoring, selection
from diplograph.extract.candidates import Candidate
from diplograph.extract.occasions import gathering_id
from diplograph.extract.selection import Cluster
from diplograph.model import (
    Document,
    EventType,
    Evidence,
    Facts,
    Occasion,
    Participant,
    PlaceName,
    Report,
    Status,
    TimeSpan,
    Topic,
)
from diplograph.text.people import Person

_ORDER = (Status.CANCELLED, Status.POSTPONED, Status.HELD, Status.PLANNED, Status.PROPOSED)


def to_report(document: Document, cluster: Cluster, extractor: str) -> Report:
    """The report of one event as a document tells it."""
    facts = _facts(cluster)
    evidence = tuple(_evidence(document, cluster))
    head = cluster.head
    return Report(
        id=Report.digest(document.id, facts, evidence),
        source=document.id,
        published=document.published,
        facts=facts,
        evidence=evidence,
        polarity=head.reading.polarity,
        attribution=head.attribution or next((c.attribution for c in cluster.members if c.attribution), None),
        confidence=round(_confidence(cluster), 3),
        extractor=extractor,
        rule=f"{head.type}/{'verb' if head.frame.hit.cue.verb else 'noun'}: {head.frame.hit.cue.text}",
        reasons=(f"status: {head.reading.reason}", head.timing.rule, *scoring.reasons(head.features)),
    )


def _confidence(cluster: Cluster) -> float:
    """Independent tellings add up, cautiously."""
    doubt = 1.0
    for rank, member in enumerate(sorted(cluster.members, key=lambda c: -c.confidence)[:3]):
        doubt *= 1 - member.confidence * (1.0 if rank == 0 else 0.3)
    return min(0.99, 1 - doubt)


def _facts(cluster: Cluster) -> Facts:
    head = cluster.head
    when = selection.time_of([head, *cluster.members])
    # A town tells more than the state in which it lies.
    places = sorted((c for c in (head, *cluster.members) if c.place), key=lambda c: c.place_slug is None)
    placed = places[0] if places else head
    host = head.host or next((c.host for c in cluster.members if c.host), None)
    visit = head.type == "visit"
    return Facts(
        type=EventType(head.type),
        subtype=head.subtype or next((c.subtype for c in cluster.members if c.subtype), None),
        status=_status(cluster),
        states=head.states,
        participants=_participants(cluster),
        host=host if head.type in ("visit", "meeting") else None,
        guests=tuple(s for s in head.states if s != host) if visit else (),
        place=PlaceName(name=placed.place, state=placed.place_state, id=placed.place_slug)
        if placed.place
        else None,
        when=when,
        occasion=_occasion(cluster, when),
        issues=_topics(cluster),
    )


def _status(cluster: Cluster) -> Status:
    """The furthest that any telling says; among plans the firmer."""
    told = {c.reading.status for c in cluster.members if not selection.untold(c)} or {
        cluster.head.reading.status
    }
    return next(status for status in _ORDER if status in told)


def _participants(cluster: Cluster) -> tuple[Participant, ...]:
    people: dict[int, tuple[Person, str | None]] = {}
    for member in (cluster.head, *cluster.members):
        for person, actor in member.people:
            people.setdefault(id(person), (person, actor.state))
    return tuple(
        Participant(
            name=person.name,
            person=person.slug,
            state=_state_of(state or person.state),
            office=_office(person),
        )
        for person, state in people.values()
    )


def _state_of(id_: str | None) -> str | None:
    """A state's id; an officer of an organisation acts for no state."""
    return id_ if id_ and id_.isupper() else None


def _office(person: Person) -> str | None:
    title = person.title
    return (
        title
        if title is None or not title.islower()
        else " ".join(w if w in ("of", "for", "and") else w.capitalize() for w in title.split())
    )


def _occasion(cluster: Cluster, when: TimeSpan) -> Occasion | None:
    told = next((c.occasion for c in cluster.members if c.occasion), None)
    if told is None or told.id is None:
        return told
    return Occasion(name=told.name, id=gathering_id(told.id, int(when.start[:4]) if when.start else None))


def _topics(cluster: Cluster) -> tuple[Topic, ...]:
    topics = {(t.id or t.name.lower()): t for c in cluster.members for t in c.topics}
    return tuple(topics.values())[:12]


def _evidence(document: Document, cluster: Cluster) -> Iterable[Evidence]:
    """Sentence and field spans, sorted, each once."""
    found: set[Evidence] = set()
    for member in cluster.members:
        for field, start, end in [*_sentence(member), *member.spans, *_actor_spans(member)]:
            found.add(Evidence(start=start, end=end, field=field, quote=document.text[start:end]))
    return sorted(found)


def _sentence(member: Candidate) -> list[tuple[str, int, int]]:
    line = member.frame.line
    tokens = line.tokens
    hit = member.frame.hit
    return [
        ("event", line.sentence.start, line.sentence.end),
        ("type", tokens.starts[hit.head], tokens.ends[max(hit.head, hit.end - 1)]),
        ("status", tokens.starts[member.frame.verb], tokens.ends[member.frame.verb]),
    ]


def _actor_spans(member: Candidate) -> list[tuple[str, int, int]]:
    return [("participants" if a.person else "states", a.start, a.end) for a in member.frame.actors]
