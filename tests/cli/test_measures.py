"""The verbs of measures: filters, rows of every kind, chance, charts and what other tools read."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A graph of the demo articles, made once."""
    from diplograph.cli.verbs import run
    from diplograph.resources import path

    store = tmp_path_factory.mktemp("measures") / "kg"
    assert 0 == run(["ingest", str(path("data/articles")), "--store", str(store)])
    return store


WORDS = [
    ["reciprocity", "--by", "pair", "--against", "order", "--draws", "19"],
    ["reciprocity", "--by", "guest", "--against", "region", "--draws", "19", "--level", "leader,unknown"],
    ["reciprocity", "--by", "host", "--answered-by", "all", "--since", "2004", "--until", "2025-12"],
    ["reciprocity", "--by", "response", "--between", "KOR,JPN"],
    ["balance", "--by", "state", "--state", "Japan"],
    ["balance", "--weights", "protocol", "--no-gatherings"],
    ["shuttle"],
    ["shuttle", "Korea", "Japan", "--breaks", "--window", "100"],
    ["tempo", "KOR", "JPN", "--by", "hazard"],
    ["tempo", "KOR", "JPN", "--by", "burst"],
    ["tempo", "KOR", "JPN", "--by", "season"],
    ["tempo", "KOR", "JPN", "--by", "leader"],
    ["tempo", "KOR", "JPN", "--by", "first-trip"],
    ["network", "--by", "rank"],
    ["network", "--by", "triad"],
    ["network", "--by", "gathering"],
    ["network", "--by", "shared"],
    ["network", "--by", "tie"],
    ["compare", "2020..2024", "2025..2026", "--by", "way"],
    ["timeline", "KOR", "JPN", "--by", "year"],
    ["timeline", "KOR", "JPN", "--by", "month", "--since", "2025"],
    ["timeline", "KOR", "JPN", "--by", "issue"],
    ["timeline", "KOR", "JPN", "--by", "omen"],
]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_every_kind_of_row(diplograph, kept, words):
    """Each kind of row is shown as a table with its explanation, and as JSON with event ids."""
    table = diplograph(*words, "--store", kept)
    told = diplograph(*words, "--store", kept, "--format", "json")

    assert (0, 0) == (table.code, told.code), table.err + told.err
    found = json.loads(told.out)
    assert found
    if words[:2] != ["network", "--by"] or words[2] != "triad":
        assert "event" in told.out


@pytest.mark.parametrize("words", WORDS[::6], ids=" ".join)
def test_csv_is_rectangular(diplograph, kept, words):
    """CSV has its headings and rows of the same length, and nothing else."""
    rows = list(csv.reader(io.StringIO(diplograph(*words, "--store", kept, "--format", "csv").out)))

    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


PLOTS = [
    ["reciprocity"],
    ["reciprocity", "--by", "pair"],
    ["balance"],
    ["shuttle", "KOR", "JPN"],
    ["tempo", "KOR", "JPN"],
    ["tempo", "KOR", "JPN", "--by", "season"],
    ["network"],
    ["compare", "2020..2024", "2025..2026"],
    ["timeline", "KOR", "JPN", "--by", "year"],
]


@pytest.mark.parametrize("words", PLOTS, ids=" ".join)
def test_a_chart_for_each(diplograph, kept, words, tmp_path):
    """Each verb draws its chart beside its rows."""
    done = diplograph(*words, "--store", kept, "--plot", tmp_path / "x.svg")

    assert 0 == done.code, done.err
    assert (tmp_path / "x.svg").read_text().startswith("<svg")
    assert "no visit to draw" not in (tmp_path / "x.svg").read_text()


def test_years_that_dates_leave_open_are_told(diplograph, tmp_path):
    """Visits whose dates do not tell are left out, and said to be."""
    article = tmp_path / "coarse.txt"
    article.write_text(
        "Published: 2023-06-01\n\nJapanese Prime Minister Fumio Kishida visited South Korea in May 2023.\n",
        encoding="utf-8",
    )
    store = tmp_path / "kg"
    assert 0 == diplograph("ingest", article, "--store", store).code
    done = diplograph("balance", "--store", store, "--since", "2023-05-10", "--until", "2023-07")

    assert "left out, for the dates do not tell" in done.err


