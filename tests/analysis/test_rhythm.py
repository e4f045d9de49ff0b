"""Regularity, breaks and resumptions of a shuttle, and mediations among several capitals."""

import pytest
from made_events import person, visit

from diplograph.analysis import mediation, rhythm, shuttle
from diplograph.analysis.journeys import Days
from diplograph.analysis.shuttle import Ending


def of(*rows):
    """The rhythm of Korea and Japan; K is a visit by Korea."""
    events = [
        visit(*(("KOR", "JPN") if who == "K" else ("JPN", "KOR")), when, event_id=f"e{number}")
        for number, (who, when) in enumerate(rows)
    ]
    return rhythm.rhythm(shuttle.exchange(events, "KOR", "JPN"))


def test_breaks_and_resumptions():
    """Korea stays out beyond a year, then Japan goes twice: who broke it, how, and for how long."""
    found = of(
        ("K", "2001-01-01"), ("J", "2001-03-01"),
        ("K", "2005-01-01"), ("J", "2005-02-01"), ("J", "2005-03-01"),
        ("K", "2005-04-01"),
    )  # fmt: skip
    first, second = found.breaks
    assert ("KOR", Ending.LATE, "e1", "e2", "e2") == (
        first.by,
        first.how,
        first.last.event,
        first.next_visit,
        first.resumed.event,
    )
    assert Days(at_least=1402, at_most=1402) == first.pause
    assert ("KOR", Ending.REPEATED, ("e3", "e4")) == (second.by, second.how, second.events)
    assert Days(at_least=28, at_most=28) == second.pause
    assert {"KOR": 2, "JPN": 0} == found.broken_by


def test_a_break_that_nobody_mended():
    """A visit that was not returned in time ends the shuttle; without a new one nothing is resumed."""
    (only,) = of(("K", "2001-01-01"), ("J", "2001-03-01"), ("J", "2003-03-01")).breaks
    assert (None, None, ("e1", "e2")) == (only.resumed, only.pause, only.events)


def test_regularity_by_hand():
    """Turn-arounds of 31 and 28 days: mean 29.5, σ 1.5; a coarse one is counted and left out."""
    (only,) = of(("K", "2001-01-01"), ("J", "2001-02-01"), ("K", "2001-03-01"), ("J", "2001-06")).shuttles
    assert (4, 29.5, 1) == (only.legs, only.mean, only.coarse)
    assert pytest.approx(1.5 / 29.5) == only.cv
    (coarse,) = of(("K", "2001-01-01"), ("J", "2001-02")).shuttles
    assert (None, None, 1) == (coarse.mean, coarse.cv, coarse.coarse)


def test_no_rhythm_without_visits():
    """An empty exchange has neither shuttles nor breaks."""
    found = of()
    assert ((), (), {"KOR": 0, "JPN": 0}) == (found.shuttles, found.breaks, found.broken_by)


KISSINGER = person("Henry Kissinger", "USA", "Secretary of State")
NIXON = person("Richard Nixon", "USA")


def tour(*stops, who=KISSINGER):
    return [visit("USA", host, f"1974-05-{day:02}", who, event_id=f"{host}-{day}") for host, day in stops]


def test_a_round_of_three_capitals():
    """Three capitals twice and more are three poles; a stop and a stay told twice are no legs."""
    events = tour(
        ("ISR", 2), ("SYR", 3), ("ISR", 4), ("ISR", 5), ("EGY", 6), ("CYP", 7),
        ("SYR", 8), ("ISR", 9), ("EGY", 12), ("USA", 13),
    )  # fmt: skip
    (found,) = mediation.mediations(events)
    assert ("USA", ("ISR", "EGY", "SYR"), 7, True) == (
        found.mediator,
        found.poles,
        len(found.legs),
        found.certain,
    )
    assert ["CYP-7"] == [stop.event for stop in found.stops]
    assert "ISR-5" not in found.events
    assert ("Henry Kissinger",) == found.travellers


def test_a_round_trip_is_no_mediation():
    """A tour of capitals each visited once, or a return to one of them alone, goes not back and forth."""
    assert () == mediation.mediations(tour(("ISR", 1), ("SYR", 2), ("EGY", 3), ("ISR", 4)))
    assert () == mediation.mediations([])


def test_a_pause_ends_a_tour():
    """A step beyond the window begins a new tour."""
    rows = tour(("ISR", 1), ("SYR", 2), ("ISR", 20), ("SYR", 21))
    assert () == mediation.mediations(rows)
    assert 1 == len(mediation.mediations(rows, window=18))


def test_travellers_apart():
    """A president's trip does not fall into his minister's where each is followed by himself."""
    events = [*tour(("ISR", 1), ("ISR", 5)), *tour(("SYR", 3), ("SYR", 7), who=NIXON)]
    assert 1 == len(mediation.mediations(events))
    assert () == mediation.mediations(events, by_person=True)


def test_an_order_that_is_open():
    """Visits known to the month alternate perhaps."""
    rows = [
        visit("USA", host, when, event_id=host + when)
        for host in ("ISR", "SYR")
        for when in ("1974-05", "1974-06")
    ]
    (found,) = mediation.mediations(rows)
    assert not found.certain
