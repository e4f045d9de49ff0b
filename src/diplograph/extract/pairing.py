"""Compares what was read with what a careful reader found, in one article.

Takes the events of an annotation and those of an extraction, both in the interchange format of
``diplograph extract --format jsonl``, and says which tell of the same event and which of its facts agree.
Two events can be paired if the types are compatible, two states are in common (one, where the annotation has
one) and their times do not exclude each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

# Words that two names may share without meaning the same.
_GENERIC: Final = frozenset(
    {"a", "an", "and", "annual", "at", "city", "conference", "for", "general", "in", "leaders"}
    | {"meeting", "of", "on", "president", "republic", "summit", "the"}
)
_SHORT: Final = {
    "group of 20": "g20",
    "group of twenty": "g20",
    "g-20": "g20",
    "group of seven": "g7",
    "group of 7": "g7",
    "g-7": "g7",
    "asia-pacific economic cooperation": "apec",
    "shanghai cooperation organisation": "sco",
    "shanghai cooperation organization": "sco",
    "association of southeast asian nations": "asean",
    "united nations general assembly": "unga",
    "un general assembly": "unga",
    "north atlantic treaty organization": "nato",
    "commonwealth heads of government": "chogm",
    "african union": "au",
    "european union": "eu",
    "united nations": "un",
    "three-way": "trilateral",
    "winter olympic games": "winter olympics",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An event as it was annotated or extracted; the fields are those of the interchange format.

    ``accept_types``, ``accept_status`` and ``optional`` occur in annotations only, ``confidence`` and
    ``evidence`` (start, end and quote) in extractions only.
    """

    type: str = ""
    status: str = ""
    states: tuple[str, ...] = ()
    participants: tuple[tuple[str, str | None], ...] = ()
    host: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    occasion: str | None = None
    issues: tuple[str, ...] = ()
    quote: str = ""
    accept_types: frozenset[str] = frozenset()
    accept_status: frozenset[str] = frozenset()
    optional: bool = False
    confidence: float | None = None
    evidence: tuple[tuple[int, int, str], ...] = field(default=())

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Reading:
        """Read one object of an ``events`` array; what is missing is empty."""
        people = event.get("participants") or ()
        spans = event.get("evidence") or ()
        evidence = tuple((s.get("start", 0), s.get("end", 0), s.get("quote", "")) for s in spans)
        return cls(
            type=event.get("type") or "",
            status=event.get("status") or "",
            states=tuple(event.get("states") or ()),
            host=event.get("host"),
            place=event.get("place"),
            start=event.get("start"),
            end=event.get("end"),
            occasion=event.get("occasion"),
            issues=tuple(event.get("issues") or ()),
            accept_types=frozenset(event.get("accept_types") or ()),
            accept_status=frozenset(event.get("accept_status") or ()),
            confidence=event.get("confidence"),
            participants=tuple((person.get("name") or "", person.get("state")) for person in people),
            quote=event.get("quote") or (evidence[0][2] if evidence else ""),
            optional=bool(event.get("optional")),
            evidence=evidence,
        )

    @property
    def lasts(self) -> bool:
        """Whether it has an end apart from its start."""
        return bool(self.end) and self.end != self.start

    @property
    def facts(self) -> int:
        """How many facts it states: type, status, each participant, and what else is filled."""
        filled = sum(map(bool, (self.host, self.place, self.start, self.occasion)))
        return 2 + filled + self.lasts + len(self.participants)

    @property
    def title(self) -> str:
        """Type, status, states and time in a line."""
        when = "/".join(part for part in (self.start, self.end) if part) or "undated"
        return f"{self.type}/{self.status} {'-'.join(self.states)} {when}"


