"""Series, scores, responses, comparison of periods and signed ties, by hand and against scipy."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_events import other, visit
from scipy import stats

from diplograph.analysis import agenda, goldstein, periods, responses, series, signed
from diplograph.analysis.periods import By, Period
from diplograph.analysis.responses import Way, What
from diplograph.analysis.series import Count
from diplograph.analysis.spans import Unit
from diplograph.model import EventType, Status

KJ = ("KOR", "JPN")


def events():
    return [
        visit("KOR", "JPN", "2024-03-01", event_id="v1"),
        visit("JPN", "KOR", "2024", event_id="v2"),
        visit("KOR", "JPN", "2026-01-01", event_id="v3", status=Status.PLANNED),
        other(EventType.MEETING, KJ, "2024-03-01", event_id="talks", part_of="v1"),
        other(EventType.MEETING, KJ, "2023-12", event_id="m1"),
        other(EventType.TENSION, ("JPN", "KOR"), "2023-12-30/2024-01-02", event_id="t1"),
        other(EventType.CALL, KJ, "", event_id="c1"),
        other(EventType.CALL, ("KOR", "USA"), "2024-01-01", event_id="elsewhere"),
    ]


def test_a_yearly_series_by_hand():
    """Each year has what began in it; talks within a visit, plans and other states have no part."""
    found = series.series(events(), *KJ)
    assert ["2023", "2024"] == [point.period for point in found.points]
    first, second = found.points
    assert (Count(sure=1, at_most=1), Count(sure=1, at_most=1)) == (first.contacts, first.tensions)
    assert (Count(sure=1, at_most=1), Count(sure=1, at_most=1)) == (second.a_to_b, second.b_to_a)
    assert Count() == second.contacts
    assert (("c1",), {"v1", "v2", "talks"}) == (found.undated, set(second.events))


def test_a_monthly_series_has_bounds():
    """A visit known to the year can be in any month and is surely in none."""
    found = series.series(events(), *KJ, unit=Unit.MONTH)
    march = next(point for point in found.points if point.period == "2024-03")
    assert (Count(sure=1, at_most=1), Count(sure=0, at_most=1)) == (march.a_to_b, march.b_to_a)
    assert 13 == len(found.points)


def test_a_series_of_years_asked_for():
    """Years without an event are rows of zeros; nothing at all is no row."""
    found = series.series(events(), *KJ, since=date(2020, 1, 1), until=date(2025, 12, 31))
    assert [str(year) for year in range(2020, 2026)] == [point.period for point in found.points]
    assert () == found.points[0].events
    assert () == series.series([], *KJ).points


def test_scores_are_those_of_the_codebook():
    """A visit is CAMEO 042 with 1.9, a meeting 040 with 1.0, a tension 16 with −4; subtypes go first."""
    assert (1.9, 1.0, -4.0) == tuple(
        goldstein.score(event) for event in (events()[0], events()[4], events()[5])
    )
    assert -8.0 == goldstein.scores()["sanctions"]
    first, _ = series.series(events(), *KJ).points
    assert (1.0, 1.0 - 4.0, -2.0) == (first.a_score, first.b_score, first.score)


def test_responses_by_hand():
    """x follows y by one period: β is 1 in the simple and the trend model, and shifts do not do as well."""
    y = [0, 3, 1, 4, 1, 5, 2, 6, 0, 3]
    x = [2, *y[:-1]]
    simple, trend = (responses.respond(x, y, way) for way in (Way.SIMPLE, Way.TREND))
    assert pytest.approx((1.0, 0.0, 1.0)) == (simple.beta, simple.alpha, simple.r2)
    assert pytest.approx((1.0, 0.0, 1.0)) == (trend.beta, trend.alpha, trend.r2)
    assert (9, 8) == (simple.periods, trend.periods)
    comparative = responses.respond(x, y, Way.COMPARATIVE)
    line = stats.linregress(np.array(y[:-1]) - np.array(x[:-1]), np.diff(x))
    assert pytest.approx((line.slope, line.intercept, line.rvalue**2)) == (
        comparative.beta,
        comparative.alpha,
        comparative.r2,
    )


def test_responses_without_variation():
    """A series that never varies, or is too short, explains nothing."""
    assert responses.respond([1, 2, 3, 4, 5, 6, 7], [2] * 7, Way.SIMPLE).beta is None
    assert responses.respond([1, 2], [2, 1], Way.TREND).p is None
    with pytest.raises(ValueError, match="3 and 2"):
        responses.respond([1, 2, 3], [1, 2], Way.SIMPLE)


def test_shifts_stay_within_their_level():
    """Of 200 pairs of independent series about one in twenty is significant at 0.05, under every model."""
    source = np.random.default_rng(5)
    for way in Way:
        p = [
            responses.respond(source.poisson(2, 40).tolist(), source.poisson(2, 40).tolist(), way).p
            for _ in range(200)
        ]
        assert 20 >= sum(value <= 0.05 for value in p)


def test_responses_of_a_pair():
    """Every model is asked of both sides, and the rows name the events."""
    given_events = [visit("KOR", "JPN", f"{year}-05-01") for year in (2000, 2003, 2004, 2007)]
    given_events += [visit("JPN", "KOR", f"{year}-05-01") for year in (2001, 2004, 2005, 2008)]
    found = responses.responses(series.series(given_events, *KJ))
    assert 6 == len(found)
    japan = next(row for row in found if (row.actor, row.way) == ("JPN", Way.SIMPLE))
    assert (1.0, 8) == (pytest.approx(japan.beta), len(japan.events))
    scores = responses.responses(series.series(given_events, *KJ), What.SCORE)
    assert pytest.approx(1.0) == next(
        row.beta for row in scores if (row.actor, row.way) == ("JPN", Way.SIMPLE)
    )


def test_two_periods_compared():
    """Two visits in two years and eight in two: four times the rate, p by the binomial, doubts told."""
    given_events = [visit("KOR", "JPN", f"200{n}-01-01", event_id=f"b{n}") for n in (1, 2)]
    given_events += [visit("JPN", "KOR", f"2003-0{n}-01", event_id=f"a{n}") for n in range(1, 9)]
    given_events += [visit("USA", "KOR", "2001", event_id="usa"), visit("USA", "JPN", "", event_id="undated")]
    given_events += [visit("USA", "JPN", "2002-12-31/2003-01-02", event_id="sure")]
    found = periods.compare(given_events, Period.years(2001, 2002), Period.years(2003, 2004))
    row = next(row for row in found.rows if row.key == ("JPN", "KOR"))
    assert (2, 8) == (len(row.before), len(row.after))
    assert pytest.approx(4 * 730 / 731) == row.ratio
    assert pytest.approx(stats.binomtest(8, 10, 731 / 1461).pvalue) == row.p
    assert row.p_corrected >= row.p
    assert (4, 3, 0.0, ()) == (
        found.before.visits,
        found.before.dyads,
        found.before.reciprocity,
        found.before.doubtful,
    )
    assert ("undated",) == found.undated
    tight = Period(first=date(2001, 3, 1), last=date(2002, 12, 31))
    assert ("usa",) == periods.compare(given_events, tight, Period.years(2003, 2004)).before.doubtful
    guests = periods.compare(given_events, Period.years(2001, 2002), Period.years(2003, 2004), by=By.GUEST)
    assert {("JPN",), ("KOR",), ("USA",)} == {row.key for row in guests.rows}


def test_periods_that_cannot_be_compared():
    """Periods that overlap or run backwards are refused; nothing compared with nothing has no row."""
    with pytest.raises(ValueError, match="after the first has ended"):
        periods.compare([], Period.years(2001, 2003), Period.years(2003, 2004))
    with pytest.raises(ValueError, match="cannot end"):
        periods.compare([], Period(first=date(2002, 1, 1), last=date(2001, 1, 1)), Period.years(2003, 2004))
    empty = periods.compare([], Period.years(2001, 2002), Period.years(2003, 2004))
    assert ((), None, 0) == (empty.rows, empty.before.reciprocity, empty.after.visits)


def test_signed_ties():
    """Contact against tension: more contact is a plus; an unbalanced triad is named."""
    given_events = [
        visit("KOR", "USA", "2001"),
        visit("JPN", "USA", "2001"),
        other(EventType.TENSION, ("KOR", "JPN"), "2001", event_id="t"),
        other(EventType.MEETING, ("CHN", "JPN"), "2001", event_id="m", part_of="x"),
    ]
    rows = signed.ties(given_events)
    assert [("JPN", "KOR", -1), ("JPN", "USA", 1), ("KOR", "USA", 1)] == [(r.a, r.b, r.sign) for r in rows]
    assert ("t",) == rows[0].events
    balance = signed.balance(rows)
    assert (0, 1, 0.0, (("JPN", "KOR", "USA"),)) == (
        balance.balanced,
        balance.triads,
        balance.share,
        balance.frustrated,
    )
    assert -1 == signed.graph(rows).edges["JPN", "KOR"]["sign"]
    assert signed.balance([]).share is None
    by_score = signed.ties([*given_events, other(EventType.AGREEMENT, KJ, "2001")], by="score")
    assert (1, 4.0) == (by_score[0].sign, by_score[0].score)


def meeting(when, *issues, event_id=None):
    return other(EventType.MEETING, KJ, when, issues=issues, event_id=event_id)


def test_issues_that_rise_and_fall():
    """History falls from the agenda as chips rise; a meeting of either year belongs to neither."""
    given_events = [
        meeting(f"{2000 + n}-0{m}-01", "history" if m > n else "chips") for n in range(6) for m in range(1, 7)
    ]
    given_events += [
        meeting("2000-12-31/2001-01-01", "chips", event_id="sure"),
        meeting("", "chips", event_id="no"),
    ]
    found = {row.issue: row for row in agenda.trends(given_events, *KJ)}
    assert (1.0, -1.0) == (found["chips"].tau, found["history"].tau)
    assert (6, 5, 4, 3, 2, 1) == found["history"].counts
    assert found["chips"].p < 0.05
    assert ("no",) == found["chips"].unsure
    assert () == agenda.trends([], *KJ)


@given(st.lists(st.integers(0, 5), min_size=3, max_size=12))
def test_kendall_is_that_of_scipy(values):
    """Tau is scipy's tau-b over the order."""
    tau, p = agenda.kendall([float(value) for value in values])
    expected = stats.kendalltau(range(len(values)), values).statistic
    assert pytest.approx(0.0 if np.isnan(expected) else expected) == tau
    assert 0 <= p <= 1


