from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import other, person, visit

from diplograph.analysis import actors, balance, levels, reciprocity, significance, tempo, thirdparty
from diplograph.analysis.journeys import Days
from diplograph.analysis.levels import Level
from diplograph.analysis.reciprocity import Answer
from diplograph.errors import UnknownPluginError
from diplograph.model import EventType, Status


def test_return_within_days():
    """A visit is returned if one the other way began after it and in time."""
    events = [
        visit("KOR", "JPN", "2025-08-23", event_id="tokyo"),
        visit("JPN", "KOR", "2025-09-30", event_id="busan"),
    ]
    first, second = reciprocity.returns(events)
    assert (Answer.RETURNED, "busan", Days(at_least=38, at_most=38)) == (
        first.answer,
        first.by.event,
        first.days,
    )
    assert (Answer.NOT_RETURNED, None) == (second.answer, second.by)
    assert Answer.NOT_RETURNED is reciprocity.returns(events, within=37)[0].answer


def test_a_recent_visit_is_still_open():
    """Until the days have passed a missing return says nothing, and does not lower the rate."""
    rows = reciprocity.returns(
        [visit("KOR", "JPN", "2025-08-23"), visit("JPN", "KOR", "2025-09-30")], as_of=date(2025, 12, 1)
    )
    assert [Answer.RETURNED, Answer.OPEN] == [row.answer for row in rows]
    assert (1, 1.0) == (reciprocity.rate(rows).at_risk, reciprocity.rate(rows).at_least)


def test_a_coarse_return_is_perhaps_in_time():
    """A return in June after a visit on 1 January is within 180 days surely, within 170 perhaps."""
    events = [visit("KOR", "JPN", "2025-01-01"), visit("JPN", "KOR", "2025-06")]
    assert Answer.RETURNED is reciprocity.returns(events, within=180)[0].answer
    assert Answer.PERHAPS is reciprocity.returns(events, within=170)[0].answer
    rate = reciprocity.rate(reciprocity.returns(events, within=170))
    assert (0.0, 0.5) == (rate.at_least, rate.at_most)


def test_weighted_reciprocity_by_hand():
    """w(A,B)=2, w(B,A)=1, w(A,C)=1: Σmin/Σmax = 1/3 and 2Σmin/Σw = 2/4."""
    events = [
        visit("AAA", "BBB", "2001"),
        visit("AAA", "BBB", "2002"),
        visit("BBB", "AAA", "2003"),
        visit("AAA", "CCC", "2004"),
    ]
    found = reciprocity.reciprocity(events)
    assert (pytest.approx(1 / 3), pytest.approx(0.5), 2) == (found.minmax, found.weighted, found.dyads)
    assert 4 == len(found.events)
    assert 0.375 == pytest.approx(reciprocity.over_chance(0.5, 0.2))


def test_reciprocity_of_nothing_is_none():
    """Without visits there is no value, not zero."""
    assert (None, None) == (reciprocity.reciprocity([]).minmax, reciprocity.reciprocity([]).weighted)
    assert reciprocity.rate([]).at_least is None
    assert reciprocity.over_chance(1.0, 1.0) is None


@given(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.integers(1, 27)), max_size=12),
    st.integers(1, 30),
)
def test_returns_equal_a_brute_force_count(rows, within):
    """With days known, returned visits are those with any opposite visit 1 to N days later."""
    events = [
        visit(a, b, f"2001-01-{day:02}", event_id=f"{number:02}")
        for number, (a, b, day) in enumerate(rows)
        if a != b
    ]
    expected = sum(
        any(x == d and y == c and 0 < later - day <= within for x, y, later in rows if x != y)
        for c, d, day in rows
        if c != d
    )
    found = reciprocity.returns(events, within=within)
    assert (expected, len(events)) == (reciprocity.rate(found).returned, len(found))


