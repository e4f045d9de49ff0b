"""The verbs of measures answer the same from the columnar twin as from the events themselves."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks" / "making"))

import event_files  # noqa: E402 - it lies beside the benchmarks

# Dates of every precision, a visit without a date, two guests of one host, and two codes of one state.
TABLE = """\
arrival,visitor,host
2001-03-04,Japan,South Korea
2001-04,South Korea,Japan
2001-04-20,South Korea,Japan
2001,Japan,South Korea
2002-01-05,Japan,South Korea
2002-01-05,Japan,United States
2002-06,United States,Japan
2003-06-01,United States,Japan
"""
MAPPING = """\
delimiter = ","
confidence = 0.9
[columns]
start = "arrival"
a_land = "visitor"
b_land = "host"
[always]
code = "visit"
"""


@pytest.fixture(scope="module")
def kept(small_graph, tmp_path_factory):
    """A graph of articles, of a year of ICEWS, of visits to the United States and of a table of one's own."""
    from diplograph.cli.verbs import run

    folder = tmp_path_factory.mktemp("twin")
    store = shutil.copytree(small_graph, folder / "kg")
    event_files.write("icews", 900, folder / "icews.tab", part=3, parts=10)
    event_files.write("historyatstate-visits", 200, folder / "visits.csv")
    (folder / "own.csv").write_text(TABLE, encoding="utf-8")
    (folder / "own.toml").write_text(MAPPING, encoding="utf-8")
    files = (
        [folder / "icews.tab", "--format", "icews"],
        [folder / "visits.csv", "--format", "historyatstate-visits"],
        [folder / "own.csv", "--format", "table", "--mapping", folder / "own.toml"],
    )
    for words in files:
        assert 0 == run([str(word) for word in ("import", *words, "--store", store)])
    return store


WORDS = [
    "reciprocity --within 180",
    "reciprocity --by pair --weights protocol --gatherings",
    "reciprocity --by guest --level leader,unknown --answered-by all",
    "reciprocity --by host --since 2001-02 --until 2003 --as-of 2003-07-01",
    "reciprocity --guest USA --since 2002-06-10",
    "reciprocity --by pair --against order --draws 19",
    "reciprocity --against year --draws 19 --state Japan --since 2001",
    "reciprocity --by response --between KOR,JPN",
    "reciprocity --as-coded --by pair",
    "reciprocity --without-office President --by guest",
    "reciprocity --status planned --by pair",
    "reciprocity --kind state-visit",
    "reciprocity --host Tuvalu",
    "shuttle",
    "shuttle --level all --gatherings --window 90 --since 1999 --as-of 2002-01-05",
    "shuttle KOR JPN --beside --level all",
    "shuttle KOR JPN --breaks",
    "shuttle --mediator USA --step 400 --level all",
    "shuttle Tuvalu Japan",
    "balance",
    "balance Japan Korea --weights rank",
    "balance --by state --level all --no-gatherings --until 2001-04-10",
    "tempo KOR JPN",
    "tempo KOR JPN --by hazard --level all --as-of 2010-01-01",
    "tempo KOR JPN --by first-trip",
    "tempo KOR JPN --by leader",
    "network --between KOR,JPN --between JPN,USA",
    "network --by rank --level all",
    "network --by triad --since 2001-04-10",
    "network --by tie",
    "compare 2001..2001-04-10 2002..2003 --by way --level all",
    "compare 2001 2002..2003",
    "compare 1996..2000 2001..2003 --by guest --correction holm",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_twin_tells_what_the_events_tell(diplograph, kept, words, monkeypatch):
    """Rows, remarks and exit code are the same, to the byte, whichever they are computed from."""
    from diplograph.analysis import twin

    asked = [*words.split(), "--store", kept, "--format", "json"]
    assert twin.imported
    fast = diplograph(*asked)
    monkeypatch.setattr(twin, "imported", lambda _store: False)
    slow = diplograph(*asked)

    assert (slow.code, slow.out, slow.err) == (fast.code, fast.out, fast.err)