def test_mann_kendall_by_hand():
    """Of 1 to 6: S = 15, variance 6·5·17/18, z = 14/√28.33."""
    _, p = agenda.kendall([1, 2, 3, 4, 5, 6])
    assert pytest.approx(2 * stats.norm.sf(14 / (6 * 5 * 17 / 18) ** 0.5)) == p


def test_what_precedes_a_break():
    """A tension before each break and before no other visit is found, and its events are named."""
    days = ["2000-01-01", "2000-06-01", "2001-01-01", "2004-01-01", "2004-06-01", "2005-01-01", "2009-01-01"]
    visits = [visit("KOR", "JPN", day, event_id=f"v{n}") for n, day in enumerate(days)]
    tensions = [
        other(EventType.TENSION, KJ, day, event_id=f"t{day[:4]}", issues=("Dokdo",))
        for day in ("2000-12-01", "2004-12-01")
    ]
    found = agenda.omens([*visits, *tensions], *KJ)
    tension = next(row for row in found if row.what == "tension")
    assert (2, 2, 0, 4, None) == (
        tension.breaks,
        tension.all_breaks,
        tension.others,
        tension.all_others,
        tension.lift,
    )
    assert pytest.approx(1 / 15) == tension.p
    assert ("t2000", "t2004") == tension.events
    assert {"tension", "issue: Dokdo"} == {row.what for row in found}
    assert () == agenda.omens(visits[:3], *KJ)
    assert () == agenda.omens([], *KJ)


@given(*[st.integers(0, 8)] * 4)
def test_fisher_is_that_of_scipy(a, b, c, d):
    """The one-sided p is scipy's."""
    if a + b and c + d:
        expected = stats.fisher_exact([[a, b], [c, d]], alternative="greater").pvalue
        assert pytest.approx(expected) == agenda.fisher(a, a + b, c, c + d)
