"""A small history of Korea and Japan as events, reports and documents, for the tests of views.

The facts are those of ``data/articles``; the sentences are written for these tests.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

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
    Report,
    Status,
    StatusStep,
    Tenure,
    TimeSpan,
    Topic,
)

NAMES = {
    "KOR": "South Korea",
    "JPN": "Japan",
    "CHN": "China",
    "CAN": "Canada",
    "LAO": "Laos",
    "ZAF": "South Africa",
}
AS_OF = date(2026, 1, 9)

LEADERS = {
    "Roh Moo-hyun": ("KOR", "President"),
    "Lee Myung-bak": ("KOR", "President"),
    "Yoon Suk Yeol": ("KOR", "President"),
    "Lee Jae Myung": ("KOR", "President"),
    "Junichiro Koizumi": ("JPN", "Prime Minister"),
    "Yoshihiko Noda": ("JPN", "Prime Minister"),
    "Fumio Kishida": ("JPN", "Prime Minister"),
    "Shigeru Ishiba": ("JPN", "Prime Minister"),
    "Sanae Takaichi": ("JPN", "Prime Minister"),
}

TABLE = Path(__file__).parent.parent / "tables" / "korea-japan.tsv"

_TENURES = """
KOR|Roh Moo-hyun|2003-02-25|2008-02-25
KOR|Lee Myung-bak|2008-02-25|2013-02-25
KOR|Yoon Suk Yeol|2022-05-10|2025-04-04
KOR|Lee Jae Myung|2025-06-04|
JPN|Junichiro Koizumi|2001-04-26|2006-09-26
JPN|Yoshihiko Noda|2011-09-02|2012-12-26
JPN|Fumio Kishida|2021-10-04|2024-10-01
JPN|Shigeru Ishiba|2024-10-01|2025-10-21
JPN|Sanae Takaichi|2025-10-21|
"""

TENURES = tuple(
    Tenure(
        id=f"{state}-{name}",
        person=name.lower().replace(" ", "-"),
        name=name,
        surname=name.split()[0] if state == "KOR" else name.split()[-1],
        state=state,
        office="leader",
        title=LEADERS[name][1],
        role="head-of-government" if state == "JPN" else "head-of-state",
        start=start,
        end=end or None,
    )
    for state, name, start, end in (line.split("|") for line in _TENURES.strip().splitlines())
)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(row: list[str]) -> Facts:
    kind, status, first, second, people, place, place_state, when, occasion, issues = row[:10]
    visit = kind == "visit"
    return Facts(
        type=EventType.MEETING if kind == "talks" else EventType(kind),
        status=Status(status),
        states=(first, second),
        guests=(first,) if visit else (),
        host=second if visit else place_state or None,
        participants=tuple(
            Participant(name=n, person=n.lower().replace(" ", "-"), state=LEADERS[n][0], office=LEADERS[n][1])
            for n in filter(None, people.split("; "))
        ),
        place=PlaceName(name=place, state=place_state) if place else None,
        when=TimeSpan.parse(when),
        occasion=Occasion(name=occasion) if occasion else None,
        issues=tuple(
            Topic(name=t, id=t.replace(" ", "-").lower()) for t in filter(None, issues.strip().split("; "))
        ),
    )


def _document(day: str, sentences: list[str]) -> Document:
    text = " ".join(sentences)
    published = date.fromisoformat(day)
    return Document(
        id=Document.digest(text, published),
        name=f"{day}.md",
        text=text,
        raw=text.encode(),
        published=published,
        publisher="diplograph demo desk",
        url=f"https://example.org/{day}",
    )


def world() -> tuple[tuple[Event, ...], tuple[Report, ...], tuple[Document, ...]]:
    """Events, reports and documents, a report for each event."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    sentences: dict[str, list[str]] = {}
    for row in rows:
        sentences.setdefault(row[10], []).append(row[11])
    documents = {day: _document(day, told) for day, told in sentences.items()}
    events: list[Event] = []
    reports: list[Report] = []
    for row in rows:
        event, report = _event(row, documents[row[10]], events[-1] if events else None)
        events.append(event)
        reports.append(report)
    second = _second_opinion(events, reports)
    return tuple(events), (*reports, second), tuple(documents.values())


def _event(row: list[str], document: Document, before: Event | None) -> tuple[Event, Report]:
    facts = _facts(row)
    start = document.text.index(row[11])
    told = Evidence(start=start, end=start + len(row[11]), field="event", quote=row[11])
    report = Report(
        id=Report.digest(document.id, facts, (told,)),
        source=document.id,
        facts=facts,
        evidence=(told,),
        published=document.published,
        attribution="Blue House" if row[1] == "planned" else None,
        confidence=0.9,
        extractor="rules",
        rule=f"{facts.type}/test",
    )
    event = Event(
        id=_hash(report.id)[:32],
        facts=facts,
        reports=(report.id,),
        history=(StatusStep(status=facts.status, report=report.id, published=document.published),),
        part_of=before.id if row[0] == "talks" and before else None,
    )
    return event, report


def _second_opinion(events: list[Event], reports: list[Report]) -> Report:
    """A later document that gives Busan another date, so that one event is contradicted."""
    from dataclasses import replace

    at = next(i for i, event in enumerate(events) if event.facts.place and event.facts.place.name == "Busan")
    first = reports[at]
    later = next(report for report in reports if str(report.published) == "2025-10-30")
    facts = replace(first.facts, when=TimeSpan.parse("2025-09-29"))
    second = replace(later, id=_hash("second")[:32], facts=facts, attribution="a diplomat", confidence=0.4)
    decision = Decision(field="when", rule="most-reports", supporting=(first.id,), contradicting=(second.id,))
    events[at] = replace(events[at], reports=tuple(sorted((first.id, second.id))), decisions=(decision,))
    return second
