"""Documents, reports and events as one line of JSON each, and back, without loss.

The graph states the same facts as triples, but sets of triples forget what came first; the record keeps it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from diplograph.model import (
    Decision,
    Document,
    Event,
    EventType,
    Evidence,
    Facts,
    Occasion,
    Participant,
    PlaceName,
    Polarity,
    Report,
    Segment,
    SegmentKind,
    Status,
    StatusStep,
    TimeSpan,
    Topic,
)

_Record = dict[str, Any]


def report_record(report: Report, text: str = "") -> str:
    """The report; quotes that ``text`` holds at their offsets are left out."""
    spans: list[list[Any]] = []
    for e in report.evidence:
        kept = [] if text[e.start : e.end] == e.quote else [e.quote]
        spans.append([e.start, e.end, e.field, *kept])
    record = {
        "id": report.id,
        "source": report.source,
        "facts": _facts_record(report.facts),
        "evidence": spans,
        "published": _day(report.published),
        "polarity": report.polarity,
        "attribution": report.attribution,
        "confidence": report.confidence,
        "extractor": report.extractor,
        "rule": report.rule,
        "reasons": report.reasons,
    }
    return _line(record)


def report_from(record: str, text: str = "") -> Report:
    """The report of a record, with its quotes from the text of its source."""
    told = json.loads(record)
    evidence = [
        Evidence(start=start, end=end, field=field, quote=kept[0] if kept else text[start:end])
        for start, end, field, *kept in told["evidence"]
    ]
    return Report(
        id=told["id"],
        source=told["source"],
        facts=_facts(told["facts"]),
        evidence=tuple(evidence),
        published=_date(told.get("published")),
        polarity=Polarity(told["polarity"]),
        attribution=told.get("attribution"),
        confidence=told.get("confidence", 0.0),
        extractor=told.get("extractor", ""),
        rule=told.get("rule", ""),
        reasons=tuple(told.get("reasons", ())),
    )


def event_record(event: Event) -> str:
    """The event."""
    record = {
        "id": event.id,
        "facts": _facts_record(event.facts),
        "reports": event.reports,
        "history": [[s.status, s.report, _day(s.published)] for s in event.history],
        "decisions": [[d.field, d.rule, d.supporting, d.contradicting] for d in event.decisions],
        "confidence": event.confidence,
        "part_of": event.part_of,
    }
    return _line(record)


def event_from(record: str) -> Event:
    """The event of a record."""
    told = json.loads(record)
    return Event(
        id=told["id"],
        facts=_facts(told["facts"]),
        reports=tuple(told["reports"]),
        history=tuple(
            StatusStep(status=Status(status), report=report, published=_date(day))
            for status, report, day in told.get("history", ())
        ),
        decisions=tuple(
            Decision(field=field, rule=rule, supporting=tuple(pro), contradicting=tuple(contra))
            for field, rule, pro, contra in told.get("decisions", ())
        ),
        confidence=told.get("confidence", 0.0),
        part_of=told.get("part_of"),
    )


def document_record(document: Document) -> str:
    """What is known of a document, without its text and its bytes."""
    record = {
        "id": document.id,
        "name": document.name,
        "published": _day(document.published),
        "publisher": document.publisher,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "segments": [[s.kind, s.start, s.end] for s in document.segments],
    }
    return _line(record)


def document_from(record: str, text: str, raw: bytes | None = None) -> Document:
    """The document of a record; its bytes are those of its text if no others were kept."""
    told = json.loads(record)
    segments = [Segment(kind=SegmentKind(k), start=s, end=e) for k, s, e in told.get("segments", ())]
    return Document(
        id=told["id"],
        name=told["name"],
        text=text,
        raw=text.encode("utf-8", "surrogatepass") if raw is None else raw,
        published=_date(told.get("published")),
        publisher=told.get("publisher"),
        url=told.get("url"),
        title=told.get("title"),
        language=told.get("language", "en"),
        segments=tuple(segments),
    )


def _facts_record(facts: Facts) -> _Record:
    place, when, occasion = facts.place, facts.when, facts.occasion
    record = {
        "type": facts.type,
        "status": facts.status,
        "states": facts.states,
        "subtype": facts.subtype,
        "participants": [[p.name, p.person, p.state, p.office] for p in facts.participants],
        "host": facts.host,
        "guests": facts.guests,
        "place": [place.name, place.state, place.id] if place else None,
        "when": [when.start, when.end, when.phrase, when.anchor],
        "occasion": [occasion.name, occasion.id] if occasion else None,
        "issues": [[t.name, t.id] for t in facts.issues],
    }
    return _filled(record)


def _facts(told: _Record) -> Facts:
    place, occasion = told.get("place"), told.get("occasion")
    start, end, phrase, anchor = told["when"]
    return Facts(
        type=EventType(told["type"]),
        status=Status(told["status"]),
        states=tuple(told.get("states", ())),
        subtype=told.get("subtype"),
        participants=tuple(
            Participant(name=name, person=person, state=state, office=office)
            for name, person, state, office in told.get("participants", ())
        ),
        host=told.get("host"),
        guests=tuple(told.get("guests", ())),
        place=PlaceName(name=place[0], state=place[1], id=place[2]) if place else None,
        when=TimeSpan(start=start, end=end, phrase=phrase, anchor=anchor),
        occasion=Occasion(name=occasion[0], id=occasion[1]) if occasion else None,
        issues=tuple(Topic(name=name, id=slug) for name, slug in told.get("issues", ())),
    )


def _filled(record: _Record) -> _Record:
    return {key: value for key, value in record.items() if value not in (None, "", (), [])}


def _line(record: _Record) -> str:
    return json.dumps(_filled(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