def test_balance_both_ways():
    """Visits either way are counted, with their events; gatherings can be left out."""
    events = [
        visit("KOR", "JPN", "2023-03-16", event_id="tokyo"),
        visit("KOR", "JPN", "2023-05-19", event_id="hiroshima", occasion="G7"),
        visit("JPN", "KOR", "2023-05-07", event_id="seoul"),
        visit("JPN", "KOR", "2024-05-07", event_id="planned", status=Status.PLANNED),
    ]
    (found,) = balance.balances(events)
    assert (("seoul",), ("tokyo", "hiroshima"), -1) == (found.out, found.back, found.difference)
    asked = balance.balance(events, "KOR", "JPN", multilateral=False)
    assert (("tokyo",), ("seoul",), 0) == (asked.out, asked.back, asked.difference)
    weighed = balance.balance(events, "KOR", "JPN", scheme="protocol")
    assert (0.75, 0.5) == (weighed.weight_out, weighed.weight_back)
    assert 0 == balance.balance([], "KOR", "JPN").difference
    assert [("JPN", -1), ("KOR", 1)] == [(row.state, row.difference) for row in balance.states(events)]


def test_two_guests_make_two_journeys():
    """A visit by two states together is a journey of each."""
    event = visit("KOR", "JPN", "2023")
    facts = event.facts
    from dataclasses import replace

    joint = replace(event, facts=replace(facts, guests=("KOR", "USA"), states=("KOR", "USA", "JPN")))
    assert [("JPN", "KOR"), ("JPN", "USA")] == [(row.a, row.b) for row in balance.balances([joint])]


TITLES = [
    ("President", Level.LEADER),
    ("Prime Minister", Level.LEADER),
    ("King", Level.LEADER),
    ("Taoiseach", Level.LEADER),
    ("General Secretary of the Communist Party", Level.LEADER),
    ("Foreign Minister", Level.MINISTER),
    ("Secretary of State", Level.MINISTER),
    ("Vice President", Level.MINISTER),
    ("Deputy Prime Minister", Level.MINISTER),
    ("Crown Prince", Level.MINISTER),
    ("former President", Level.OFFICIAL),
    ("Special Envoy of the President", Level.OFFICIAL),
    ("Deputy Foreign Minister", Level.OFFICIAL),
    ("Speaker", Level.OFFICIAL),
    ("Under Secretary of State", Level.OFFICIAL),
    (None, Level.UNKNOWN),
]


@pytest.mark.parametrize(("title", "level"), TITLES)
def test_level_of_a_title(title, level):
    """Deputies and former holders rank below the office they are named after."""
    assert level is levels.of_title(title)


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    """The message lists the schemes there are."""
    with pytest.raises(UnknownPluginError, match="equal, protocol, rank"):
        levels.weight("mine", Level.LEADER, None, multilateral=False)


def test_gaps_and_breaks():
    """A break surely exceeds twice the median gap and a year."""
    days = ["2004-07-21", "2004-12-17", "2011-10-18", "2011-12-17"]
    events = [visit("KOR", "JPN", day) if i % 2 else visit("JPN", "KOR", day) for i, day in enumerate(days)]
    found = tempo.tempo(events, "KOR", "JPN", as_of=date(2012, 12, 17))
    assert [149, 2496, 60, 366] == [gap.days.at_least for gap in found.gaps]
    assert (149.0, [2496, 366]) == (found.usual, [gap.days.at_least for gap in found.breaks])
    assert found.gaps[-1].after is None


def test_tempo_of_little():
    """No visit has no gap, one visit has at most an open one, and one gap has no usual one."""
    assert () == tempo.tempo([], "KOR", "JPN", as_of=date(2020, 1, 1)).gaps
    one = tempo.tempo([visit("KOR", "JPN", "2019-07")], "KOR", "JPN", as_of=date(2020, 1, 1))
    assert ([Days(at_least=154, at_most=184)], None) == ([gap.days for gap in one.gaps], one.usual)


