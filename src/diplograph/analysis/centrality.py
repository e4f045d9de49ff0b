"""Ranks hosts and guests of the network of visits, finds communities and the states that bridge them.

Definitions, on the simple directed graph guest → host whose edge weights count visits:
*hosted* and *made* (weighted in- and out-degree); *partners*; *pagerank* (Brin and Page 1998, damping 0.85):
a host is important whom important guests visit; *betweenness* (Freeman 1977, unweighted, normalised): how
many shortest chains of visits lead through a state. *Communities*: Louvain (Blondel and others 2008), on the
undirected sums, seeded; *bridging* is the participation coefficient of Guimerà and Amaral (2005, Nature
433:895), P = 1 − Σ (k_s/k)²: 0 if all of a state's visits lie in one community, towards 1 if in many.

Large graphs (``HEAVY`` edges and more) are handed to rustworkx if it is installed: the same results, faster.
Communities are always found by networkx, since another implementation breaks ties otherwise.

Takes a graph of visits (``network.visits``) or journeys; gives a row for each state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx

Engine = Literal["auto", "networkx", "rustworkx"]
HEAVY: Final = 2_000
DAMPING: Final = 0.85
PRECISION: Final = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A state's place in the network.

    Attributes:
        state: Its code.
        made: Visits it made.
        hosted: Visits it received.
        partners: States with which it exchanged any.
        pagerank: Its importance as a host; sums to 1 over states.
        betweenness: The share of shortest chains through it.
        community: Number of its community, 1 for the largest.
        bridging: Its participation coefficient.
        events: Event ids of its visits, made and received.
    """

    state: str
    made: int
    hosted: int
    partners: int
    pagerank: float
    betweenness: float
    community: int
    bridging: float
    events: tuple[str, ...]


def simple(found: Iterable[Journey]) -> nx.DiGraph:
    """The journeys as a simple directed graph, nodes sorted, ``weight`` counting visits."""
    import networkx as nx

    counts: dict[tuple[str, str], int] = {}
    for journey in found:
        way = (journey.guest, journey.host)
        counts[way] = counts.get(way, 0) + 1
    graph = nx.DiGraph(name="visits")
    graph.add_nodes_from(sorted({code for way in counts for code in way}))
    graph.add_weighted_edges_from((guest, host, n) for (guest, host), n in sorted(counts.items()))
    return graph


def ranks(found: Iterable[Journey], *, engine: Engine = "auto", seed: int = 0) -> tuple[Rank, ...]:
    """A row for each state, those that host most first.

    Args:
        found: Journeys; undated ones count.
        engine: What computes; ``auto`` takes rustworkx for large graphs if it is there.
        seed: Seed of the communities.
    """
    given = list(found)
    graph = simple(given)
    importance, between = pagerank(graph, engine=engine), betweenness(graph, engine=engine)
    groups = communities(graph, seed=seed)
    own: dict[str, list[Journey]] = {}
    for journey in given:
        for code in (journey.guest, journey.host):
            own.setdefault(code, []).append(journey)
    rows = [
        Rank(
            state=code,
            made=int(graph.out_degree(code, weight="weight")),
            hosted=int(graph.in_degree(code, weight="weight")),
            partners=len({*graph.successors(code), *graph.predecessors(code)}),
            pagerank=importance[code],
            betweenness=between[code],
            community=groups[code],
            bridging=_participation(graph, code, groups),
            events=travel.ids(own[code]),
        )
        for code in graph
    ]
    return tuple(sorted(rows, key=lambda row: (-row.hosted, -row.made, row.state)))


def chosen(graph: nx.Graph, engine: Engine) -> Engine:
    """Which engine computes on a graph."""
    if engine != "auto":
        return engine
    large = graph.number_of_edges() >= HEAVY
    return "rustworkx" if large and find_spec("rustworkx") else "networkx"


def pagerank(graph: nx.DiGraph, *, engine: Engine = "auto") -> dict[str, float]:
    """PageRank by node, weighted."""
    if not len(graph):
        return {}
    if chosen(graph, engine) == "rustworkx":
        import rustworkx as rx

        made = _rust(graph)
        found = rx.pagerank(made, alpha=DAMPING, weight_fn=float, tol=PRECISION, max_iter=1000)
        return {node: float(found[place]) for place, node in enumerate(graph)}
    return _pagerank(graph)


def _pagerank(graph: nx.DiGraph) -> dict[str, float]:
    """Power iteration in plain Python, for networkx wants SciPy for its own."""
    nodes, size = list(graph), len(graph)
    total = {node: float(graph.out_degree(node, weight="weight")) for node in nodes}
    rank = dict.fromkeys(nodes, 1 / size)
    for _ in range(1000):
        loose = DAMPING * sum(rank[node] for node in nodes if not total[node]) / size
        fresh = dict.fromkeys(nodes, (1 - DAMPING) / size + loose)
        for guest, host, weight in graph.edges(data="weight"):
            fresh[host] += DAMPING * rank[guest] * weight / total[guest]
        change = sum(abs(fresh[node] - rank[node]) for node in nodes)
        rank = fresh
        if change < size * PRECISION:
            break
    return rank


def betweenness(graph: nx.DiGraph, *, engine: Engine = "auto") -> dict[str, float]:
    """Normalised betweenness by node, unweighted."""
    if chosen(graph, engine) == "rustworkx":
        import rustworkx as rx

        found = rx.betweenness_centrality(_rust(graph), normalized=True, endpoints=False)
        return {node: float(found[place]) for place, node in enumerate(graph)}
    import networkx as nx

    return {node: float(value) for node, value in nx.betweenness_centrality(graph).items()}


def _rust(graph: nx.DiGraph) -> rx.PyDiGraph[int, float]:
    import rustworkx as rx

    made: rx.PyDiGraph[int, float] = rx.PyDiGraph(multigraph=False)
    place = {node: made.add_node(number) for number, node in enumerate(graph)}
    made.add_edges_from([(place[a], place[b], float(w)) for a, b, w in graph.edges(data="weight")])
    return made


def communities(graph: nx.DiGraph, *, seed: int = 0) -> dict[str, int]:
    """The number of each node's community, 1 for the largest; ties by the first node in the alphabet."""
    import networkx as nx

    # Numbers, not names: sets of numbers keep one order under every hash seed.
    nodes = sorted(graph)
    place = {node: number for number, node in enumerate(nodes)}
    sums = nx.Graph()
    sums.add_nodes_from(range(len(nodes)))
    for one, other, weight in graph.edges(data="weight"):
        a, b = place[one], place[other]
        sums.add_edge(a, b, weight=weight + (sums[a][b]["weight"] if sums.has_edge(a, b) else 0))
    found = nx.community.louvain_communities(sums, weight="weight", seed=seed) if nodes else []
    groups = [sorted(nodes[number] for number in group) for group in found]
    ordered = sorted(groups, key=lambda group: (-len(group), group[0]))
    return {node: number for number, group in enumerate(ordered, start=1) for node in group}


def _participation(graph: nx.DiGraph, node: str, groups: dict[str, int]) -> float:
    shares: dict[int, float] = {}
    for a, b, weight in (*graph.out_edges(node, data="weight"), *graph.in_edges(node, data="weight")):
        other = groups[b if a == node else a]
        shares[other] = shares.get(other, 0.0) + weight
    whole = sum(shares.values())
    return 1 - sum((value / whole) ** 2 for value in shares.values()) if whole else 0.0
