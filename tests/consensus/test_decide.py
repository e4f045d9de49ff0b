"""Which value holds, and by which rule."""

from __future__ import annotations

import pytest

from diplograph.consensus import merge, review
from diplograph.model import Participant, Status
from made_reports import LEE, NARA, TOKYO, article, shuttle_history, told


def event_of(*articles):
    (event,) = merge(report for _, reports in articles for report in reports)
    return event


def visit(name, published, when="2026-01-13/2026-01-14", **known):
    return article(name, published, told("visit", ("KOR", "JPN"), when, participants=(LEE,), **known))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("2026-01-09", "planned"), ("2026-01-14", "held")], "held"),
        ([("2026-01-01", "proposed"), ("2026-01-09", "planned")], "planned"),
        ([("2026-01-09", "planned"), ("2026-01-12", "cancelled")], "cancelled"),
        ([("2026-01-09", "cancelled"), ("2026-01-12", "planned")], "planned"),
        ([("2026-01-09", "planned"), ("2026-01-12", "postponed")], "postponed"),
        ([("2026-01-14", "held"), ("2026-01-14", "planned")], "held"),
        ([("2026-01-15", "held"), ("2026-01-16", "planned")], "held"),
    ],
)
def test_status_moves_by_date_of_publication(steps, expected):
    """The latest word counts, and what was held stays held; every step is kept in order."""
    told_by = [visit(f"a{n}", day, status=Status(status)) for n, (day, status) in enumerate(steps)]
    event = event_of(*reversed(told_by))

    assert expected == event.facts.status
    assert sorted(steps) == sorted((str(s.published), s.status.value) for s in event.history)
    assert sorted(str(s.published) for s in event.history) == [str(s.published) for s in event.history]


def test_a_later_plan_contradicts_what_was_held():
    """A report that still plans after the event is named as contradicting."""
    event = event_of(visit("a", "2026-01-15"), visit("b", "2026-01-16", status=Status.PLANNED))
    (decision,) = [d for d in event.decisions if d.field == "status"]

    assert ("held-stays", 1) == (decision.rule, len(decision.contradicting))


def test_a_cancellation_without_a_date_finds_the_plan():
    """'The visit was called off' needs no date to find the one visit that was planned."""
    plan = visit("a", "2026-01-09", status=Status.PLANNED)
    off = visit("b", "2026-01-11", when="", status=Status.CANCELLED)

    assert Status.CANCELLED is event_of(plan, off).facts.status


@pytest.mark.parametrize(
    ("first", "second", "rule", "place"),
    [
        ({"day": "2026-01-14"}, {"day": "2026-03-14"}, "nearest", "Nara"),
        (
            {"day": "2026-01-14"},
            {"day": "2026-01-15", "attribution": "Blue House"},
            "primary",
            "Tokyo",
        ),
        ({"day": "2026-01-14", "confidence": 0.9}, {"day": "2026-01-15"}, "confidence", "Nara"),
        ({"day": "2026-01-14"}, {"day": "2026-01-15"}, "order", "Nara"),
    ],
)
def test_a_contradiction_is_decided_by_a_named_rule(first, second, rule, place):
    """Reports nearer to the event win, then those said by a party, then the surer reading."""
    one = dict(first)
    other = dict(second)
    event = event_of(
        visit("a", one.pop("day"), place=NARA, **one), visit("b", other.pop("day"), place=TOKYO, **other)
    )
    (decision,) = [d for d in event.decisions if d.field == "place"]

    assert (rule, place, 1) == (decision.rule, event.facts.place.name, len(decision.contradicting))


def test_agreement_of_sources_counts():
    """Of reports equally near, the value of most sources holds."""
    event = event_of(
        visit("a", "2026-01-14", place=TOKYO, sentence="In Tokyo they met."),
        visit("b", "2026-01-14", place=NARA, sentence="In Nara they met."),
        visit("c", "2026-01-15", place=NARA, sentence="Nara saw them."),
    )
    (decision,) = [d for d in event.decisions if d.field == "place"]

    assert ("agreement", "Nara") == (decision.rule, event.facts.place.name)


def test_a_finer_time_is_no_contradiction():
    """'In January' agrees with the thirteenth and is kept as supporting it."""
    event = event_of(visit("a", "2026-01-14"), visit("b", "2026-02-14", when="2026-01"))
    (decision,) = [d for d in event.decisions if d.field == "when"]

    assert ("finest", 2, ()) == (decision.rule, len(decision.supporting), decision.contradicting)


def test_a_month_that_a_stay_runs_out_of_is_no_contradiction():
    """'In October' agrees with a stay from the thirtieth into November; another day contradicts."""
    stay = visit("a", "2025-11-02", when="2025-10-30/2025-11-01")
    event = event_of(stay, visit("b", "2025-11-03", when="2025-10"))
    (decision,) = [d for d in event.decisions if d.field == "when"]

    assert (2, ()) == (len(decision.supporting), decision.contradicting)


def test_confidence_grows_with_sources():
    """Two sources that are right with 0.8 each are right with 0.96 together."""
    told = [visit(name, "2026-01-14", sentence=f"The {name} tells of a visit.") for name in ("one", "other")]

    assert 0.96 == event_of(*told).confidence


def test_an_office_is_taken_from_whoever_tells_it():
    """A participant named without office keeps the one that another report gives."""
    bare = Participant(name="Lee Jae Myung", person="lee-jae-myung", state="KOR")
    first = article("a", "2026-01-14", told("visit", ("KOR", "JPN"), "2026-01-13", participants=(bare,)))
    second = article("b", "2026-01-15", told("visit", ("KOR", "JPN"), "2026-01-13", participants=(LEE,)))

    assert (LEE,) == event_of(first, second).facts.participants


def test_review_lists_contradictions_vague_merges_and_near_misses():
    """A person is shown what is contradicted, what was merged on little, and what is a day apart."""
    reports = [r for _, found in shuttle_history() for r in found]
    near = [r for n, d in (("x", "2025-11-23"), ("y", "2025-11-24")) for r in visit(n, "2025-12-01", d)[1]]

    assert {"contradiction", "merge"} == {d.kind for d in review(reports, merge(reports))}
    assert [("split", "they are 1 day apart")] == [(d.kind, d.reason) for d in review(near, merge(near))]
