"""What becomes one event, and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.consensus import merge
from diplograph.consensus.merge import id_from
from diplograph.model import Occasion, Participant, PlaceName, Polarity, Status, Topic
from made_reports import (
    BUSAN,
    G20,
    G20_2025,
    ISHIBA,
    LEE,
    NARA,
    TAKAICHI,
    TOKYO,
    article,
    shuttle_history,
    told,
)

REPORTS = tuple(report for _, reports in shuttle_history() for report in reports)
BOTH = {"participants": (LEE, TAKAICHI)}


def reports(*articles):
    return [report for _, found in articles for report in found]


def spans(*articles):
    """The times of the events that these articles tell, sorted."""
    return sorted(event.facts.when.edtf for event in merge(reports(*articles)))


def two(first, second):
    """The same visit of Lee to Japan, told with two times by two articles."""
    known = {"participants": (LEE,), "place": TOKYO}
    return (
        article("one", "2025-12-01", told("visit", ("KOR", "JPN"), first, **known)),
        article("two", "2025-12-02", told("visit", ("KOR", "JPN"), second, **known)),
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2025-08", "2025-08-23/2025-08-24", ["2025-08-23/2025-08-24"]),
        ("2025-08", "2025-08-23", ["2025-08-23"]),
        ("2025", "2025-08-23", ["2025-08-23"]),
        ("2025-08", "2025-09-23", ["2025-08", "2025-09-23"]),
        ("2025-08-23/2025-08-24", "2025-08-24", ["2025-08-23/2025-08-24"]),
        ("2025-08-20", "2025-08-23", ["2025-08-20", "2025-08-23"]),
        ("", "2025-08-23", ["2025-08-23"]),
        ("2025-08", "2025-08", ["2025-08"]),
    ],
)
def test_times_are_intersected_or_kept_apart(first, second, expected):
    """A coarse time takes on the fine one that lies in it; times that exclude each other stay two events."""
    assert expected == spans(*two(first, second))


def test_a_coarse_report_with_two_candidates_joins_neither():
    """'In August' may be either of two visits in August, so it stays by itself."""
    early = article("a", "2025-09-01", told("visit", ("KOR", "JPN"), "2025-08-02", participants=(LEE,)))
    late = article("b", "2025-09-01", told("visit", ("KOR", "JPN"), "2025-08-23", participants=(LEE,)))
    vague = article("c", "2025-09-02", told("visit", ("KOR", "JPN"), "2025-08", participants=(LEE,)))

    assert ["2025-08", "2025-08-02", "2025-08-23"] == spans(early, late, vague)


def test_a_place_settles_which_candidate_a_coarse_report_joins():
    """'In Busan in August' is the meeting that was in Busan."""
    early = article("a", "2025-09-01", told("meeting", ("KOR", "JPN"), "2025-08-02", place=BUSAN))
    late = article("b", "2025-09-01", told("meeting", ("KOR", "JPN"), "2025-08-23", **BOTH))
    vague = article("c", "2025-09-02", told("meeting", ("KOR", "JPN"), "2025-08", place=BUSAN))

    assert ["2025-08-02", "2025-08-23"] == spans(early, late, vague)


def test_a_coarse_report_does_not_chain_two_dated_events():
    """Two meetings on different days stay two, however many vague reports overlap both."""
    days = [
        article(f"day {n}", "2025-09-01", told("meeting", ("KOR", "JPN"), f"2025-08-{n:02}")) for n in (2, 9)
    ]
    vague = [
        article(f"vague {n}", f"2025-09-{n:02}", told("meeting", ("KOR", "JPN"), "2025-08")) for n in (3, 4)
    ]

    assert ["2025-08", "2025-08-02", "2025-08-09"] == spans(*days, *vague)


@pytest.mark.parametrize(
    ("known", "other", "events"),
    [
        ({"place": NARA, **BOTH}, {"place": NARA, **BOTH}, 1),
        ({"occasion": G20, **BOTH}, {"occasion": G20_2025, **BOTH}, 1),
        ({"place": NARA}, {"place": NARA}, 2),
        (BOTH, BOTH, 2),
        ({"place": NARA, **BOTH}, {"place": BUSAN, **BOTH}, 2),
    ],
)
def test_undated_mentions_need_the_same_people_and_place(known, other, events):
    """Two mentions without a date are one event only if participants and place or occasion are the same."""
    one = article("a", "2025-12-01", told("meeting", ("KOR", "JPN"), **known))
    two = article("b", "2025-12-02", told("meeting", ("KOR", "JPN"), **other))

    assert events == len(merge(reports(one, two)))


def test_an_undated_tension_is_one_over_the_same_remarks():
    """A quarrel without a date is one if the same person and issue are named within a month."""
    known = {"participants": (TAKAICHI,), "issues": (Topic(name="Taiwan", id="taiwan"),)}
    told_by = [
        article(name, day, told("tension", ("JPN", "CHN"), **known))
        for name, day in (("a", "2025-12-01"), ("b", "2025-12-20"), ("c", "2026-06-01"))
    ]

    assert [1, 2] == sorted(len(event.reports) for event in merge(reports(*told_by)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"occasion": G20_2025}, {"occasion": Occasion(name="APEC", id="apec-2025")}),
        ({"host": "ZAF"}, {"host": "KOR"}),
        ({"place": NARA}, {"place": TOKYO}),
        ({"participants": (LEE, ISHIBA)}, {"participants": (LEE, TAKAICHI)}),
    ],
)
def test_what_differs_on_one_day_stays_apart(one, other):
    """Two meetings of one day with another occasion, host, place or counterpart are two."""
    first = article("a", "2025-12-01", told("meeting", ("KOR", "JPN"), "2025-11-23", **one))
    second = article("b", "2025-12-01", told("meeting", ("KOR", "JPN"), "2025-11-23", **other))

    assert 2 == len(merge(reports(first, second)))


def test_a_surname_finds_the_full_name():
    """'Takaichi' and 'Sanae Takaichi' are one participant, under the fullest name."""
    bare = Participant(name="Takaichi", person="takaichi", state="JPN")
    first = article("a", "2025-12-01", told("call", ("KOR", "JPN"), "2025-11-23", participants=(LEE, bare)))
    second = article("b", "2025-12-01", told("call", ("KOR", "JPN"), "2025-11-23", **BOTH))
    (event,) = merge(reports(first, second))

    assert (LEE, TAKAICHI) == event.facts.participants


def test_who_is_named_first_does_not_matter_for_a_meeting():
    """Korea and Japan meeting is Japan and Korea meeting, and no contradiction."""
    first = article("a", "2025-12-01", told("meeting", ("KOR", "JPN"), "2025-11-23"))
    second = article("b", "2025-12-02", told("meeting", ("JPN", "KOR"), "2025-11-23"))
    (event,) = merge(reports(first, second))

    assert (("KOR", "JPN"), ()) == (event.facts.states, event.decisions)


def test_visits_each_way_are_two():
    """Who travels to whom tells two visits of one day apart."""
    there = article("a", "2025-12-01", told("visit", ("KOR", "JPN"), "2025-11-23"))
    back = article("b", "2025-12-01", told("visit", ("JPN", "KOR"), "2025-11-23"))

    assert 2 == len(merge(reports(there, back)))


def test_a_document_tells_its_events_apart():
    """Two reports of one document are never one event: its reader has merged it already."""
    once = article(
        "a",
        "2025-12-01",
        told("meeting", ("KOR", "JPN"), "2025-11-23", "They met in the morning."),
        told("meeting", ("KOR", "JPN"), "2025-11-23", "They met again at night."),
    )

    assert 2 == len(merge(reports(once)))


def test_denied_and_imagined_reports_make_no_event():
    """What a source denies or only imagines is no event."""
    known = [
        told("visit", ("KOR", "JPN"), "2025-08-23", f"Visit {p}.", polarity=p)
        for p in (Polarity.DENIED, Polarity.HYPOTHETICAL)
    ]

    assert () == merge(reports(article("a", "2025-08-01", *known)))


def test_a_denial_stands_against_what_others_affirm():
    """A denied visit is named among the contradictions of the visit that another source tells."""
    (visit,) = [e for e in merge(REPORTS) if e.facts.when.edtf == "2025-08-23/2025-08-24"]
    denial = next(r for r in REPORTS if r.polarity is Polarity.DENIED)

    assert [("event", (denial.id,))] == [
        (d.field, d.contradicting) for d in visit.decisions if d.contradicting
    ]


def test_meetings_are_part_of_the_visit_around_them():
    """A meeting in the host's country on the days of a visit belongs to it; one elsewhere to none."""
    events = {event.id: event for event in merge(REPORTS)}
    parts = {
        (e.facts.when.edtf, events[e.part_of].facts.when.edtf if e.part_of else None)
        for e in events.values()
        if e.facts.type == "meeting"
    }

    assert {("2025-08-23", "2025-08-23/2025-08-24"), ("2025-11-23", None)} == parts