def test_planned_visits_are_counted_where_asked(diplograph, kept):
    """--status planned counts plans instead of held visits."""
    done = diplograph("network", "--store", kept, "--status", "planned", "--format", "json")

    assert {("South Korea", "Japan")} <= {(row["guest"], row["host"]) for row in json.loads(done.out)}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["balance", "--between", "KOR"], "write two states with a comma"),
        (["balance", "--level", "boss"], "there are: leader, minister, official, unknown"),
        (["balance", "--status", "done"], "there are: held, planned"),
        (["balance", "--since", "soon"], "is no date"),
        (["balance", "--weights", "mine"], "equal, protocol, rank"),
        (["balance", "--kind", "state-vist"], "did you mean 'state-visit'"),
        (["balance", "--since", "2005", "--until", "2001"], "2001 ends before 2005 begins"),
        (["balance", "KOR"], "two states are needed, and 1 were named"),
        (["shuttle", "KOR", "South Korea"], "are the same state"),
        (["shuttle", "KOR", "JPN", "--mediator", "USA"], "name none beside it"),
        (["compare", "2001", "2002"], "write it as 2001..2008"),
        (["compare", "2001..2003", "2002..2004"], "after the first has ended"),
        (["timeline", "KOR", "--by", "year"], "a series is of two states"),
        (["reciprocity", "--by", "response"], "name it with --between"),
        (["balance", "--plot", "x.pdf"], "name the plot after its format"),
        (["network", "-o", "x.doc"], "name the file after its form"),
        (["export", "--format", "goldfish"], "name a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_words(diplograph, kept, words, message):
    """A wrong word ends in a line that says what there is."""
    done = diplograph(*words, "--store", kept)

    assert 0 != done.code
    assert message in " ".join(done.err.replace("│", " ").split())


def test_an_empty_graph_has_empty_tables(diplograph, tmp_path):
    """Without a visit every verb says so and fails at nothing."""
    (tmp_path / "note.txt").write_text("The weather was fine.\n")
    assert 0 == diplograph("ingest", tmp_path / "note.txt", "--store", tmp_path / "kg").code
    for words in (
        ["reciprocity", "--against", "year"],
        ["balance"],
        ["shuttle"],
        ["shuttle", "KOR", "JPN"],
        ["tempo", "KOR", "JPN", "--by", "season"],
        ["network", "--by", "rank"],
        ["compare", "2001..2002", "2003..2004"],
        ["timeline", "KOR", "JPN", "--by", "year"],
    ):
        done = diplograph(*words, "--store", tmp_path / "kg")
        assert 0 == done.code, (words, done.err)


def test_what_other_tools_read(diplograph, kept, tmp_path):
    """Sequences for R as two tables, a panel with COW codes, a matrix, and Pajek's form."""
    for form in ("relevent", "goldfish"):
        assert 0 == diplograph("export", "--format", form, "-o", tmp_path / form, "--store", kept).code
        events, nodes = (
            list(csv.DictReader(io.StringIO((tmp_path / form / name).read_text())))
            for name in ("events.csv", "nodes.csv")
        )
        assert events
        assert {row["sender"] for row in events} <= {row.get("id", row["label"]) for row in nodes}
    panel = list(csv.DictReader(io.StringIO(diplograph("export", "--format", "panel", "--store", kept).out)))
    assert ("732", "740") in {(row["ccode1"], row["ccode2"]) for row in panel}
    matrix = list(csv.reader(io.StringIO(diplograph("export", "--format", "matrix", "--store", kept).out)))
    assert ["guest", *(row[0] for row in matrix[1:])] == matrix[0]
    assert diplograph("export", "--format", "pajek", "--store", kept).out.startswith("*Vertices")


@pytest.mark.parametrize(
    "words",
    [
        ["reciprocity", "--since", "2090", "--against", "order", "--draws", "9"],
        ["reciprocity", "--by", "pair", "--since", "2090", "--against", "year", "--draws", "9"],
        ["reciprocity", "--host", "Tuvalu", "--by", "host"],
        ["shuttle", "--since", "2090"],
        ["shuttle", "Tuvalu", "Japan", "--breaks"],
        ["shuttle", "--mediator", "Tuvalu"],
        ["balance", "--kind", "state-visit", "--until", "1900"],
        ["balance", "--by", "state", "--since", "2090"],
        ["tempo", "Tuvalu", "Japan"],
        ["tempo", "Tuvalu", "Japan", "--by", "hazard"],
        ["tempo", "Tuvalu", "Japan", "--by", "burst"],
        ["tempo", "Tuvalu", "Japan", "--by", "season"],
        ["tempo", "KOR", "JPN", "--by", "leader", "--since", "2090"],
        ["network", "--since", "2090"],
        ["network", "--by", "rank", "--since", "2090"],
        ["network", "--by", "shared", "--since", "2090"],
        ["compare", "1801..1802", "1803..1804"],
    ],
    ids=" ".join,
)
def test_nothing_found_is_said(diplograph, kept, words, tmp_path):
    """Where there is no visit a verb says so, ends well, prints empty JSON and an empty chart."""
    done = diplograph(*words, "--store", kept, "--plot", tmp_path / "x.svg")
    told = diplograph(*words, "--store", kept, "--format", "json")

    assert (0, 0) == (done.code, told.code), done.err + told.err
    assert any(word in done.err for word in ("found", "fewer than")), done.err
    assert json.loads(told.out) is not None
    assert "\n" not in done.out or "No visit recorded" in done.out
