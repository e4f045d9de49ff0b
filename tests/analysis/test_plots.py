"""Charts of every measure, saved in every format, without network."""

import json
import re
from datetime import date

import pytest
from made_events import other, visit

from diplograph.analysis import (
    balance,
    figure,
    hazard,
    journeys,
    networkfiles,
    periods,
    plots,
    reciprocity,
    seasons,
    series,
    shuttle,
    tempo,
)
from diplograph.analysis import network as networks
from diplograph.errors import SourceError
from diplograph.model import EventType

NAMES = {"KOR": "Korea", "JPN": "Japan <&>"}
KJ = ("KOR", "JPN")


def events():
    return [
        visit("KOR", "JPN", "2023-03-16", event_id="a", place="Tokyo"),
        visit("JPN", "KOR", "2023-05", event_id="b"),
        visit("KOR", "JPN", "2025-08-23", event_id="c"),
        other(EventType.TENSION, KJ, "2024-01-01", event_id="t"),
    ]


def charts(given):
    """Every chart there is, by name."""
    visits = journeys.journeys(given)
    gaps = tempo.tempo(given, *KJ, as_of=date(2026, 1, 1)).gaps
    return {
        "balances": plots.balances(balance.balances(given), NAMES),
        "returns": plots.returns(reciprocity.returns(given), 180),
        "exchange": plots.exchange(shuttle.exchange(given, *KJ), NAMES),
        "survival": plots.survival(hazard.bounds(gaps)),
        "seasons": plots.seasons(seasons.seasons(visits)),
        "series": plots.series(series.series(given, *KJ), NAMES),
        "matrix": plots.matrix(visits, NAMES),
        "comparison": plots.comparison(
            periods.compare(given, periods.Period.years(2020, 2023), periods.Period.years(2024, 2025)), NAMES
        ),
    }


@pytest.mark.parametrize("name", sorted(charts([])))
def test_every_chart_is_drawn(name, tmp_path):
    """Each chart becomes SVG that holds its title, with events and without."""
    for given in (events(), []):
        text = figure.save(charts(given)[name], tmp_path / f"{name}.svg", name).read_text()
        assert text.startswith("<svg")
        assert ("no visit to draw" in text) == (not given and name != "seasons")


def test_a_page_needs_no_network(tmp_path):
    """The page holds its scripts, names itself, and its policy lets it fetch nothing."""
    path = figure.save(charts(events())["balances"], tmp_path / "deep" / "x.html", "Visits <both> ways")
    text = path.read_text()
    assert "<title>Visits &lt;both&gt; ways</title>" in text
    assert "default-src 'none'" in text
    assert [] == re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=[\"']?(?:http|//)", text)
    assert "function" in text


def test_pictures_and_text(tmp_path):
    """PNG is a picture, JSON is Vega-Lite; another ending is refused before anything is drawn."""
    chart = charts(events())["series"]
    assert b"\x89PNG" == figure.save(chart, tmp_path / "x.png", "x").read_bytes()[:4]
    assert "vega-lite" in json.loads(figure.save(chart, tmp_path / "x.json", "x").read_text())["$schema"]
    with pytest.raises(SourceError, match=r"does not end in \.html, \.svg"):
        figure.check(tmp_path / "x.pdf")


def test_coarse_dates_are_bars():
    """A visit known to the month reaches from its first day to its last."""
    told = json.loads(charts(events())["exchange"].to_json())
    (values,) = told["datasets"].values()
    assert ("2023-05-01", "2023-05-31") == next(
        (v["first"], v["last"]) for v in values if v["told"] == "2023-05"
    )


# What the schema of GEXF 1.2 (gexf.net/1.2draft) allows of a graph and of an edge.
GRAPH_ATTRIBUTES = {"defaultedgetype", "mode", "timeformat", "start", "end", "idtype"}
EDGE_ATTRIBUTES = {"id", "source", "target", "label", "weight", "type", "start", "end"}


def _valid_gexf(text):
    from xml.etree import ElementTree as ET

    space = "{http://www.gexf.net/1.2draft}"
    (graph,) = ET.fromstring(text).iter(f"{space}graph")
    assert set(graph.attrib) <= GRAPH_ATTRIBUTES
    for edge in graph.iter(f"{space}edge"):
        assert set(edge.attrib) <= EDGE_ATTRIBUTES
        assert edge.get("type", "directed") in {"directed", "undirected", "mutual"}
        assert "" not in (edge.get("start"), edge.get("end"))
    assert "kind" in {each.get("title") for each in graph.iter(f"{space}attribute")}


def test_files_for_gephi_and_pajek(tmp_path):
    """GraphML, GEXF and Pajek are read back by networkx with every visit; the same bytes each time."""
    import networkx as nx

    graph = networks.visits(events(), names=NAMES)
    readers = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
    for form, reader in readers.items():
        path = tmp_path / f"x.{form}"
        path.write_text(networkfiles.text(graph, networkfiles.Form(form)), encoding="utf-8")
        read = reader(path)
        assert (2, 3) == (read.number_of_nodes(), read.number_of_edges()), form
        assert networkfiles.text(graph, networkfiles.Form(form)) == path.read_text(encoding="utf-8")
    assert "lastmodifieddate" not in (tmp_path / "x.gexf").read_text()
    _valid_gexf((tmp_path / "x.gexf").read_text(encoding="utf-8"))
    assert '*Vertices 2\n1 "Japan <&>"\n2 "Korea"\n*Arcs\n1 2 1\n2 1 2\n' == networkfiles.pajek(graph)
    assert "*Edges" in networkfiles.pajek(networks.contacts([other(EventType.CALL, KJ, "2024")]))
    assert networkfiles.Form.PAJEK is networkfiles.form_of(tmp_path / "x.net")
    with pytest.raises(SourceError, match="graphml"):
        networkfiles.form_of(tmp_path / "x.doc")
