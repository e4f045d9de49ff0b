"""Figures of the HistoryAtState tables that an independent script computed, and Kissinger's shuttles."""

from datetime import date

import pytest

from diplograph.analysis import columns, facts, journeys, mediation, reciprocity, tables
from diplograph.analysis.scope import Scope

LEADERS = Scope(since=date(1960, 1, 1), without_offices=frozenset({"Secretary of State"}))

# Of 718 presidential trips and of 3,009 leaders' visits, how many were answered within so many days.
GOLDEN = [(180, 201, 267), (365, 378, 509), (730, 520, 871)]


@pytest.fixture(scope="module")
def visits():
    """Visits of leaders that began in 1960 or later."""
    return LEADERS.narrow(facts.historyatstate()).events


@pytest.mark.parametrize(("days", "trips", "to_us"), GOLDEN)
def test_returns_are_the_golden_numbers(visits, days, trips, to_us):
    """Both directions, within half a year, a year and two, from events."""
    rows = reciprocity.returns(visits, within=days, codes=facts.codes())
    made = [row for row in rows if row.visit.guest == "united-states"]
    received = [row for row in rows if row.visit.host == "united-states"]
    assert (718, 3009) == (len(made), len(received))
    assert (trips, to_us) == (reciprocity.rate(made).returned, reciprocity.rate(received).returned)


@pytest.mark.parametrize(("days", "trips", "to_us"), GOLDEN)
def test_columns_give_the_golden_numbers(visits, days, trips, to_us):
    """The same from columns, which keep whole tables."""
    found = journeys.recoded(journeys.journeys(visits), facts.codes())
    grid = tables.returns(columns.of_journeys(found), within=days)
    told = [(row["guest"] == "united-states", row["answer"] == "returned") for row in grid]
    assert (trips, to_us) == (told.count((True, True)), told.count((False, True)))


def test_partners_are_the_golden_numbers(visits):
    """204 partners, 110 of them both ways."""
    grid = tables.balances(columns.of_journeys(journeys.recoded(journeys.journeys(visits), facts.codes())))
    both = [row for row in grid if row["a_to_b"] and row["b_to_a"]]
    assert (204, 110) == (len(grid), len(both))


def test_kissinger_in_1974():
    """His shuttles of January, of April and May, and of autumn 1974 are found, with their capitals."""
    year = Scope(guests=frozenset({"USA"}), since=date(1974, 1, 1), until=date(1974, 12, 31))
    events = year.narrow(facts.historyatstate()).events
    found = [
        one
        for one in mediation.mediations(events, by_person=True)
        if one.travellers == ("Henry A. Kissinger",) and "ISR" in one.poles
    ]
    assert [{"ISR", "EGY"}, {"ISR", "EGY", "SYR"}, {"ISR", "EGY", "SYR"}] == [
        set(one.poles) & {"ISR", "EGY", "SYR"} for one in found
    ]
    assert ["1974-01", "1974-04", "1974-10"] == [one.legs[0].when.edtf[:7] for one in found]
    assert (5, 7) == (found[0].legs_at_least, found[1].legs_at_least)
