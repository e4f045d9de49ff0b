"""A second small graph: a mediator's shuttle, a president's tour and its returns, 1974 and 1975."""

from __future__ import annotations

from diplograph.graph.background import Background
from diplograph.knowledge.rows import Membership, Organisation
from diplograph.model import Participant, State, Status, Tenure, Topic
from made_reports import article, told

NIXON = Participant(name="Richard Nixon", person="richard-nixon", state="USA", office="President")
RABIN = Participant(name="Yitzhak Rabin", person="yitzhak-rabin", state="ISR", office="Prime Minister")
GOLAN = Topic(name="Golan", id="golan-heights")
_STATES = {"CHE": "Switzerland", "EGY": "Egypt", "ISR": "Israel", "SYR": "Syria", "USA": "United States"}
_HOLDERS = (
    ("USA", "president", "head-of-state", "richard-nixon", "Richard Nixon", "1969-01-20", "1974-08-09"),
    ("ISR", "prime-minister", "head-of-government", "yitzhak-rabin", "Yitzhak Rabin", "1974-06-03", None),
)
BACKGROUND = Background(
    states={code: State(id=code, name=name) for code, name in _STATES.items()},
    tenures=[
        Tenure(
            id=f"{state}-{office}-{start}",
            person=person,
            name=name,
            surname=name.split()[-1],
            state=state,
            office=office,
            title=office.replace("-", " ").title(),
            role=role,
            start=start,
            end=end,
            source="by hand",
        )
        for state, office, role, person, name, start, end in _HOLDERS
    ],
    organisations={
        "truce-commission": Organisation(
            id="truce-commission",
            name="Truce Commission",
            members=tuple(Membership(state=code) for code in ("EGY", "ISR", "SYR", "USA")),
        )
    },
    issues={"golan-heights": ("Golan Heights", "territorial")},
)


def articles():
    """Five articles, each sentence with what it tells."""
    return (
        article(
            "shuttle.txt",
            "1974-01-20",
            told("visit", ("USA", "EGY"), "1974-01-11", "Kissinger flew to Aswan on Jan. 11."),
            told("visit", ("USA", "ISR"), "1974-01-12", "He was in Jerusalem on Jan. 12."),
            told("visit", ("USA", "EGY"), "1974-01-14", "He came back to Aswan on Jan. 14."),
            told("visit", ("USA", "ISR"), "1974-01-16", "On Jan. 16 he was in Jerusalem again."),
        ),
        article(
            "geneva.txt",
            "1974-06-01",
            told("meeting", ("ISR", "SYR"), "1974-05-29", "Israel and Syria met in Geneva.", host="CHE"),
            told("meeting", ("ISR", "SYR", "USA"), "1974-05-31", "On May 31 the Americans joined them."),
        ),
        article(
            "tour.txt",
            "1974-06-20",
            told(
                "visit",
                ("USA", "EGY"),
                "1974-06-12/1974-06-14",
                "Nixon was in Egypt from June 12 to 14.",
                participants=(NIXON,),
            ),
            told(
                "visit",
                ("USA", "SYR"),
                "1974-06-15/1974-06-16",
                "Nixon went on to Syria.",
                participants=(NIXON,),
            ),
            told(
                "visit",
                ("USA", "ISR"),
                "1974-06-17/1974-06-18",
                "Nixon ended his tour in Israel.",
                participants=(NIXON,),
            ),
            told(
                "tension",
                ("SYR", "ISR"),
                "1974-05-20",
                "The Syrian foreign ministry denounced Israel over the Golan.",
                issues=(GOLAN,),
                attribution="Syrian foreign ministry",
            ),
            told(
                "tension",
                ("ISR", "SYR"),
                "1974-06-05",
                "Rabin accused Syria of breaking its word on the Golan.",
                issues=(GOLAN,),
                attribution="Yitzhak Rabin",
                participants=(RABIN,),
            ),
            told("tension", ("SYR", "USA"), "1974-06-10", "On June 10 Damascus protested to Washington."),
        ),
        article(
            "summer.txt",
            "1975-06-20",
            told(
                "visit",
                ("ISR", "USA"),
                "1975-06-10/1975-06-13",
                "Rabin was in Washington from June 10 to 13.",
                participants=(RABIN,),
            ),
            told("visit", ("EGY", "USA"), "1975-10", "Sadat will come in October.", status=Status.PLANNED),
        ),
        article(
            "autumn.txt",
            "1975-11-02",
            told("visit", ("EGY", "USA"), "1975-10-26", "Sadat arrived in Washington on Oct. 26."),
        ),
    )
