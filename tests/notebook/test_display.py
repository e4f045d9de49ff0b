"""What a notebook shows: events fold open to their quotes, everything is bounded and inert."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from diplograph.display import Page, Quotes, Table, page

QUERY = "SELECT ?event ?host { ?event a dg:Visit ; dg:host ?host }"


def test_rows_fold_open_to_their_quotes(graph):
    """An event in an answer opens to the words behind it, with source and characters."""
    shown = graph.sparql(QUERY)._repr_html_()

    assert "<details><summary" in shown
    assert "Fumio Kishida arrived in Seoul on Friday" in shown
    assert "seoul.txt, 2024-09-06, characters 0–" in shown


def test_a_table_outlives_its_graph(small_graph):
    """A table whose graph has been closed still shows its rows."""
    import diplograph

    with diplograph.open(small_graph, read_only=True) as kg:
        table = kg.sparql(QUERY)

    assert "state:KOR" in table._repr_html_()


def test_quotes_show_themselves(graph):
    """The answer to why is read as it stands, in a notebook and at a prompt."""
    found = graph.why(graph.events()[0]["event"])

    assert isinstance(found, Quotes)
    assert found[0].quote in repr(found)
    assert "<blockquote" in found._repr_html_()


def test_a_pair_shows_its_turn_and_strip(graph):
    """A pair shows the sentence and the strip, as a picture that keeps its styles to itself."""
    shown = graph.pair("KOR", "JPN")._repr_html_()

    assert "It is South Korea’s turn" in shown
    assert '<img alt="Shuttle strip' in shown
    assert "<style" not in shown


def test_events_show_themselves(ipython):
    """An event of the model has a face as soon as the extension is there."""
    data, _ = ipython.display_formatter.format(ipython.user_ns["kg"].facts()[0])

    assert "Fumio Kishida" in data["text/html"]


@pytest.mark.parametrize("rows", [10, 10_000])
def test_tables_are_bounded(rows):
    """However long a table is and whatever is in its cells, a notebook is given half a megabyte at most."""
    row = {"a": "x" * 5_000, "events": ["0" * 32] * 1_000, "b": "<script>alert(1)</script>"}
    shown = Table(headings=("a", "events", "b"), rows=[row] * rows).cited(lambda _event: [])._repr_html_()

    assert len(shown) < 600_000
    assert "<script>" not in shown
    assert ("more rows" in shown) == (rows > 200)


def test_pages_are_bounded():
    """A page that is too large for a notebook says so, and how to get it."""
    large = Page(text="x" * (page.MOST + 1), title="everything")._repr_html_()

    assert len(large) < 1_000
    assert "save(&#x27;page.html&#x27;)" in large


class _Tags(HTMLParser):
    """Collects what could meet something else in a notebook."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        """Keep scripts, style sheets and ids."""
        if tag in ("script", "style", "link") or "id" in dict(attrs):
            self.found.append(tag)


@pytest.mark.parametrize(
    "shown",
    [
        lambda kg: kg.events(),
        lambda kg: kg.pair("KOR", "JPN"),
        lambda kg: kg.view(),
        lambda kg: kg.why(kg.events()[0]["event"]),
    ],
)
def test_nothing_leaks_into_the_notebook(graph, shown):
    """No output brings a script, a style sheet or an id into the notebook itself."""
    tags = _Tags()
    tags.feed(shown(graph)._repr_html_())

    assert [] == tags.found


def test_frames_take_an_answer_as_it_is(graph):
    """pandas and Arrow take a table as it is, and an empty one keeps its columns."""
    import pandas as pd
    import pyarrow as pa

    events = graph.events()
    empty = graph.events("France")

    assert list(events.headings) == list(pd.DataFrame(events).columns) == list(events.to_pandas().columns)
    assert events.column("when") == list(pd.DataFrame(events)["when"])
    assert events.column("people") == pa.table(events).column("people").to_pylist()
    assert list(events.headings) == pa.table(empty).column_names == list(empty.to_pandas().columns)


def test_polars_takes_an_answer_as_it_is(graph):
    """polars takes a table as it is, through the Arrow interface, and an empty one keeps its columns."""
    pl = polars()
    events = graph.events()

    assert (
        list(events.headings) == pl.DataFrame(events).columns == pl.DataFrame(graph.events("France")).columns
    )
    assert events.column("when") == pl.DataFrame(events)["when"].to_list()
    assert events.column("people") == events.to_polars()["people"].to_list()


def polars():
    """polars, which is no dependency of ours."""
    return pytest.importorskip("polars", reason="NO POLARS: what it takes is tested through Arrow alone")


def test_a_column_of_mixed_kinds_becomes_text():
    """What has no one type is text for frames, so that no answer is refused."""
    mixed = Table(headings=("value", "none"), rows=({"value": 1}, {"value": "one"}, {"value": None}))

    assert ["1", "one", None] == mixed.to_arrow().column("value").to_pylist()
    assert [None] * 3 == mixed.to_arrow().column("none").to_pylist()


@pytest.mark.parametrize(
    ("line", "kind"),
    [("--to df", "pandas"), ("--to df --as polars", "polars"), ("kg --to df --as arrow", "pyarrow")],
)
def test_to_df(ipython, line, kind):
    """``--to df`` puts a frame into ``df``, of the library that is asked for."""
    if kind == "polars":
        polars()
    assert ipython.run_cell_magic("sparql", line, QUERY) is None
    assert re.match(rf"{kind}\b", type(ipython.user_ns["df"]).__module__)
    assert 1 == len(ipython.user_ns["df"])
