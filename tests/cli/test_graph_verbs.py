"""The verbs that read documents into a graph and ask it."""

from __future__ import annotations

import json
import os
import shutil

import pytest


@pytest.fixture
def store(small_graph, tmp_path):
    """A folder with the graph of the two articles."""
    return shutil.copytree(small_graph, tmp_path / "kg")


def test_ingest_makes_the_graph(diplograph, articles, tmp_path):
    """Ingesting makes the folder and tells what became of the inputs."""
    done = diplograph("ingest", articles, "--store", tmp_path / "new", "--format", "json")

    assert (0, 2) == (done.code, json.loads(done.out)[0]["ingested"])
    assert "Kishida" in diplograph("timeline", "--store", tmp_path / "new").out


def test_extract_prints_the_interchange_format(diplograph, articles):
    """One line of JSON for each document, in the order of the files."""
    done = diplograph("extract", articles)
    lines = [json.loads(line) for line in done.out.splitlines()]

    assert 0 == done.code
    assert [str(articles / "seoul.txt"), str(articles / "weather.txt")] == [line["source"] for line in lines]
    assert "visit" in {event["type"] for event in lines[0]["events"]}
    assert [] == lines[1]["events"]


def test_extracted_quotes_are_exact(diplograph, articles):
    """Every quote of the interchange format stands in the text at its offsets."""
    line = json.loads(diplograph("extract", articles / "seoul.txt").out)
    text = (articles / "seoul.txt").read_text()

    for event in line["events"]:
        for span in event["evidence"]:
            assert span["quote"] == text[span["start"] : span["end"]]


