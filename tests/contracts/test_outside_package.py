"""A package from outside, beside diplograph, is listed and used by the verbs; one that is broken is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import outsiders
import pytest

from diplograph import pipeline, plugins, store
from diplograph.cli import verbs
from diplograph.errors import PluginError, UnknownPluginError
from diplograph.plugins import Socket

CIRCULAR = "Court Circular of 7 September 2024\n\n2024-09-06 KOR received JPN at Seoul.\n"
TABLE = "Day,Guest,Host,Town\n2025-08-23,KOR,JPN,Tokyo\n2026-01-13,KOR,JPN,Nara\n"


@pytest.fixture
def run(example_site, tmp_path):
    """Runs diplograph in a process of its own that sees the package, with others before it if wished."""

    def command(*words, before=()):
        path = os.pathsep.join(map(str, (*before, example_site)))
        return subprocess.run(
            [sys.executable, "-m", "diplograph", *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )

    (tmp_path / "court.circular").write_text(CIRCULAR)
    (tmp_path / "audiences.csv").write_text(TABLE)
    return command


def test_the_package_is_listed(run):
    """The verb that lists plugs shows all six, with what they are for and whose they are."""
    done = run("plugins", "--outside", "--format", "json")

    listed = {row["socket"]: row for row in json.loads(done.stdout)}
    assert (0, "") == (done.returncode, done.stderr)
    assert {socket.value for socket in Socket} == set(listed)
    assert {"diplograph-example"} == {row["package"] for row in listed.values()}
    assert "audiences of a court, a row for each" == listed["importer"]["purpose"]
    assert "How many held visits each state received, the most first." == listed["measure"]["purpose"]


def test_extractor_and_source_are_used(run):
    """A file of a new kind is found in a folder and read by a new extractor, alone or beside the rules."""
    alone = run("extract", ".", "--extractor", "circulars")
    both = run("extract", ".", "--extractor", "rules,circulars", "--jobs", "2")

    for done in (alone, both):
        assert 0 == done.returncode, done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert ["court.circular"] == [line["source"] for line in lines]
        assert ("JPN", "KOR", "Seoul") in [
            (*event["guests"], event["host"], event["place"]) for event in lines[0]["events"]
        ]


def test_importer_measure_and_view_are_used(run, tmp_path):
    """A table is recognised and imported, measured, and drawn, all by plugs from outside."""
    told = run("import", "audiences.csv")
    read = run("ingest", "court.circular", "--extractor", "circulars")
    measured = run("measure", "hosts", "--set", "at_least=2", "--format", "json")
    drawn = run("view", "ladder", "-o", "ladder.html")

    assert [0, 0, 0, 0] == [done.returncode for done in (told, read, measured, drawn)], told.stderr
    assert "audiences, 2 rows, 2 reports" in told.stdout
    assert [("Japan", 2)] == [(row["host"], row["visits"]) for row in json.loads(measured.stdout)]
    assert 3 == (tmp_path / "ladder.html").read_text().count("<li")


def test_the_setting_names_the_extractor(run, tmp_path):
    """The settings of a folder name the extractor, so that it need not be typed."""
    (tmp_path / "diplograph.toml").write_text('extractor = "circulars"\n')

    assert '"host": "KOR"' in run("extract", "court.circular").stdout


@pytest.mark.usefixtures("example")
def test_the_store_is_used():
    """A store of another package is opened by its name and holds what it is given."""
    with store.open("scratch:anywhere") as kept:
        done = pipeline.ingest(kept, text=CIRCULAR, extractor=pipeline.named("circulars"))

        assert (1, 1) == (done.reports, len(kept.events()))


BREAKS = {
    "source": ("odd", "def plug(name, stream):\n    yield 1 / 0\n"),
    "extractor": ("odd", "def plug(document):\n    return [document]\n"),
    "importer": ("odd", "plug = 'no format'\n"),
    "measure": ("odd", "def plug(events):\n    return [events[0].nothing]\n"),
    "view": ("odd", "def plug(events, moon):\n    return ''\n"),
    "store": ("odd", "raise RuntimeError('no engine')\n"),
}


@pytest.fixture
def broken(tmp_path):
    """A folder with a package that breaks in every socket."""
    for socket, (name, code) in BREAKS.items():
        outsiders.declared(tmp_path / "broken", socket, name, code, package="shaky")
    return tmp_path / "broken"


def test_a_broken_package_is_told_and_costs_nothing_else(run, broken, tmp_path):
    """Plugs that cannot be loaded, or break, are told in words; everything else goes on."""
    (tmp_path / "a.odd").write_text("x")
    listed = run("plugins", "--format", "json", before=[broken])
    read = run("extract", ".", "--extractor", "circulars", before=[broken])
    told = run("import", "audiences.csv", before=[broken])

    assert 0 == listed.returncode
    assert "the store 'odd' of the package shaky cannot be loaded" in listed.stderr
    assert "RuntimeError: no engine" in listed.stderr
    assert 41 < len(json.loads(listed.stdout))
    assert 3 == read.returncode
    assert "a.odd: the source 'odd' of the package shaky broke: ZeroDivisionError" in read.stderr
    assert '"host": "KOR"' in read.stdout
    assert 0 == told.returncode, told.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["extract", "court.circular", "--extractor", "odd"],
            "it gave a Document, where a Report is asked for",
        ),
        (
            ["import", "audiences.csv", "--format", "odd"],
            "it is a str, and no diplograph.sources.tables.Format",
        ),
        (["measure", "odd"], "the measure 'odd' of the package shaky broke: AttributeError"),
        (["view", "odd"], "it needs moon, and only as_of, documents, names, reports, tenures are there"),
        (["stats", "--store", "odd:x"], "the store 'odd' of the package shaky cannot be loaded"),
        (
            ["extract", "court.circular", "--extractor", "none"],
            "no extractor is called 'none'; there are: circulars",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
@pytest.mark.usefixtures("example")
def test_a_broken_plug_is_told_in_words(words, message, broken, small_graph, tmp_path, monkeypatch, capsys):
    """Asking for a broken plug by its name ends in one line that says whose it is and what is wrong."""
    (tmp_path / "court.circular").write_text(CIRCULAR)
    (tmp_path / "audiences.csv").write_text(TABLE)
    shutil.copytree(small_graph, tmp_path / "kg")
    monkeypatch.syspath_prepend(str(broken))
    monkeypatch.chdir(tmp_path)

    assert 1 == verbs.run(words)
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("example")
def test_a_list_that_cannot_be_read_costs_only_its_package(tmp_path, monkeypatch):
    """Where one package has written its entry points wrongly, those of the others are still there."""
    info = tmp_path / "garbled-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: garbled\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[diplograph.measure]\nno target at all\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert "hosts" in {plug.name for plug in plugins.plugs(Socket.MEASURE)}


@pytest.mark.usefixtures("example")
def test_the_promises_are_held_at_the_door(tmp_path, monkeypatch):
    """Reports without their sentence do not get in, whoever brings them."""
    code = (
        "from dataclasses import replace\n"
        "from diplograph_example.circulars import extract\n"
        "def plug(document):\n"
        "    return [replace(r, evidence=tuple(replace(e, start=e.start + 1) for e in r.evidence))\n"
        "            for r in extract(document)]\n"
    )
    monkeypatch.syspath_prepend(str(outsiders.declared(tmp_path / "shifted", "extractor", "shifted", code)))
    with store.open() as kept:
        done = pipeline.ingest(kept, text=CIRCULAR, extractor=pipeline.named("shifted"))

    assert 0 == done.reports
    assert "does not stand at" in done.failed[0].reason


@pytest.mark.usefixtures("example")
def test_unknown_names_are_listed():
    """A name that no plug has is refused with the names there are, those from outside among them."""
    with pytest.raises(UnknownPluginError, match=r"no measure is called 'hostes'.*hosts"):
        plugins.load(Socket.MEASURE, "hostes")
    with pytest.raises(PluginError, match="cannot be loaded"):
        plugins.Plug(socket=Socket.VIEW, name="x", target="diplograph.views.strip:no", package="y").load()
