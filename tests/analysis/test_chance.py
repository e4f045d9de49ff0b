"""Null models keep what they say, find what was planted, and stay quiet where nothing was."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from made_events import visit
from made_visits import START, by_chance, columns_of, planted

from diplograph.analysis import nulls, pairtests, significance, statistics
from diplograph.analysis.multiple import Correction, corrected
from diplograph.analysis.nulls import Model
from diplograph.errors import UnknownPluginError

REGIONS = {f"S{number:02}": "north" if number < 6 else "south" for number in range(12)}


def drawn(visits, model, draws=20, seed=3):
    return next(iter(nulls.samples(visits, model, draws=draws, seed=seed, regions=REGIONS)))


def years(visits):
    return (visits.first - START) // 366


@pytest.mark.parametrize("model", list(Model))
def test_nobody_visits_himself(model):
    """No draw of any model sends a state to itself, and draws differ from what was observed."""
    visits = by_chance(150, 1)
    sample = drawn(visits, model)
    assert not (sample.guest == sample.host).any()
    assert ((sample.guest != visits.guest) | (sample.host != visits.host)).any(axis=1).all()


def test_shuffling_within_years_keeps_every_years_sums():
    """Each state makes and receives as many visits in each year as it did."""
    visits = by_chance(200, 2)
    block = nulls.blocks(visits, Model.YEAR, {})
    for host in drawn(visits, Model.YEAR).host:
        assert Counter(zip(block, visits.host, strict=True)) == Counter(zip(block, host, strict=True))


def test_the_configuration_model_keeps_the_sums_of_states():
    """Each state receives as many visits as it did, but not in the same years."""
    visits = by_chance(200, 2)
    sample = drawn(visits, Model.CONFIGURATION)
    block = nulls.blocks(visits, Model.YEAR, {})
    kept = Counter(visits.host.tolist())
    assert all(kept == Counter(host.tolist()) for host in sample.host)
    yearly = Counter(zip(block, visits.host, strict=True))
    assert any(yearly != Counter(zip(block, host, strict=True)) for host in sample.host)


def test_shuffling_by_region_keeps_who_goes_to_which_region():
    """Each guest goes to each region as often in each year as it did."""
    visits = by_chance(200, 2)
    region = np.array([REGIONS[code] for code in visits.states])
    block = nulls.blocks(visits, Model.YEAR, {})

    def told(host):
        return Counter(zip(block, visits.guest, region[host], strict=True))

    assert all(told(visits.host) == told(host) for host in drawn(visits, Model.REGION).host)


def test_reordering_keeps_days_and_counts_of_each_pair():
    """Each pair keeps its days and how often each travelled; only who travelled when is drawn."""
    visits = by_chance(200, 2)
    sample = drawn(visits, Model.ORDER)
    ways = Counter(zip(visits.guest.tolist(), visits.host.tolist(), strict=True))
    for guest, host, dyad in zip(sample.guest, sample.host, sample.dyad, strict=True):
        assert ways == Counter(zip(guest.tolist(), host.tolist(), strict=True))
        assert visits.dyad.tolist() == dyad.tolist()


def test_every_arrangement_is_equally_likely():
    """Of four visits in a ring, the nine arrangements without self-visits come up equally often."""
    visits = columns_of([0, 1, 2, 3], [1, 2, 3, 0], [START] * 4, states=4)
    found = Counter(map(tuple, drawn(visits, Model.YEAR, draws=9000).host.tolist()))
    expected = {p for p in permutations(range(4)) if all(place != host for place, host in enumerate(p))}
    assert expected == set(found)
    assert 9 == len(expected)
    # The chi-square distribution with 8 degrees of freedom lies below 26.1 with probability 0.999.
    assert sum((count - 1000) ** 2 / 1000 for count in found.values()) < 26.1


def test_a_star_is_shuffled_within_what_it_allows():
    """Where one state is in every visit, its own hosts change places and nobody visits himself."""
    guest, host = [0, 0, 0, 1, 2, 3], [1, 2, 3, 0, 0, 0]
    visits = columns_of(guest, host, [START + day for day in range(6)], states=4)
    sample = drawn(visits, Model.YEAR, draws=50)
    assert not (sample.guest == sample.host).any()
    assert 6 == len({tuple(row[:3]) for row in sample.host.tolist()})


def test_the_same_seed_gives_the_same_draws():
    """Draws depend on the seed and on nothing else."""
    visits = by_chance(80, 5)
    assert (drawn(visits, Model.YEAR).host == drawn(visits, Model.YEAR).host).all()
    assert (drawn(visits, Model.YEAR).host != drawn(visits, Model.YEAR, seed=4).host).any()


def test_portions_are_one_sample(monkeypatch):
    """Draws that do not fit into memory at once come in portions, all of them."""
    monkeypatch.setattr(nulls, "LARGEST", 400)
    sizes = [sample.draws for sample in nulls.samples(by_chance(100, 1), Model.YEAR, draws=10)]
    assert [4, 4, 2] == sizes


def test_measures_by_hand():
    """A→B, B→A after 100 days, A→C: one of three returned; Σmin 1, Σmax 2; two legs of three visits."""
    visits = columns_of([0, 1, 0], [1, 0, 2], [START, START + 100, START + 50], states=3)
    one = nulls.observed(visits)
    assert [1 / 3] == statistics.returned(one, 180).tolist()
    assert [0.0] == statistics.returned(one, 99).tolist()
    assert [1 / 3] == statistics.perhaps(one, 100).tolist()
    assert [0.5] == statistics.minmax(one, 0).tolist()
    assert [2 / 3] == statistics.weighted(one, 0).tolist()
    assert [2 / 3] == statistics.legs(one, 180).tolist()
    assert [0.0] == statistics.legs(one, 99).tolist()


def test_measures_of_many_draws_are_those_of_each():
    """A sample is measured as its rows would be one by one."""
    visits = by_chance(120, 7)
    sample = drawn(visits, Model.YEAR, draws=5)
    for name, measure in statistics.MEASURES.items():
        single = [
            measure(nulls.observed(columns_of(guest, host, visits.first)), 200)[0]
            for guest, host in zip(sample.guest, sample.host, strict=True)
        ]
        assert single == pytest.approx(measure(sample, 200).tolist()), name


SEEDS = 60
VISITS = 120


def test_planted_reciprocity_is_found():
    """With a quarter of 120 visits planted as returns, nine of ten samples are significant at 0.05."""
    verdicts = [
        significance.of_visits(planted(VISITS, 0.25, seed), measure="returned", draws=99, seed=seed)
        for seed in range(SEEDS)
    ]
    assert 0.9 * SEEDS <= sum(verdict.p <= 0.05 for verdict in verdicts)


def test_chance_is_called_chance():
    """Without planted returns the test stays within its level; 8 of 60 at 0.05 would have p < 0.01."""
    verdicts = [
        significance.of_visits(by_chance(VISITS, seed), measure="returned", draws=99, seed=seed)
        for seed in range(SEEDS)
    ]
    assert 8 > sum(verdict.p <= 0.05 for verdict in verdicts)


def test_turns_of_a_single_pair():
    """A pair that takes turns to the month is found among pairs that do not, after correction."""
    turns = [
        visit(*(("KOR", "JPN") if n % 2 else ("JPN", "KOR")), f"{2000 + n // 2}-{1 + 6 * (n % 2):02}-01")
        for n in range(24)
    ]
    other = [visit(*(("USA", "FRA") if n < 12 else ("FRA", "USA")), f"{2000 + n}-02-01") for n in range(24)]
    first, second = pairtests.pairs([*turns, *other], within=200, draws=499)
    assert ("JPN", "KOR", 24, 23) == (first.a, first.b, first.visits, first.returned)
    assert (1 / 500, 2 / 500) == (first.p, first.p_corrected)
    assert ("FRA", "USA", 0, 1.0) == (second.a, second.b, second.returned, second.p)
    assert 24 == len(first.events)
    assert () == pairtests.pairs([])
    assert () == pairtests.pairs(turns[:3])


def test_corrections_by_hand():
    """Benjamini and Hochberg, and Holm, of four p values worked out by hand."""
    p = [0.04, 0.01, 0.03, 0.5]
    assert pytest.approx((0.16 / 3, 0.04, 0.16 / 3, 0.5)) == corrected(p, Correction.BH)
    assert pytest.approx((0.09, 0.04, 0.09, 0.5)) == corrected(p, Correction.HOLM)
    assert tuple(p) == corrected(p, Correction.NONE)
    assert () == corrected([])


def test_the_verdict_names_its_visits():
    """A verdict carries the events it judges, the measure and what was kept."""
    events = [visit("KOR", "JPN", "2000-01-01", event_id="a"), visit("KOR", "USA", "", event_id="b")]
    verdict = significance.against_chance(events, measure="returned", model=Model.ORDER, draws=9)
    assert (("a",), "returned", Model.ORDER, 9) == (
        verdict.events,
        verdict.measure,
        verdict.model,
        verdict.draws,
    )
    with pytest.raises(UnknownPluginError, match="legs, minmax, perhaps, returned, weighted"):
        significance.against_chance(events, measure="xyz")


def test_regions_come_from_the_gazetteer():
    """Without a table of regions the model asks the gazetteer."""
    events = [visit("KOR", "JPN", "2000"), visit("USA", "CHN", "2000"), visit("FRA", "DEU", "2000")]
    verdict = significance.against_chance(events, model=Model.REGION, draws=20)
    assert (0.0, 0.0) == (verdict.observed, verdict.low)