HOLBROOKE = person("Richard Holbrooke", "USA", "Assistant Secretary of State")


def test_a_mediator_between_two_capitals():
    """A–B–A is a third-party shuttle across a stop elsewhere (which may be one too); A–B is a tour."""
    events = [
        visit("USA", "SRB", "1995-09-13", HOLBROOKE, event_id="1"),
        visit("USA", "HRV", "1995-09-14", HOLBROOKE, event_id="2"),
        visit("USA", "ITA", "1995-09-15", HOLBROOKE, event_id="stop"),
        visit("USA", "SRB", "1995-09-16", HOLBROOKE, event_id="3"),
        visit("USA", "HRV", "1996-09-16", HOLBROOKE, event_id="late"),
    ]
    found, aside = thirdparty.third_party_shuttles(events)
    assert ("SRB", "ITA") == aside.hosts
    assert ("USA", ("SRB", "HRV"), ("1", "2", "3")) == (found.mediator, found.hosts, found.events)
    assert ("Richard Holbrooke",) == found.travellers
    assert [1, 2] == [days.at_most for days in thirdparty.step_days(found)]
    assert () == thirdparty.third_party_shuttles(events[:2])
    assert () == thirdparty.third_party_shuttles(events, min_legs=4)


def test_who_met_whom():
    """Talks within a visit count once with it, and the most frequent pair is first."""
    lee, ishiba = person("Lee", "KOR"), person("Ishiba", "JPN")
    takaichi = person("Takaichi", "JPN")
    events = [
        visit("KOR", "JPN", "2025-08", lee, ishiba, event_id="v"),
        other(EventType.MEETING, ("JPN", "KOR"), "2025-08", lee, ishiba, event_id="m", part_of="v"),
        other(EventType.MEETING, ("JPN", "KOR"), "2025-10-30", lee, takaichi, event_id="g"),
        other(EventType.CALL, ("JPN", "KOR"), "2025-11-30", lee, takaichi, event_id="c"),
        other(EventType.MEETING, ("JPN", "KOR"), "2026", lee, takaichi, status=Status.PLANNED),
    ]
    first, second = actors.encounters(events, "KOR", "JPN")
    assert (("Lee", "Takaichi"), 2, ("c", "g")) == (first.names, first.count, first.events)
    assert (("Ishiba", "Lee"), 1, ("m", "v")) == (second.names, second.count, second.events)
    assert () == actors.encounters(events, "KOR", "CHN")
    (traveller,) = actors.travellers(events)
    assert ("Lee", ("v",), ("JPN",)) == (traveller.name, traveller.events, traveller.hosts)


def planted():
    pairs = [("A", "B"), ("C", "D"), ("E", "F"), ("G", "H")]
    return [
        visit(*(pair if way else pair[::-1]), f"{year}-0{2 + way}-01", event_id=f"{year}{pair[0]}{way}")
        for year in range(2000, 2006)
        for pair in pairs
        for way in (0, 1)
    ]


def test_planted_reciprocity_is_found():
    """Pairs that visit only one another are far from chance, and the verdict says so."""
    verdict = significance.against_chance(planted(), draws=100, seed=1)
    assert (1.0, 1 / 101) == (verdict.observed, verdict.p)
    assert verdict.z > 5
    assert verdict.rho == pytest.approx(1.0)
    assert verdict.sentence.startswith("more reciprocal than chance: 1.00 against")
    assert verdict == significance.against_chance(planted(), draws=100, seed=1)


def test_chance_where_there_is_no_choice():
    """Two states alone have nothing to be compared with; nothing has no verdict."""
    verdict = significance.against_chance([visit("A", "B", "2000"), visit("B", "A", "2000")], draws=20)
    assert (None, 1.0) == (verdict.z, verdict.observed)
    assert verdict.sentence.startswith("no other arrangement")
    assert significance.against_chance([]) is None