def test_a_part_names_the_whole_place():
    """'Nara' and 'Nara prefecture' are one place, and a state as a whole gives way to a city."""
    whole = PlaceName(name="Nara prefecture", state="JPN")
    japan = PlaceName(name="Japan", state="JPN")
    found = [
        article(str(n), "2026-01-20", told("meeting", ("KOR", "JPN"), "2026-01-13", place=place))
        for n, place in enumerate((NARA, whole, japan))
    ]
    (event,) = merge(reports(*found))

    assert NARA == event.facts.place


def test_the_id_stays_when_later_news_comes():
    """What is published later does not change the id of an event; the ids it could have had lead to it."""
    first, second = two("2025-08-23", "2025-08")
    (before,) = merge(reports(first))
    (after,) = merge(reports(first, second))

    assert before.id == after.id
    assert {before.id} < {id_from(report) for report in after.reports}


@settings(deadline=None, max_examples=60)
@given(st.permutations(REPORTS))
def test_order_does_not_show(shuffled):
    """Any order of reports gives the same events."""
    assert merge(REPORTS) == merge(shuffled)


STATUSES = st.sampled_from(list(Status))
TIMES = st.sampled_from(
    ["", "2025", "2025-08", "2025-08-23", "2025-08-24", "2025-08-23/2025-08-24", "2025-08-24/2025-08-25"]
)
SENTENCES = st.builds(
    lambda kind, when, status, place, people: told(
        kind, ("KOR", "JPN"), when, status=status, place=place, participants=people
    ),
    st.sampled_from(["visit", "meeting", "tension"]),
    TIMES,
    STATUSES,
    st.sampled_from([None, TOKYO, NARA]),
    st.sampled_from([(), (LEE,), (LEE, ISHIBA)]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(SENTENCES, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_any_reports_merge_alike_in_any_order(sentences, random):
    """Events partition the reports, keep dated days apart, and do not depend on order."""
    found = reports(*(article(f"source {n}", f"2025-09-{n + 1:02}", s) for n, s in enumerate(sentences)))
    shuffled = list(found)
    random.shuffle(shuffled)
    events = merge(found)

    assert events == merge(shuffled)
    assert sorted(r.id for r in found) == sorted(r for e in events for r in e.reports)
    for event in events:
        days = {r.facts.when for r in found if r.id in event.reports and r.facts.when.start}
        assert all(event.facts.when.overlaps(day) for day in days)