def words(text: str | None) -> list[str]:
    """The words of a name, without accents and capitals, with long names of gatherings made short."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    for long, short in _SHORT.items():
        plain = plain.replace(long, short)
    return re.findall(r"[a-z0-9]+", plain)


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: by surname alone, or in either order."""
    a, b = set(words(one)), set(words(other))
    shared = a & b
    return bool(shared) and (shared in (a, b) or len(shared) > 1)


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names of places, gatherings or issues share a telling word."""
    a, b = set(words(one)), set(words(other))
    if a <= _GENERIC and b <= _GENERIC:
        return bool(a & b)
    return bool((a & b) - _GENERIC)


def agreement(gold: Reading, read: Reading) -> dict[str, int]:
    """How many facts of each kind ``read`` has right, where ``gold`` states them."""
    times = (gold.end or gold.start, read.end or read.start)
    return {
        "type": int(_accepts(gold, read.type)),
        # What a statement of intent announces has a status, the statement itself has none worth scoring.
        "status": int(
            read.status in {gold.status, *gold.accept_status} or gold.type == "statement-of-intent"
        ),
        "host": int(bool(gold.host) and read.host == gold.host),
        "place": int(bool(gold.place and read.place) and alike(gold.place, read.place)),
        "start": int(bool(gold.start) and read.start == gold.start),
        "end": int(gold.lasts and times[0] == times[1]),
        "occasion": int(bool(gold.occasion and read.occasion) and alike(gold.occasion, read.occasion)),
        "participants": _people_in_common(gold, read),
    }


def wrong_slots(gold: Reading, read: Reading) -> tuple[str, ...]:
    """The kinds of fact that ``gold`` states and ``read`` does not have right."""
    right = agreement(gold, read)
    full = {"participants": len(gold.participants), "end": int(gold.lasts), "type": 1, "status": 1}
    return tuple(slot for slot, n in right.items() if n < full.get(slot, int(bool(getattr(gold, slot)))))


def compatible(gold: Reading, read: Reading, *, any_type: bool = False) -> bool:
    """Whether the two can tell of the same event."""
    if not (any_type or _accepts(gold, read.type)):
        return False
    if len(set(gold.states) & set(read.states)) < min(2, len(set(gold.states))):
        return False
    a, b = _bounds(gold), _bounds(read)
    return not (a and b) or (a[0] <= b[1] and b[0] <= a[1])


def pair(golds: Sequence[Reading], reads: Sequence[Reading], *, any_type: bool = False) -> dict[int, int]:
    """Pair events one to one, those that agree best first.

    Returns:
        The index in ``reads`` for each paired index in ``golds``.
    """
    options = sorted(
        (-sum(agreement(gold, read).values()) - (0 if gold.optional else 0.5), i, j)
        for i, gold in enumerate(golds)
        for j, read in enumerate(reads)
        if compatible(gold, read, any_type=any_type)
    )
    pairs: dict[int, int] = {}
    for _, i, j in options:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def second_readings(
    golds: Sequence[Reading], reads: Sequence[Reading], pairs: Mapping[int, int]
) -> frozenset[int]:
    """Unpaired events of ``reads`` that tell a paired one again, in another type that is accepted."""
    found: set[int] = set()
    for i, j in pairs.items():
        told = {reads[j].type}
        for k, read in enumerate(reads):
            if (
                k not in found
                and k not in pairs.values()
                and read.type not in told
                and compatible(golds[i], read)
            ):
                told.add(read.type)
                found.add(k)
    return frozenset(found)


def _accepts(gold: Reading, event_type: str) -> bool:
    return event_type == gold.type or event_type in gold.accept_types


def _people_in_common(gold: Reading, read: Reading) -> int:
    left = list(read.participants)
    for name, state in gold.participants:
        found = next((p for p in left if same_person(name, p[0]) and (not state or state == p[1])), None)
        if found:
            left.remove(found)
    return len(read.participants) - len(left)


def _bounds(event: Reading) -> tuple[str, str] | None:
    """First and last possible day, as text that sorts like dates."""
    if not event.start:
        return None
    last = event.end or event.start
    return event.start + "-01-01"[len(event.start) - 4 :], last + "-12-31"[len(last) - 4 :]