def test_read_shows_quotes(diplograph, articles):
    """What an article tells is shown with its sentence, and nothing is stored."""
    done = diplograph("read", articles / "seoul.txt", "--format", "json")

    assert "Fumio Kishida arrived in Seoul" in json.loads(done.out)[0]["quote"]
    assert not (articles.parent / "kg").exists()


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("empty.txt", b"", 1, "empty"),
        ("binary.txt", bytes(range(256)) * 40, 1, "binary.txt"),
        ("missing.txt", None, 1, "no such file"),
        ("undated.txt", b"The prime minister of Japan visited Seoul on Friday.\n", 0, "no publication date"),
        ("quiet.txt", b"OSLO, May 2, 2024 -- It rained all day.\n", 0, "no event found"),
    ],
)
def test_difficult_inputs(diplograph, tmp_path, name, content, code, message):
    """Each difficult input ends in a clear line on stderr and the right exit code."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = diplograph("extract", name)

    assert code == done.code
    assert message in done.err
    assert "Traceback" not in done.err


def test_wrong_encoding(diplograph, tmp_path):
    """A file in another encoding is either read rightly or refused in words, never garbled."""
    (tmp_path / "utf16.txt").write_bytes("OSLO, May 2, 2024 -- It rained in Zürich.\n".encode("utf-16"))
    done = diplograph("extract", "utf16.txt")

    assert done.code in {0, 1}
    assert "Traceback" not in done.err


def test_a_bad_file_keeps_the_rest(diplograph, articles, tmp_path):
    """A batch with a bad file ends in exit code 3, names the file and keeps the others."""
    (articles / "empty.txt").write_text("")
    done = diplograph("ingest", articles, "--store", tmp_path / "other", "--format", "json")

    assert 3 == done.code
    assert "empty.txt" in done.err
    assert (2, 1) == (json.loads(done.out)[0]["ingested"], json.loads(done.out)[0]["failed"])


def test_all_bad_is_failure(diplograph):
    """If nothing could be read the exit code is 1."""
    assert 1 == diplograph("ingest", "missing.txt").code


def test_ingesting_twice(diplograph, store, articles):
    """The second time nothing changes."""
    before = diplograph("export", "--store", store).out
    done = diplograph("ingest", articles, "--store", store, "--format", "json")

    assert (0, 2) == (json.loads(done.out)[0]["ingested"], json.loads(done.out)[0]["unchanged"])
    assert before == diplograph("export", "--store", store).out


def test_retract(diplograph, store):
    """A document goes by its name, with all that only it told."""
    name = json.loads(diplograph("stats", "--store", store, "--format", "json").out)[0]["list"][0]["source"]
    assert 0 == diplograph("retract", name, "--store", store).code

    left = json.loads(diplograph("stats", "--store", store, "--format", "json").out)[0]
    assert 1 == left["sources"]


def test_retract_unknown(diplograph, store):
    """What is not there cannot be taken out."""
    done = diplograph("retract", "nothing.txt", "--store", store)

    assert 1 == done.code
    assert "nothing.txt" in done.err


def test_rebuild_changes_nothing(diplograph, store):
    """The consensus derived anew is the same."""
    before = diplograph("export", "--store", store).out
    assert 0 == diplograph("rebuild", "--store", store).code

    assert before == diplograph("export", "--store", store).out


def test_no_graph(diplograph):
    """Asking where no graph is ends in a line that says what to do."""
    done = diplograph("timeline")

    assert (1, "") == (done.code, done.out)
    assert "diplograph ingest" in done.err


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
@pytest.mark.parametrize(
    "words",
    [
        ["timeline"],
        ["timeline", "Korea", "Japan"],
        ["shuttle", "Korea", "Japan"],
        ["balance"],
        ["balance", "KOR", "JPN"],
        ["reciprocity"],
        ["tempo", "KOR", "JPN"],
        ["network"],
        ["stats"],
        ["ask"],
        ["ask", "whose-turn", "a=KOR", "b=JPN"],
        ["query", "SELECT ?event WHERE { ?event a dg:Visit }"],
        ["lookup", "Blue House"],
    ],
    ids=" ".join,
)
def test_every_format(diplograph, store, words, form):
    """Every verb that gives rows gives them in every format."""
    where = [] if words[0] == "lookup" or words == ["ask"] else ["--store", store]
    done = diplograph(*words, *where, "--format", form)

    assert 0 == done.code, done.err
    assert done.out.strip()
    if form == "json":
        assert isinstance(json.loads(done.out), list)
    if form == "jsonl":
        assert all(json.loads(line) for line in done.out.splitlines())


def test_why(diplograph, store):
    """An event answers with quote, source, offsets and rule."""
    event = json.loads(diplograph("timeline", "--store", store, "--format", "json").out)[0]["event"]
    done = diplograph("why", event, "--store", store)

    assert 0 == done.code
    assert "Fumio Kishida arrived in Seoul" in done.out
    assert "characters " in done.out


def test_query_with_a_time_limit(diplograph, store):
    """A query without end is ended, with exit code 5."""
    done = diplograph(
        "query",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) > STR(?f)) }",
        "--timeout",
        "1",
        "--store",
        store,
    )

    assert 5 == done.code
    assert "longer than 1 s" in done.err


def test_query_with_too_many_rows(diplograph, store):
    """An answer over the limit is refused with exit code 5."""
    done = diplograph("query", "SELECT * { ?s ?p ?o }", "--limit", "2", "--store", store)

    assert 5 == done.code
    assert "LIMIT" in done.err


def test_wrong_query(diplograph, store):
    """A malformed query ends in one line that tells where."""
    done = diplograph("query", "SELECT ?x WHERE { ?x ", "--store", store)

    assert 1 == done.code
    assert 1 == len(done.err.splitlines())


def test_construct_as_turtle(diplograph, store):
    """Triples that a query makes can be had as Turtle."""
    done = diplograph(
        "query", "CONSTRUCT { ?e dg:host ?h } WHERE { ?e dg:host ?h }", "--format", "ttl", "--store", store
    )

    assert "dg:host state:KOR ." in done.out


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "nq", "jsonld", "graphml", "gexf", "csv"])
def test_export(diplograph, store, form, tmp_path):
    """The graph can be written in every format, to stdout or to a file, with the same content."""
    printed = diplograph("export", "--format", form, "--store", store)
    written = diplograph("export", "--format", form, "--store", store, "-o", tmp_path / "out")

    assert (0, 0) == (printed.code, written.code)
    assert printed.out == (tmp_path / "out").read_text()
    assert len(printed.out) > 100


def test_view(diplograph, store, tmp_path):
    """Pages are written to files, and their paths printed."""
    done = diplograph("view", "pair", "Korea", "Japan", "-o", tmp_path / "pair.html", "--store", store)

    assert 0 == done.code
    assert str(tmp_path / "pair.html") == done.out.strip()
    assert "<html" in (tmp_path / "pair.html").read_text()


def test_view_of_the_wrong_number(diplograph, store):
    """A pair is of two."""
    assert 2 == diplograph("view", "pair", "Korea", "--store", store).code


def test_validate(diplograph, store):
    """The graph that we make conforms to our shapes."""
    assert 0 == diplograph("validate", "--store", store).code


def test_lookup_as_of_a_day(diplograph):
    """A leader is looked up as of a day."""
    done = diplograph("lookup", "Kishida", "--on", "2023-05-07", "--format", "json")

    assert ["Prime Minister, JPN"] == [
        row["detail"] for row in json.loads(done.out) if row["kind"] == "tenure"
    ]


def test_lookup_of_nothing(diplograph):
    """A name that nobody has is not found, with exit code 1."""
    assert 1 == diplograph("lookup", "Xyzzyqux").code


def test_wrong_date(diplograph, articles):
    """A date that is none is a usage error."""
    done = diplograph("extract", articles, "--published", "yesterday")

    assert 2 == done.code
    assert "2026-01-09" in done.err


def test_init_makes_a_project(diplograph, tmp_path):
    """A new project has settings and a sample article, and its next step works as told."""
    assert 0 == diplograph("init", "mine").code
    assert 1 == diplograph("init", "mine").code

    os.chdir(tmp_path / "mine")
    assert 0 == diplograph("ingest", "articles").code
    assert "Kishida" in diplograph("timeline").out


def test_evaluate(diplograph, articles):
    """Reading is measured against annotations beside the articles."""
    for name in ("seoul", "weather"):
        found = json.loads(diplograph("extract", articles / f"{name}.txt").out)
        (articles / f"{name}.json").write_text(json.dumps(found))
    done = diplograph("evaluate", articles, "--errors", "--format", "json")

    assert 0 == done.code, done.err
    assert 0 == len(json.loads(done.out)[0]["errors"])


def test_plugins(diplograph):
    """What is plugged in is listed with its package."""
    rows = json.loads(diplograph("plugins", "--format", "json").out)

    assert {"diplograph"} == {row["package"] for row in rows}
    assert "rules" in {row["name"] for row in rows}


def test_doctor_checks_the_graph(diplograph, store):
    """The doctor reads the whole graph, and tells when it is damaged."""
    assert 0 == diplograph("doctor", "--store", store).code

    ledger = store / "ledger.jsonl"
    notes = [json.loads(line) for line in ledger.read_text().splitlines()]
    ledger.write_text("".join(json.dumps([*note[:3], "0" * 64]) + "\n" for note in notes))
    done = diplograph("doctor", "--store", store, "--format", "json")
    assert 1 == done.code
    assert "damaged" in {row["state"] for row in json.loads(done.out)}


def test_settings_file(diplograph, store, tmp_path):
    """The store of diplograph.toml is used where no flag names another."""
    (tmp_path / "diplograph.toml").write_text(f'store = "{store}"\n')

    assert 0 == diplograph("timeline").code
