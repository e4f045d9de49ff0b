import io

import networkx as nx
from made_events import other, person, visit

from diplograph.analysis import network, wording
from diplograph.model import EventType, Status, TimeSpan

LEE = person("Lee Jae Myung", "KOR")


def events():
    return [
        visit("KOR", "JPN", "2025-08-23/2025-08-24", LEE, event_id="tokyo", place="Tokyo"),
        visit("JPN", "KOR", "2025-09", event_id="busan"),
        visit("KOR", "JPN", "2026-01-13", event_id="nara", status=Status.PLANNED),
        other(EventType.MEETING, ("JPN", "KOR"), "2025-08-23", event_id="talks", part_of="tokyo"),
        other(EventType.MEETING, ("JPN", "KOR"), "2025-10-30", event_id="gyeongju"),
        other(EventType.TENSION, ("JPN", "CHN"), event_id="taiwan"),
    ]


def test_visits_run_from_guest_to_host():
    """One edge for each held visit, keyed by event id, with its facts as attributes."""
    graph = network.visits(events(), names={"KOR": "Korea"})
    assert [("JPN", "KOR", "busan"), ("KOR", "JPN", "tokyo")] == sorted(graph.edges(keys=True))
    tokyo = graph.edges["KOR", "JPN", "tokyo"]
    assert ("2025-08-23", "2025-08-24", "Tokyo") == (tokyo["start"], tokyo["end"], tokyo["place"])
    assert ("2025-09-01", "2025-09-30", "2025-09") == tuple(
        graph.edges["JPN", "KOR", "busan"][key] for key in ("start", "end", "edtf")
    )
    assert ("Korea", "JPN") == (graph.nodes["KOR"]["label"], graph.nodes["JPN"]["label"])


def test_planned_visits_on_request():
    """Other statuses come when they are asked for, and say what they are."""
    graph = network.visits(events(), statuses=frozenset(Status))
    assert "planned" == graph.edges["KOR", "JPN", "nara"]["status"]


def test_leaders_travel_too():
    """With leaders as nodes an edge runs from the person, or from the state where none is named."""
    graph = network.visits(events(), nodes="leaders")
    assert [("JPN", "KOR"), ("lee-jae-myung", "JPN")] == sorted(graph.edges())
    assert {"kind": "leader", "label": "Lee Jae Myung", "state": "KOR"} == graph.nodes["lee-jae-myung"]


def test_contacts_are_undirected_and_apart():
    """Meetings never enter the directed graph; talks within a visit count only on request."""
    graph = network.contacts(events())
    assert not graph.is_directed()
    assert [("JPN", "KOR", "gyeongju")] == list(graph.edges(keys=True))
    assert 2 == network.contacts(events(), within_visits=True).number_of_edges()


def test_tensions_point_at_their_target():
    """Actor → target, dated or not."""
    graph = network.tensions(events())
    assert [("JPN", "CHN", "taiwan")] == list(graph.edges(keys=True))
    assert "" == graph.edges["JPN", "CHN", "taiwan"]["start"]


def test_graphs_can_be_written_for_gephi():
    """Every attribute is of a type that GraphML and GEXF can hold."""
    for graph in (network.visits(events(), nodes="leaders"), network.contacts(events())):
        for write in (nx.write_graphml, nx.write_gexf):
            out = io.BytesIO()
            write(graph, out)
            assert out.getvalue()


def test_empty_graphs():
    """No events make graphs without nodes."""
    for project in (network.visits, network.contacts, network.tensions):
        assert 0 == len(project([]))


def test_dates_in_words():
    """Spans read as a newspaper would print them."""
    said = {
        "2026-01-13/2026-01-14": "13–14 January 2026",
        "2025-09-30": "30 September 2025",
        "2025-09-30/2025-10-02": "30 September – 2 October 2025",
        "2025-12-31/2026-01-01": "31 December 2025 – 1 January 2026",
        "2025-08": "August 2025",
        "2025-08/2025-09": "August – September 2025",
        "2025": "2025",
        "": "undated",
    }
    assert said == {edtf: wording.span(TimeSpan.parse(edtf)) for edtf in said}
    assert "a, b and c" == wording.listing("abc")
    assert ["", "a"] == [wording.listing([]), wording.listing("a")]
