"""Hazard, bursts, seasons and changes of leader, by hand and against scipy."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import person, visit
from scipy import stats

from diplograph.analysis import bursts, exact, hazard, leaders, seasons, tempo
from diplograph.analysis import journeys as travel
from diplograph.analysis.hazard import Spell
from diplograph.analysis.journeys import Days
from diplograph.model import Tenure


def spells(*days):
    """Spells of so many days; a negative number is one that still lasts."""
    return [Spell(days=abs(day), ended=day > 0, events=(f"e{n}",)) for n, day in enumerate(days)]


def test_survival_by_hand():
    """Gaps of 10, 20, 20+ and 40 days: S is 3/4, then 3/4·2/3, then 0; H adds 1/4, 1/3 and 1."""
    curve = hazard.curve(spells(10, 20, -20, 40))
    assert [(10, 4, 1), (20, 3, 1), (40, 1, 1)] == [(s.days, s.at_risk, s.visits) for s in curve.steps]
    assert pytest.approx([0.75, 0.5, 0.0]) == [s.survival for s in curve.steps]
    assert pytest.approx([1 / 4, 7 / 12, 19 / 12]) == [s.hazard for s in curve.steps]
    assert pytest.approx(0.5 * (1 / 12 + 1 / 6) ** 0.5) == curve.steps[1].error
    assert (20, 4, 1) == (curve.median, curve.gaps, curve.open)
    assert ("e1",) == curve.steps[1].events


def test_the_next_visit():
    """Having waited 10 days, half of what was left came within the next ten... and 0 is left at the end."""
    curve = hazard.curve(spells(10, 20, -20, 40))
    assert pytest.approx(1 - 0.5 / 0.75) == curve.next_within(10, 10)
    assert 0.25 == curve.next_within(10, 0)
    assert curve.next_within(10, 50) is None


def test_nothing_at_risk():
    """Without gaps S stays 1; a gap that lasts shows no visit."""
    assert ((), None, 1.0) == (hazard.curve([]).steps, hazard.curve([]).median, hazard.curve([]).survival(9))
    assert ((), 1) == (hazard.curve(spells(-5)).steps, hazard.curve(spells(-5)).open)


days = st.lists(st.integers(-30, 30).filter(bool), min_size=1, max_size=20)


@given(days)
def test_survival_is_that_of_scipy(given_days):
    """S at every step is what scipy's estimate from censored data says."""
    curve = hazard.curve(spells(*given_days))
    data = stats.CensoredData.right_censored(np.abs(given_days), np.array(given_days) < 0)
    expected = stats.ecdf(data).sf
    assert pytest.approx([float(expected.evaluate(s.days)) for s in curve.steps]) == [
        s.survival for s in curve.steps
    ]


@given(days, days)
def test_log_rank_is_that_of_scipy(one, other):
    """χ² and p of two groups are scipy's, wherever they are defined."""
    found = hazard.log_rank(spells(*one), spells(*other))
    if found is not None:
        data = [stats.CensoredData.right_censored(np.abs(each), np.array(each) < 0) for each in (one, other)]
        expected = stats.logrank(*data)
        assert pytest.approx((expected.statistic**2, expected.pvalue), abs=1e-9) == (found.chi2, found.p)


def test_coarse_gaps_bound_the_curve():
    """A gap of 31 to 60 days gives a curve that falls at 31 and one that falls at 60."""
    events = [
        visit("KOR", "JPN", "2025-01-01"),
        visit("JPN", "KOR", "2025-02"),
        visit("KOR", "JPN", "2025-06-01"),
    ]
    found = hazard.bounds(tempo.tempo(events, "KOR", "JPN", as_of=date(2025, 7, 1)).gaps)
    assert [31, 93] == [step.days for step in found.shortest.steps]
    assert [58, 120] == [step.days for step in found.longest.steps]
    assert (3, 1) == (found.shortest.gaps, found.shortest.open)


