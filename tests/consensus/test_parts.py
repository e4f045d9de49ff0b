"""Which meeting is part of which visit, and what a person's ruling leaves at an event."""

from __future__ import annotations

import pytest

from diplograph.consensus import Ruling, Verdict, merge
from diplograph.consensus.merge import id_from
from diplograph.model import Status
from made_reports import ISHIBA, LEE, TAKAICHI, article, told

VISIT = "2025-08-23/2025-08-24"


def visit_and_meeting(visit=VISIT, meeting="2025-08-23", **known):
    """A visit of Lee to Japan, and a meeting with Ishiba there, told by one article."""
    of_meeting = {"host": "JPN", "participants": (LEE, ISHIBA), "status": Status.HELD} | known
    return article(
        "one",
        "2025-09-01",
        told("visit", ("KOR", "JPN"), visit, participants=(LEE,)),
        told("meeting", ("KOR", "JPN"), meeting, **of_meeting),
    )[1]


def is_part(reports):
    """Whether the meeting among the events of these reports is part of a visit."""
    (meeting,) = [event for event in merge(reports) if event.facts.type == "meeting"]
    return meeting.part_of is not None


@pytest.mark.parametrize(
    ("part", "known"),
    [
        (True, {}),
        (True, {"participants": ()}),
        (False, {"participants": (TAKAICHI,)}),
        (False, {"host": None}),
        (False, {"host": "KOR"}),
        (False, {"status": Status.CANCELLED}),
        (True, {"status": Status.PLANNED}),
        (False, {"meeting": "2025-08-25"}),
        (False, {"meeting": ""}),
        (False, {"visit": ""}),
        (False, {"visit": "", "meeting": ""}),
        (False, {"meeting": "2025-08"}),
        (False, {"visit": "2025-08"}),
        (True, {"visit": "2025-08", "meeting": "2025-08"}),
        (False, {"visit": "2025", "meeting": "2025-08"}),
    ],
)
def test_what_is_part_of_a_visit(part, known):
    """A meeting is part of a visit with its host, people and days; or, told as loosely, its time."""
    assert part is is_part(visit_and_meeting(**known))


def test_a_called_off_meeting_is_part_of_a_called_off_visit():
    """Where both were called off the meeting would have been part of the visit."""
    _, reports = article(
        "one",
        "2025-09-01",
        told("visit", ("KOR", "JPN"), VISIT, participants=(LEE,), status=Status.CANCELLED),
        told("meeting", ("KOR", "JPN"), "2025-08-23", host="JPN", status=Status.CANCELLED),
    )

    assert is_part(reports)


def test_ids_have_thirty_two_digits():
    """The id of an event is half a SHA-256."""
    assert 32 == len(id_from("a report"))


def apart(first, second):
    """A ruling that two reports are not of one event."""
    return Ruling(
        verdict=Verdict.APART, one=(first.id,), other=(second.id,), author="a person", reason="seen"
    )


def test_a_ruling_is_told_at_the_event():
    """A person's decision on its reports stands among the decisions of an event, and at no other event."""
    known = {"participants": (LEE,)}
    (one,) = article("one", "2025-09-01", told("visit", ("KOR", "JPN"), VISIT, **known))[1]
    (two,) = article("two", "2025-09-02", told("visit", ("KOR", "JPN"), "2025-08", **known))[1]
    (far,) = article("far", "2025-09-03", told("visit", ("JPN", "KOR"), "2025-10-01"))[1]
    plain = merge([one, two, far])
    ruled = merge([one, two, far], [apart(one, two)])

    assert (2, 3) == (len(plain), len(ruled))
    assert [()] * 2 == [event.decisions for event in plain if event.facts.host == "KOR"] + [
        event.decisions for event in ruled if event.facts.host == "KOR"
    ]
    assert all(
        "person" in {decision.rule for decision in event.decisions}
        for event in ruled
        if event.facts.host == "JPN"
    )
