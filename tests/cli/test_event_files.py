"""Files of event data given to ``ingest`` and ``import``: recognised or named, and taken the bulk path."""

import gzip
import json

import pytest

from diplograph.sources.tables import IMPORTERS

pytest.importorskip("duckdb")

ROWS = "Japan\tMake a visit\tChina\t2014-02-03\nJapan\tMake a visit\tJapan\t2014-02-04\n"
ARTICLE = (
    "Seoul, May 9, 2013 -- Japanese Prime Minister Shinzo Abe visited Seoul on Wednesday, May 8, 2013.\n"
)


def icews():
    """A file of ICEWS with one visit."""
    header = IMPORTERS["icews"].columns
    told = {
        "Event Date": "2013-05-01",
        "Source Name": "Japan",
        "Target Name": "South Korea",
        "CAMEO Code": "042",
    }
    return "\n".join(["\t".join(header), "\t".join(told.get(name, "") for name in header), ""])


@pytest.fixture
def files(tmp_path):
    """A text, and event data in three files."""
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "train.txt").write_text(ROWS)
    (tmp_path / "icews.tab").write_text(icews())
    (tmp_path / "icews.tab.gz").write_bytes(gzip.compress(icews().replace("2013", "2012").encode()))
    return tmp_path


def ingested(done):
    return {name: json.loads(done.out)[0][name] for name in ("ingested", "unchanged", "failed", "reports")}


@pytest.mark.usefixtures("files")
def test_ingest_recognises_event_data(diplograph):
    """Texts and tables named together each go their way, and a second time nothing is new."""
    names = ("article.txt", "train.txt", "icews.tab", "icews.tab.gz")
    once = diplograph("ingest", *names, "--published", "2013-05-09", "--format", "json")
    again = diplograph("ingest", *names, "--published", "2013-05-09", "--format", "json")

    assert (0, {"ingested": 4, "unchanged": 0, "failed": 0, "reports": 4}) == (once.code, ingested(once))
    assert "train.txt: quadruples, 2 rows, 1 reports, 1 set aside" in once.err
    assert "train.txt: 1 set aside: within one state" in once.err
    assert (0, 4, 0) == (again.code, ingested(again)["unchanged"], ingested(again)["reports"])


@pytest.mark.parametrize("form", ["auto", "icews", "quads", "table"])
def test_ingest_is_told_the_format(diplograph, files, form):
    """A format that is named holds for all inputs; `table` needs a mapping."""
    (files / "mapping.toml").write_text(
        '[columns]\nstart="when"\na_land="who"\nb_land="where"\n[always]\ncode="visit"\n'
    )
    (files / "own.csv").write_text("who,where,when\nFrance,Italy,2001-05\n")
    words = {"auto": ["icews.tab"], "icews": ["icews.tab"], "quads": ["train.txt"],
             "table": ["own.csv", "--mapping", "mapping.toml"]}  # fmt: skip
    done = diplograph("ingest", *words[form], "--format", form)
    events = diplograph("query", "SELECT (COUNT(*) AS ?n) { ?e a dg:Visit }", "--format", "json")

    assert (0, "1") == (done.code, str(json.loads(events.out)[0]["n"]))


def test_ingest_tells_what_it_cannot_take(diplograph, files):
    """A file of another format, a table that no format fits, and an unknown name each say what to do."""
    (files / "own.csv").write_text("a,b\n1,2\n")
    other = diplograph("ingest", "train.txt", "icews.tab", "--format", "icews")
    unknown = diplograph("ingest", "own.csv", "icews.tab")
    misnamed = diplograph("ingest", "icews.tab", "--format", "phoenix")

    assert 3 == other.code
    assert "train.txt:1: the header lacks" in other.err
    assert 3 == unknown.code
    assert "own.csv: no format of event data fits" in unknown.err
    assert "--mapping" in unknown.err
    assert 2 == misnamed.code
    assert "icews" in misnamed.err


def test_a_folder_of_event_data_by_its_name(diplograph, files):
    """In a folder, event data is taken if its format is told."""
    folder = files / "archive"
    folder.mkdir()
    (files / "icews.tab").rename(folder / "2013.tab")
    (files / "icews.tab.gz").rename(folder / "2012.tab.gz")

    assert 0 == diplograph("ingest", "archive", "--format", "icews").code
    assert (
        "2 sources" in diplograph("stats").out
        or '"sources": 2' in diplograph("stats", "--format", "json").out
    )