def test_burstiness_by_hand():
    """Equal gaps are a clock (−1); gaps of 0, 0 and 3: μ 1, σ √2, B = (√2−1)/(√2+1)."""
    assert -1.0 == bursts.burstiness([5, 5, 5])
    root = 2**0.5
    assert pytest.approx((root - 1) / (root + 1)) == bursts.burstiness([0, 0, 3])
    assert bursts.burstiness([5]) is None
    assert pytest.approx(-1.0) == bursts.memory([1, 3, 1, 3, 1])
    assert bursts.memory([1, 1, 1]) is None


def dated(*days):
    start = date(2001, 1, 1).toordinal()
    return travel.journeys(
        visit("KOR", "JPN", date.fromordinal(start + day).isoformat(), event_id=f"d{day:05}") for day in days
    )


def test_a_burst_is_found_where_it_is():
    """Ten visits a year apart with six a week apart among them: these are the burst, and nothing else."""
    calm = [365 * n for n in range(10)]
    dense = [1500 + 7 * n for n in range(6)]
    found = bursts.bursts(dated(*sorted(calm + dense)))
    assert [tuple(f"d{day:05}" for day in (1460, *dense))] == [burst.events for burst in found.bursts]
    assert pytest.approx(75 * 15 / 3285) == found.bursts[0].usual
    assert found.memory > 0.5
    assert 0 == found.coarse


@given(st.lists(st.integers(0, 400), min_size=2, max_size=9))
def test_the_cheapest_states_are_those_of_all_that_can_be(gaps):
    """The path found costs no more than any other of the 2ⁿ paths."""
    import math
    from itertools import pairwise, product

    if sum(gaps) == 0:
        assert set(bursts.states(gaps)) == {0}
        return
    rates = (len(gaps) / sum(gaps), 3 * len(gaps) / sum(gaps))

    def cost(path):
        rises = sum(after > before for before, after in pairwise((0, *path)))
        waits = sum(rates[s] * g - math.log(rates[s]) for s, g in zip(path, gaps, strict=True))
        return waits + rises * math.log(len(gaps))

    best = min(cost(path) for path in product((0, 1), repeat=len(gaps)))
    assert pytest.approx(best) == cost(bursts.states(gaps))


def test_bursts_of_little():
    """Two visits are no burst, and nothing is nothing."""
    assert () == bursts.bursts(dated(0, 1)).bursts
    assert (None, None, ()) == (
        bursts.bursts([]).burstiness,
        bursts.bursts([]).memory,
        bursts.bursts([]).events,
    )


def test_coarse_gaps_are_counted():
    """A gap whose bounds differ is counted as such."""
    visits = travel.journeys([visit("KOR", "JPN", "2001-01-01"), visit("JPN", "KOR", "2001-03")])
    assert 1 == bursts.bursts(visits).coarse


def test_seasons_by_hand():
    """Visits in Septembers only: one month holds them, p is small, the peak lies there."""
    visits = travel.journeys(visit("KOR", "JPN", f"{year}-09-15") for year in range(2000, 2010))
    found = seasons.seasons(visits)
    assert (10, 10) == (found.months[8].sure, found.months[8].at_most)
    assert 9 == found.peak[0]
    assert found.p < 0.001
    assert pytest.approx(1.0, abs=1e-3) == found.concentration
    assert pytest.approx(10) == sum(month.expected for month in found.months)


def test_seasons_of_an_even_year():
    """A visit in the middle of each month has no season."""
    visits = travel.journeys(visit("KOR", "JPN", f"2001-{month:02}-15") for month in range(1, 13))
    assert seasons.seasons(visits).p > 0.9


def test_seasons_with_coarse_dates():
    """A stay over the turn of months may be in either; years and undated visits are told, not counted."""
    visits = travel.journeys(
        [
            visit("KOR", "JPN", "2001-03", event_id="march"),
            visit("KOR", "JPN", "2001", event_id="year"),
            visit("KOR", "JPN", "", event_id="never"),
        ]
    )
    found = seasons.seasons(visits)
    assert (1, ("march",)) == (found.months[2].sure, found.months[2].events)
    assert {"year", "never"} == set(found.left_out)
    assert (None, None, None) == (
        seasons.seasons([]).p,
        seasons.seasons([]).peak,
        seasons.seasons([]).concentration,
    )


