"""A small history of Korea and Japan as events, reports and documents, for the tests of views.

The facts are those of ``data/articles``; the sentences are written for these tests.
"""

from __future__ import annotations

import hashlib
from datetime import date

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

# type, status, guest or first state, host, people, place, place's state, when, occasion, issues, published, sentence
ROWS = """
visit|held|JPN|KOR|Junichiro Koizumi|Jeju|KOR|2004-07-21/2004-07-22|||2004-07-22|Prime Minister Junichiro Koizumi spent two days on Jeju island as the guest of President Roh Moo-hyun.
talks|held|JPN|KOR|Junichiro Koizumi; Roh Moo-hyun|Jeju|KOR|2004-07-21||North Korea|2004-07-22|The two agreed on Wednesday to visit each other once a year, without neckties.
visit|held|KOR|JPN|Roh Moo-hyun|Ibusuki|JPN|2004-12-17/2004-12-18|||2004-12-18|Roh repaid the visit at the hot springs of Ibusuki on Friday and Saturday.
talks|held|KOR|JPN|Roh Moo-hyun; Junichiro Koizumi|Ibusuki|JPN|2004-12-17||North Korea|2004-12-18|Over two rounds of talks Roh and Koizumi spoke about North Korea.
visit|held|JPN|KOR|Yoshihiko Noda|Seoul|KOR|2011-10-18/2011-10-19|||2011-10-19|Yoshihiko Noda came to Seoul on Tuesday, his first trip abroad for bilateral talks.
talks|held|JPN|KOR|Yoshihiko Noda; Lee Myung-bak|Seoul|KOR|2011-10-19||currency swap|2011-10-19|Noda and President Lee Myung-bak widened their currency swap on Wednesday.
visit|held|KOR|JPN|Lee Myung-bak|Kyoto|JPN|2011-12-17/2011-12-18|||2011-12-19|President Lee Myung-bak returned the visit in Kyoto at the weekend.
talks|held|KOR|JPN|Lee Myung-bak; Yoshihiko Noda|Kyoto|JPN|2011-12-18||comfort women|2011-12-19|In Kyoto on Sunday Lee pressed Noda for an hour on the women whom the army had forced into its brothels.
tension|held|KOR|JPN||||2012-08-10||Liancourt Rocks|2012-08-24|Lee Myung-bak set foot on the disputed islets on Aug. 10, and Tokyo called its ambassador home.
visit|held|KOR|JPN|Yoon Suk Yeol|Tokyo|JPN|2023-03-16/2023-03-17|||2023-03-17|Yoon Suk Yeol left Tokyo on Friday after the first such visit in twelve years.
talks|held|KOR|JPN|Yoon Suk Yeol; Fumio Kishida|Tokyo|JPN|2023-03-16||export controls; wartime labour|2023-03-17|Yoon and Kishida agreed on Thursday to take up shuttle diplomacy again.
visit|held|JPN|KOR|Fumio Kishida|Seoul|KOR|2023-05-07/2023-05-08|||2023-05-08|Fumio Kishida ended a two-day visit to Seoul on Monday.
talks|held|JPN|KOR|Fumio Kishida; Yoon Suk Yeol|Seoul|KOR|2023-05-07||wartime labour|2023-05-08|Kishida told Yoon on Sunday that his heart hurt for those who had suffered.
visit|held|KOR|JPN|Yoon Suk Yeol|Hiroshima|JPN|2023-05-19/2023-05-21|G7||2023-05-21|Yoon came to Hiroshima as a guest of the Group of Seven.
visit|held|JPN|KOR|Fumio Kishida|Seoul|KOR|2024-09-06/2024-09-07|||2024-09-06|Outgoing Prime Minister Fumio Kishida arrived in Seoul on Friday for a farewell.
meeting|held|KOR|JPN|Yoon Suk Yeol; Shigeru Ishiba|Vientiane|LAO|2024-10-10|ASEAN|shuttle diplomacy|2024-10-10|Yoon and Ishiba met for the first time in Vientiane on Thursday.
meeting|held|KOR|JPN|Lee Jae Myung; Shigeru Ishiba|Kananaskis|CAN|2025-06-17|G7|shuttle diplomacy|2025-06-18|On the margins of the G7 in Kananaskis, Lee Jae Myung and Ishiba spoke for half an hour on Tuesday.
visit|held|KOR|JPN|Lee Jae Myung|Tokyo|JPN|2025-08-23/2025-08-24||hydrogen; artificial intelligence|2025-08-24|President Lee Jae Myung flew on from Tokyo to Washington on Sunday after two days in Japan.
talks|held|KOR|JPN|Lee Jae Myung; Shigeru Ishiba|Tokyo|JPN|2025-08-23||hydrogen; artificial intelligence|2025-08-24|Lee and Ishiba issued a joint statement after a summit on Saturday.
visit|held|JPN|KOR|Shigeru Ishiba|Busan|KOR|2025-09-30||regional revival|2025-09-30|Shigeru Ishiba went to Busan on Tuesday, a day before he leaves office.
talks|held|JPN|KOR|Shigeru Ishiba; Lee Jae Myung|Busan|KOR|2025-09-30||regional revival|2025-09-30|In Busan he and Lee set up a body for ageing societies.
meeting|held|KOR|JPN|Lee Jae Myung; Sanae Takaichi|Gyeongju|KOR|2025-10-30|APEC|shuttle diplomacy|2025-10-30|Lee and Takaichi met in Gyeongju on Thursday, beside the APEC summit.
meeting|held|KOR|JPN|Lee Jae Myung; Sanae Takaichi|Johannesburg|ZAF|2025-11-23|G20||2025-11-24|Takaichi and Lee had a short meeting at the G20 in Johannesburg on Sunday.
visit|planned|KOR|JPN|Lee Jae Myung|Nara|JPN|2026-01-13/2026-01-14||economy; culture|2026-01-09|President Lee Jae Myung goes on a two-day trip to Nara at the start of next week.
talks|planned|KOR|JPN|Lee Jae Myung; Sanae Takaichi|Nara|JPN|2026-01-13/2026-01-14||economy; culture|2026-01-09|In Nara Lee and Takaichi are to hold a summit.
tension|held|JPN|CHN|Sanae Takaichi||||| Taiwan|2026-01-09|Tensions have grown between Japan and China since Takaichi spoke about Taiwan.
"""

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
    rows = [line.split("|") for line in ROWS.strip().splitlines()]
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
