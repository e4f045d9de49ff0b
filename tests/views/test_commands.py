"""The verbs that write pages: ``view``, ``export site`` and ``dossier``, on a small graph."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(sys.executable).with_name("diplograph")


@pytest.fixture(scope="module")
def graph(tmp_path_factory, root):
    """A folder with a graph of two articles."""
    folder = tmp_path_factory.mktemp("graph")
    articles = sorted((root / "data" / "articles").glob("2025-*.md"))[:2]
    done = run(folder, "ingest", *map(str, articles))
    assert 0 == done.returncode, done.stderr
    return folder


def run(folder, *words):
    return subprocess.run([TOOL, *words, "--store", "kg"], cwd=folder, capture_output=True, text=True)


def test_pages_by_command(graph):
    """A page, a site and a dossier are written where asked, and their path is printed."""
    assert "state.html" == run(graph, "view", "state", "Japan", "-o", "state.html").stdout.strip()
    assert "<!doctype html>" in (graph / "state.html").read_text()
    assert "pages/index.html" == run(graph, "export", "site", "pages").stdout.strip()
    assert (graph / "pages" / "pair" / "JPN-KOR.json").exists()
    assert run(graph, "dossier", "KOR", "Japan").stdout.startswith("# South Korea – Japan: dossier\n")
    assert 0 == run(graph, "dossier", "KOR", "JPN", "-o", "d.html").returncode
    assert "<!doctype html>" in (graph / "d.html").read_text()


def test_commands_refuse_what_they_cannot_do(graph):
    """A site over other files, a PDF on stdout, a wrong word and a wrong number of subjects."""
    assert "other files" in run(graph, "export", "site", ".").stderr
    for words in (("dossier", "KOR", "JPN", "--format", "pdf"), ("export", "page"), ("view", "map", "KOR")):
        assert 2 == run(graph, *words).returncode
