"""Counts who met whom, and who travelled where.

Definitions: two persons *met* in an event if both take part in a held meeting, call or visit for different
states. Talks within a visit and the visit itself count once, since the one is part of the other.

Takes events; gives rows that carry event ids, the most frequent first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.model import Event, EventType, Participant, Status

CONTACTS: Final = frozenset({EventType.VISIT, EventType.MEETING, EventType.CALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """How often two persons met.

    Attributes:
        a: Slug of one person, before b in the alphabet.
        b: Slug of the other.
        names: Their names as told, a first.
        states: Their states, a first.
        occasions: The events, talks within a visit grouped with it; the number of these is the count.
    """

    a: str
    b: str
    names: tuple[str, str]
    states: tuple[str, str]
    occasions: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """On how many occasions they met."""
        return len(self.occasions)

    @property
    def events(self) -> tuple[str, ...]:
        """All event ids."""
        return tuple(event for group in self.occasions for event in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One person's journeys: event ids in order of time, and the hosts in the same order."""

    person: str
    name: str
    state: str
    events: tuple[str, ...]
    hosts: tuple[str, ...]


def encounters(
    events: Iterable[Event],
    a: str | None = None,
    b: str | None = None,
    *,
    kinds: Collection[EventType] = CONTACTS,
) -> tuple[Encounter, ...]:
    """Who met whom, most often first.

    Args:
        events: Events of any kind; only held ones count.
        a: Code of a state that one of the two must stand for; None for any.
        b: Code of a state that the other must stand for; None for any.
        kinds: The types of event that count as contact.
    """
    met: dict[tuple[str, str], dict[str, list[str]]] = {}
    people: dict[str, Participant] = {}
    for event in sorted(events, key=lambda event: event.id):
        if event.facts.status is not Status.HELD or event.facts.type not in kinds:
            continue
        for one, other in combinations(sorted(event.facts.participants, key=lambda p: p.person), 2):
            if _apart(one, other) and _asked(one, other, a, b):
                people.setdefault(one.person, one)
                people.setdefault(other.person, other)
                groups = met.setdefault((one.person, other.person), {})
                groups.setdefault(event.part_of or event.id, []).append(event.id)
    rows = [_encounter(people[x], people[y], groups) for (x, y), groups in met.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.a, row.b)))


def _apart(one: Participant, other: Participant) -> bool:
    return bool(one.state and other.state and one.state != other.state and one.person != other.person)


def _asked(one: Participant, other: Participant, a: str | None, b: str | None) -> bool:
    ways = ((one.state, other.state), (other.state, one.state))
    return any(a in (None, x) and b in (None, y) for x, y in ways)


def _encounter(one: Participant, other: Participant, groups: dict[str, list[str]]) -> Encounter:
    return Encounter(
        a=one.person,
        b=other.person,
        names=(one.name, other.name),
        states=(one.state or "", other.state or ""),
        occasions=tuple(tuple(ids) for _, ids in sorted(groups.items())),
    )


def travellers(events: Iterable[Event], *, multilateral: bool = True) -> tuple[Traveller, ...]:
    """Who travelled most, by held visits; the most journeys first."""
    found: dict[tuple[str, str], list[travel.Journey]] = {}
    names: dict[str, str] = {}
    for journey in travel.journeys(events, multilateral=multilateral):
        for person, name in zip(journey.persons, journey.travellers, strict=True):
            names.setdefault(person, name)
            found.setdefault((person, journey.guest), []).append(journey)
    rows = [
        Traveller(
            person=person,
            name=names[person],
            state=state,
            events=tuple(journey.event for journey in made),
            hosts=tuple(journey.host for journey in made),
        )
        for (person, state), made in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.events), row.person, row.state)))
