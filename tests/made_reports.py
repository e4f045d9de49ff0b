"""Builds documents with their reports by hand, for the tests of consensus, graph, store and pipeline."""

from __future__ import annotations

from datetime import date

from diplograph.graph.background import Background
from diplograph.knowledge.rows import Gathering, Place, Series
from diplograph.model import (
    Document,
    EventType,
    Evidence,
    Facts,
    Occasion,
    Participant,
    PlaceName,
    Polarity,
    Report,
    State,
    Status,
    Tenure,
    TimeSpan,
    Topic,
)

LEE = Participant(name="Lee Jae Myung", person="lee-jae-myung", state="KOR", office="President")
ISHIBA = Participant(name="Shigeru Ishiba", person="ishiba-shigeru", state="JPN", office="Prime Minister")
TAKAICHI = Participant(name="Sanae Takaichi", person="takaichi-sanae", state="JPN", office="Prime Minister")
TOKYO = PlaceName(name="Tokyo", state="JPN", id="tokyo")
NARA = PlaceName(name="Nara", state="JPN", id="nara")
BUSAN = PlaceName(name="Busan", state="KOR", id="busan")
G20 = Occasion(name="G20", id="g20")
G20_2025 = Occasion(name="G20 Johannesburg summit", id="g20-2025")

HOLDERS = (
    ("KOR", "president", "President", "head-of-state", "lee-jae-myung", "Lee Jae Myung", "2025-06-04", None),
    (
        "JPN",
        "prime-minister",
        "Prime Minister",
        "head-of-government",
        "ishiba-shigeru",
        "Shigeru Ishiba",
        "2024-10-01",
        "2025-10-21",
    ),
    (
        "JPN",
        "prime-minister",
        "Prime Minister",
        "head-of-government",
        "takaichi-sanae",
        "Sanae Takaichi",
        "2025-10-21",
        None,
    ),
)
TENURES = tuple(
    Tenure(
        id=f"{state}-{office}-{start}",
        person=person,
        name=name,
        surname=name.split()[-1],
        state=state,
        office=office,
        title=title,
        role=role,
        start=start,
        end=end,
        source="by hand",
    )
    for state, office, title, role, person, name, start, end in HOLDERS
)
BACKGROUND = Background(
    states={
        code: State(id=code, name=name, capitals=(capital,))
        for code, name, capital in (
            ("KOR", "South Korea", "Seoul"),
            ("JPN", "Japan", "Tokyo"),
            ("CHN", "China", "Beijing"),
        )
    },
    tenures=TENURES,
    places={
        slug: Place(id=slug, name=name, state=state)
        for slug, name, state in (
            ("tokyo", "Tokyo", "JPN"),
            ("nara", "Nara", "JPN"),
            ("seoul", "Seoul", "KOR"),
            ("busan", "Busan", "KOR"),
        )
    },
    gatherings={
        "g20-2025": Gathering(
            id="g20-2025", series="g20", series_name="G20", name="G20 Johannesburg summit", start="2025-11-22"
        )
    },
    series={"g20": Series(id="g20", name="G20")},
    issues={"trade": ("trade", "agenda"), "taiwan": ("status of Taiwan", "territorial")},
)


def told(kind, states, when="", sentence="", **known):
    """What a sentence tells: arguments are those of ``Facts`` and ``Report``."""
    facts = {"participants", "host", "guests", "place", "occasion", "issues", "subtype", "status"}
    if kind == "visit":
        known = {"host": states[-1], "guests": states[:1], **known}
    given = {
        "type": EventType(kind),
        "status": Status.HELD,
        "states": tuple(states),
        "when": TimeSpan.parse(when),
        **{name: value for name, value in known.items() if name in facts},
    }
    report = {name: value for name, value in known.items() if name not in facts}
    return sentence or f"{kind} of {' and '.join(states)} {when}".strip() + ".", Facts(**given), report


def article(name, published, *sentences, url=None, publisher=None):
    """A document of these sentences, and a report for each."""
    day = date.fromisoformat(published) if published else None
    lines = [sentence for sentence, _, _ in sentences]
    text = "\n".join([f"{name} {published}", *lines])
    document = Document(
        id=Document.digest(text, day, publisher, url),
        name=name,
        text=text,
        raw=text.encode(),
        published=day,
        publisher=publisher,
        url=url,
    )
    reports = []
    for sentence, facts, known in sentences:
        start = text.index(sentence)
        evidence = [Evidence(start=start, end=start + len(sentence), field="event", quote=sentence)]
        if facts.place and facts.place.name in sentence:
            at = start + sentence.index(facts.place.name)
            evidence.append(
                Evidence(start=at, end=at + len(facts.place.name), field="place", quote=facts.place.name)
            )
        spans = tuple(sorted(evidence))
        reports.append(
            Report(
                id=Report.digest(document.id, facts, spans),
                source=document.id,
                published=day,
                facts=facts,
                evidence=spans,
                **{
                    "extractor": "by hand",
                    "rule": "visit/by-hand",
                    "confidence": 0.8,
                    "reasons": ("cue",),
                    **known,
                },
            )
        )
    return document, tuple(reports)


def shuttle_history():
    """Visits and meetings of South Korea and Japan, told by five articles."""
    lee_visit = {"participants": (LEE,), "place": TOKYO}
    return (
        article(
            "august.txt",
            "2025-08-24",
            told(
                "visit",
                ("KOR", "JPN"),
                "2025-08-23/2025-08-24",
                "Lee visited Tokyo on Aug. 23-24.",
                **lee_visit,
            ),
            told(
                "meeting",
                ("KOR", "JPN"),
                "2025-08-23",
                "Lee met Ishiba in Tokyo on Saturday.",
                participants=(LEE, ISHIBA),
                host="JPN",
                place=TOKYO,
                issues=(Topic(name="economy", id="trade"),),
            ),
        ),
        article(
            "september.txt",
            "2025-10-01",
            told(
                "visit",
                ("JPN", "KOR"),
                "2025-09-30",
                "Ishiba visited Busan on Sept. 30.",
                participants=(ISHIBA,),
                place=BUSAN,
            ),
        ),
        article(
            "november.txt",
            "2025-11-24",
            told(
                "meeting",
                ("KOR", "JPN"),
                "2025-11-23",
                "Lee and Takaichi met on the margins of the G20.",
                participants=(LEE, TAKAICHI),
                host="ZAF",
                occasion=G20_2025,
            ),
        ),
        article(
            "january.txt",
            "2026-01-09",
            told(
                "visit",
                ("KOR", "JPN"),
                "2026-01-13/2026-01-14",
                "Lee will visit Nara early next week, Blue House said.",
                participants=(LEE,),
                place=NARA,
                status=Status.PLANNED,
                attribution="Blue House",
            ),
            told("visit", ("KOR", "JPN"), "2025-08", "It follows his visit to Tokyo in August.", **lee_visit),
            told(
                "tension",
                ("JPN", "CHN"),
                "",
                "Tokyo and Beijing quarrel over Takaichi's remarks about Taiwan.",
                participants=(TAKAICHI,),
                issues=(Topic(name="Taiwan", id="taiwan"),),
            ),
        ),
        article(
            "denial.txt",
            "2025-08-20",
            told(
                "visit",
                ("KOR", "JPN"),
                "2025-08",
                "Seoul denied that Lee would visit Tokyo in August.",
                polarity=Polarity.DENIED,
                status=Status.PLANNED,
                **lee_visit,
            ),
        ),
    )
