"""Ranks, communities, triads and gatherings; two engines give equal results."""

import random

import networkx as nx
import pytest
from made_events import other, visit

from diplograph.analysis import centrality, gatherings
from diplograph.analysis import journeys as travel
from diplograph.model import EventType


def graph_of(*ways):
    return travel.journeys(visit(a, b, f"20{n:02}", event_id=f"e{n}") for n, (a, b) in enumerate(ways))


def test_ranks_by_hand():
    """A hosts two, B bridges A and C: all chains from A to C lead through B."""
    rows = {row.state: row for row in centrality.ranks(graph_of("AB", "BC", "BA", "BA", "CB"))}
    assert (1, 2, 1) == (rows["A"].made, rows["A"].hosted, rows["A"].partners)
    assert (1.0, 0.0) == (rows["B"].betweenness, rows["A"].betweenness)
    assert {"e0", "e2", "e3"} == set(rows["A"].events)
    assert pytest.approx(1.0) == sum(row.pagerank for row in rows.values())
    assert () == centrality.ranks([])


def test_pagerank_is_that_of_networkx():
    """The power iteration without SciPy gives what networkx gives with it, dangling states included."""
    graph = centrality.simple(graph_of("AB", "AB", "BC", "CA", "CD", "DB", "EB", "AF"))
    expected = nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000)
    assert pytest.approx(expected, abs=1e-8) == centrality.pagerank(graph, engine="networkx")


@pytest.mark.parametrize("seed", range(5))
def test_both_engines_agree(seed):
    """rustworkx gives what networkx gives, on graphs with unreachable and dangling states."""
    source = random.Random(seed)
    states = [f"S{n:02}" for n in range(25)]
    found = graph_of(*(source.sample(states, 2) for _ in range(90)))
    one, other_ = (centrality.ranks(found, engine=engine) for engine in ("networkx", "rustworkx"))
    assert [row.state for row in one] == [row.state for row in other_]
    for a, b in zip(one, other_, strict=True):
        assert pytest.approx((a.pagerank, a.betweenness), abs=1e-7) == (b.pagerank, b.betweenness)
        assert (a.made, a.community, a.bridging) == (b.made, b.community, b.bridging)


def test_the_engine_is_chosen_by_size(monkeypatch):
    """Small graphs stay with networkx; large ones go to rustworkx where it is installed."""
    graph = centrality.simple(graph_of("AB", "BC"))
    assert "networkx" == centrality.chosen(graph, "auto")
    monkeypatch.setattr(centrality, "HEAVY", 2)
    assert "rustworkx" == centrality.chosen(graph, "auto")
    monkeypatch.setattr(centrality, "find_spec", lambda _: None)
    assert "networkx" == centrality.chosen(graph, "auto")


def test_communities_and_bridges():
    """Two rings joined by one visit are two communities; only the ends of the bridge bridge them."""
    rings = [("A", "B"), ("B", "C"), ("C", "A"), ("X", "Y"), ("Y", "Z"), ("Z", "X"), ("C", "X")]
    rows = {row.state: row for row in centrality.ranks(graph_of(*rings * 3))}
    assert {1: set("ABC"), 2: set("XYZ")} == {
        number: {row.state for row in rows.values() if row.community == number} for number in (1, 2)
    }
    assert {"C", "X"} == {row.state for row in rows.values() if row.bridging > 0}
    assert pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2) == rows["C"].bridging


def test_triads_by_hand():
    """Three states of which all visit one another are one triad 300."""
    full = graph_of("AB", "BA", "BC", "CB", "AC", "CA", "CA")
    assert 1 == gatherings.triads(full)["300"]
    assert 1 == sum(gatherings.triads(full).values())


def summit(*states, name="APEC", event_id=None):
    from dataclasses import replace

    from diplograph.model import Occasion

    event = other(EventType.MEETING, states, "2025", event_id=event_id)
    return replace(event, facts=replace(event.facts, occasion=Occasion(name=name, id=name.lower())))


def test_gatherings_tie_those_who_attend():
    """Three at one table and two at another: the pair at both has 1/2 + 1, and the events are named."""
    events = [
        summit("KOR", "JPN", "USA", event_id="m1"),
        summit("KOR", "JPN", name="G20", event_id="m2"),
        visit("CHN", "KOR", "2025", occasion="Third", event_id="v"),
    ]
    rows = gatherings.attendances(events)
    assert [("Third", ("CHN", "KOR")), ("apec", ("JPN", "KOR", "USA")), ("g20", ("JPN", "KOR"))] == [
        (row.gathering, row.states) for row in rows
    ]
    first = gatherings.shared(rows)[0]
    assert ("JPN", "KOR", 1.5, ("m1", "m2")) == (first.a, first.b, first.weight, first.events)
    graph = gatherings.two_mode(rows, {"KOR": "Korea"})
    assert ("Korea", 0, 1) == (
        graph.nodes["KOR"]["label"],
        graph.nodes["KOR"]["bipartite"],
        graph.nodes["apec"]["bipartite"],
    )
    assert nx.is_bipartite(graph)
    assert 3 == graph.degree("KOR")


def test_three_at_one_table():
    """A meeting of three is a trilateral; two meetings of the same three are one row."""
    events = [
        summit("KOR", "JPN", "USA", event_id="a"),
        summit("USA", "JPN", "KOR", event_id="b"),
        summit("KOR", "JPN"),
    ]
    (only,) = gatherings.trilaterals(events)
    assert (("JPN", "KOR", "USA"), ("a", "b")) == (only.states, only.events)
