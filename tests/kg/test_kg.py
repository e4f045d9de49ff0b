"""The Python face: what a user types, and what comes back."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.display import Page, Table
from diplograph.errors import QueryError, StoreError, UnknownPluginError


def test_ingest_counts(articles, tmp_path):
    """Ingesting tells what became of each input."""
    with diplograph.open(tmp_path / "kg") as kg:
        done = kg.ingest(articles)

    assert (2, 0) == (len(done.ingested), len(done.failed))


def test_ingesting_twice_changes_nothing(graph, articles):
    """The same articles again change no byte of the export."""
    before = graph.export("nq")
    graph.ingest(articles)

    assert before == graph.export("nq")


def test_ingest_text(tmp_path):
    """A text can be given instead of a file, with its date."""
    with diplograph.open(tmp_path / "kg") as kg:
        kg.ingest(
            text="The prime minister of Japan, Fumio Kishida, visited Seoul on Friday.",
            published="2024-09-07",
        )

        assert ["2024-09-06"] == [row["when"] for row in kg.events() if row["type"] == "visit"]


def test_read_only_needs_a_graph(tmp_path):
    """Opening to read does not make a graph."""
    with pytest.raises(StoreError, match="there is no store"):
        diplograph.open(tmp_path / "nothing", read_only=True)


def test_events_carry_quotes(graph):
    """Every event comes with its sentence and source."""
    for row in graph.events():
        assert row["quote"]
        assert row["source"].endswith("seoul.txt")


def test_events_of_states(graph):
    """Events can be asked for by the names or codes of states."""
    assert len(graph.events("Japan", "KOR")) > 0
    assert 0 == len(graph.events("Japan", "France"))


def test_unknown_state(graph):
    """A name that no state has is refused with advice."""
    with pytest.raises(QueryError, match="no state is called 'Atlantis'"):
        graph.events("Atlantis")


def test_sparql(graph):
    """A query answers with rows; the prefixes of the house need no declaration."""
    table = graph.sparql("SELECT ?guest ?host WHERE { ?event a dg:Visit ; dg:guest ?guest ; dg:host ?host }")

    assert [{"guest": "state:JPN", "host": "state:KOR"}] == list(table)


def test_sparql_with_values(graph):
    """Values take the place of variables and never become part of the query's text."""
    from diplograph.vocab import ID

    table = graph.sparql(
        "SELECT ?event ?host WHERE { ?event a dg:Visit ; dg:host ?host }", host=f"{ID}state/JPN"
    )

    assert 0 == len(table)


def test_ask(graph):
    """A competency question is asked by its name."""
    assert "state:KOR" in {
        value for row in graph.ask("whose-turn", a="KOR", b="JPN") for value in row.values()
    }


def test_ask_unknown(graph):
    """An unknown question is refused with the names there are."""
    with pytest.raises(UnknownPluginError, match="whose-turn"):
        graph.ask("whose-trun")


def test_why(graph):
    """The words behind an event are exactly those of the source; the beginning of its id is enough."""
    row = graph.pair("KOR", "JPN").visits()[0]
    citation = graph.why(row["event"][:8])[0]
    text = graph.store.document(citation.source).text

    assert citation.quote == text[citation.start : citation.end]


def test_pair(graph):
    """A pair tells whose turn it is, from visits."""
    pair = graph.pair("Korea", "Japan")

    assert ("KOR", "JPN") == (pair.a, pair.b)
    assert "KOR" == pair.whose_turn().turn
    assert 1 == len(pair.visits())
    assert [1] == pair.balance().column("b_to_a")
    assert ["open"] == pair.returns().column("answer")
    assert 0 == len(pair.shuttle())
    assert 1 == len(pair.tempo())


def test_to_networkx(graph):
    """Visits are edges from guest to host."""
    assert [("JPN", "KOR")] == list(graph.to_networkx().edges())


@pytest.mark.parametrize("kind", ["network", "pair", "event", "source"])
def test_pages(graph, kind):
    """Every page is one HTML file that forbids requests."""
    subjects = {
        "network": [],
        "pair": ["Korea", "Japan"],
        "event": [graph.events()[0]["event"]],
        "source": [graph.events()[0]["source"]],
    }
    page = graph.page(kind, *subjects[kind])

    assert page.text.lstrip().startswith("<!")
    assert "default-src &#39;none&#39;" in page.text


def test_pandas(graph):
    """A table becomes a data frame with its headings."""
    frame = graph.events().to_pandas()

    assert list(graph.events().headings) == list(frame.columns)
    assert len(graph.events()) == len(frame)


def test_table_in_a_notebook_is_inert_and_bounded():
    """A table shows markup as text, and no more rows than a notebook can bear."""
    rows = tuple({"title": "<script>alert(1)</script>"} for _ in range(1000))
    shown = Table(headings=("title",), rows=rows)._repr_html_()

    assert "<script>" not in shown
    assert "… and 800 more rows" in shown


def test_page_in_a_notebook_is_a_sandboxed_frame(tmp_path):
    """A page stands in a frame of its own, so that several do not disturb each other."""
    page = Page(text='<p title="x">hello</p>', title='"quoted"')
    shown = page._repr_html_()

    assert 'sandbox="allow-scripts"' in shown
    assert "&quot;quoted&quot;" in shown
    assert page.text == page.save(tmp_path / "a" / "page.html").read_text()


def test_exported_names():
    """Everything public can be reached from the one name, and nothing else is told."""
    doors = ["KnowledgeGraph", "__version__", "load_ipython_extension", "open", "unload_ipython_extension"]
    assert doors == dir(diplograph)
    for name in dir(diplograph):
        assert getattr(diplograph, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        diplograph.nothing  # noqa: B018 - the look-up is the test
