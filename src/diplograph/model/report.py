"""A report: what one source says of one event."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diplograph.model.entity import Occasion, Participant, PlaceName, Topic
from diplograph.model.evidence import Evidence
from diplograph.model.timespan import UNRESOLVED, TimeSpan


class EventType(StrEnum):
    """The kinds of event told apart everywhere; subtypes live in ``ontology/vocab/event-types.ttl``."""

    VISIT = "visit"
    MEETING = "meeting"
    CALL = "call"
    AGREEMENT = "agreement"
    TENSION = "tension"
    STATEMENT_OF_INTENT = "statement-of-intent"
    OTHER = "other"


class Status(StrEnum):
    """How far an event had come, as of publication."""

    HELD = "held"
    PLANNED = "planned"
    PROPOSED = "proposed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Polarity(StrEnum):
    """Whether the source says that it is so."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields that a report and an event have in common.

    ``states`` holds alpha-3 ids: guest then host of a visit, actor then target of a tension, else as told.
    """

    type: EventType
    status: Status
    states: tuple[str, ...]
    subtype: str | None = None
    participants: tuple[Participant, ...] = ()
    host: str | None = None
    guests: tuple[str, ...] = ()
    place: PlaceName | None = None
    when: TimeSpan = UNRESOLVED
    occasion: Occasion | None = None
    issues: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one source says of one event; immutable.

    Attributes:
        id: 32 hexadecimal digits, a hash of source, offsets, type and states.
        source: Id of the document.
        published: Publication date of the document, if known.
        facts: What is told.
        polarity: Whether it is affirmed, denied or only imagined.
        attribution: Who says so, as named ("Blue House"); None for the outlet itself.
        confidence: Calibrated probability that the reading is right, 0 to 1.
        extractor: Name and version of what read it.
        rule: The reading that won, such as ``visit/verb-to-place``.
        reasons: What spoke for the reading, strongest first.
        evidence: Spans of the source, sorted; at least one of field ``event``.
    """

    id: str
    source: str
    facts: Facts
    evidence: tuple[Evidence, ...]
    published: date | None = None
    polarity: Polarity = Polarity.AFFIRMED
    attribution: str | None = None
    confidence: float = 1.0
    extractor: str = ""
    rule: str = ""
    reasons: tuple[str, ...] = ()

    @staticmethod
    def digest(source: str, facts: Facts, evidence: tuple[Evidence, ...]) -> str:
        """The id of a report."""
        spans = [[e.start, e.end] for e in evidence if e.field == "event"]
        identity = [source, facts.type, list(facts.states), facts.when.edtf, spans]
        return hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:32]

    @property
    def quote(self) -> str:
        """The sentence that tells the event."""
        return next(e.quote for e in self.evidence if e.field == "event")