LEE, ISHIBA = person("Lee Jae Myung", "KOR"), person("Shigeru Ishiba", "JPN", "Prime Minister")


def tenure(who, state, start, end=None, role="head-of-state"):
    return Tenure(
        id=f"{state}-{start}", person=who.person, name=who.name, surname=who.name.split()[-1], state=state,
        office="o", title="O", role=role, start=start, end=end,
    )  # fmt: skip


def test_first_trips():
    """The first visit in office counts, not one made before; the days run from taking office."""
    events = [
        visit("KOR", "USA", "2024-01-01", LEE, event_id="before"),
        visit("KOR", "CAN", "2025-06-16", LEE, event_id="first", occasion="G7"),
        visit("KOR", "JPN", "2025-08-23", LEE, event_id="second"),
        visit("JPN", "USA", "2025-02", ISHIBA, event_id="ishiba"),
    ]
    tenures = [tenure(LEE, "KOR", "2025-06-04"), tenure(ISHIBA, "JPN", "2024-10-01", "2025-10-21")]
    found = leaders.first_trips(events, tenures)
    assert [
        ("JPN", "ishiba", Days(at_least=123, at_most=150)),
        ("KOR", "first", Days(at_least=12, at_most=12)),
    ] == [(row.state, row.visit.event, row.since) for row in found]
    bilateral = leaders.first_trips(events, tenures, first=2, multilateral=False)
    assert [("ishiba",), ("second",)] == [row.events for row in bilateral]
    assert () == leaders.first_trips([], tenures)
    assert () == leaders.first_trips(events, [])


def test_the_effect_of_a_change():
    """Two visits in the year before a change and six after: ratio 3, p by the binomial."""
    events = [
        visit("KOR", "JPN", "2000-01-01", event_id="start"),
        visit("KOR", "JPN", "2010-01-01", event_id="end"),
    ]
    events += [visit("KOR", "JPN", f"2004-0{month}-01", event_id=f"b{month}") for month in (3, 6)]
    events += [visit("JPN", "KOR", f"2005-0{month}-01", event_id=f"a{month}") for month in range(2, 8)]
    events += [visit("JPN", "KOR", "2005-01", event_id="when")]
    new = tenure(ISHIBA, "JPN", "2005-01-15", role="head-of-government")
    found = leaders.effect(events, "KOR", "JPN", [new, tenure(LEE, "KOR", "2009-12-01")])
    first, second = found.changes
    assert (2, 6, ("when",), True) == (len(first.before), len(first.after), first.unsure, first.whole)
    assert (False, ("end",)) == (second.whole, second.after)
    assert (2, 6, 3.0) == (found.before, found.after, found.ratio)
    assert pytest.approx(stats.binomtest(6, 8).pvalue) == found.p == first.p
    assert () == leaders.effect([], "KOR", "JPN", [new]).changes


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.05, 0.95))
def test_the_binomial_test_is_that_of_scipy(hits, misses, chance):
    """p is scipy's; without trials it is 1."""
    trials = hits + misses
    expected = stats.binomtest(hits, trials, chance).pvalue if trials else 1.0
    assert pytest.approx(expected, rel=1e-6) == exact.binomial(hits, trials, chance)


def test_the_binomial_test_of_many():
    """Thousands of trials do not overflow."""
    assert pytest.approx(stats.binomtest(5100, 10000).pvalue, rel=1e-6) == exact.binomial(5100, 10000)


def test_whose_tenures_lead():
    """The office that leads counts from the day on which it does; a Korean prime minister never leads."""
    from diplograph.knowledge import gazetteer

    states = gazetteer.load().states
    premier = tenure(LEE, "KOR", "2008-02-29", role="head-of-government")
    made = [
        replace(premier, id="pm", office="prime-minister"),
        replace(premier, id="president", office="president"),
        replace(premier, id="afghan-2015", state="AFG", office="supreme-leader", start="2015-01-01"),
        replace(premier, id="afghan-2022", state="AFG", office="supreme-leader", start="2022-01-01"),
        replace(premier, id="nowhere", state="XXX"),
    ]
    assert ["president", "afghan-2022"] == [one.id for one in leaders.leading(made, states)]
