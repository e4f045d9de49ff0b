"""The documentation: every block runs, every verb is told, every link leads somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_blocks_run_and_are_current(page):
    """Every code block of the page runs, and every output in it is what the command prints now."""
    done = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check", page], cwd=ROOT, capture_output=True, text=True
    )

    assert 0 == done.returncode, done.stderr[-4000:]


def test_every_verb_is_documented():
    """The reference of the command line tells every verb."""
    from diplograph.cli.verbs import GROUPS

    told = set(re.findall(r"^### (\S+)$", (ROOT / "docs" / "cli.md").read_text(), re.MULTILINE))

    assert {name for members in GROUPS.values() for name in members} == told


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    """Every relative link and picture of the page exists."""
    text = FENCED.sub("", page.read_text())
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    broken = [
        target for target in targets if target and "://" not in target and not (page.parent / target).exists()
    ]

    assert [] == broken


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_semantic_newlines(page):
    """Prose has one sentence on each line."""
    text = re.sub(r"`[^`]*`", "x", FENCED.sub("", page.read_text()))
    crowded = [
        line
        for line in text.splitlines()
        if not line.startswith(("|", "#", "<", "!"))
        and re.search(r"(?<!e\.g)(?<!i\.e)(?<!\d)[a-z)]\. [A-Z][a-z]+ ", line)
    ]

    assert [] == crowded


def test_every_plug_is_documented():
    """Every plug that comes with diplograph is named in the documentation, in words or in an output."""
    from diplograph.plugins import BUILTINS

    told = {word for page in PAGES for word in re.findall(r"[\w.-]+", page.read_text())}
    untold = [f"{socket}: {name}" for socket, plugs in BUILTINS.items() for name in plugs if name not in told]

    assert [] == untold


def test_every_row_of_where_to_add_has_a_page():
    """What CONTRIBUTING says can be added is told step by step on a page of ``howto/``."""
    table = (
        (ROOT / "CONTRIBUTING.md").read_text().partition("## Where to add things")[2].partition("\n## ")[0]
    )
    told = "".join(page.read_text() for page in sorted((ROOT / "docs" / "howto").glob("*.md")))
    files = {
        name
        for row in table.splitlines()
        if row.startswith("|")
        for name in re.findall(r"`((?:ontology|data|tests|src)/[^`<*]+)", row)
    }

    assert [] == sorted(name for name in files - {"src/diplograph/cli/", "ontology/"} if name not in told)


def test_every_benchmark_is_told():
    """The page of figures names every benchmark, and leads to every result."""
    page = (ROOT / "docs" / "figures.md").read_text()
    scripts = {path.name for path in (ROOT / "benchmarks").glob("*.py")}
    results = {path.name for path in (ROOT / "benchmarks" / "results").glob("*.md")}

    assert [] == sorted(name for name in scripts | results if name not in page)


def test_the_journey_is_that_of_the_code():
    """Every step of the journey of an article is a function in the file that the page names."""
    steps = re.findall(r"`([\w/]+\.py)`(?: \| |, )`(\w+)`", (ROOT / "docs" / "architecture.md").read_text())
    lost = []
    for file, name in steps:
        path = ROOT / "src" / "diplograph" / file
        tree = ast.parse(path.read_text()) if path.exists() else ast.Module(body=[], type_ignores=[])
        if name not in {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }:
            lost.append(f"{file}: {name}")

    assert len(steps) > 30
    assert [] == lost


def test_the_rooms_are_those_of_the_contract():
    """The architecture tells of every room of the layer contract, in its order."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rooms = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    table = (ROOT / "docs" / "architecture.md").read_text().partition("## The rooms, top floor first")[2]
    told = re.findall(r"`(\w+)(?:/|\.py)`", "".join(re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)))

    assert [name for name in rooms if name != "__main__"] == told


ELSEWHERE = r"(?:https?:)?//"
LOADS = {
    ".html": r"<(?:script|link|img|iframe|source|video|audio|embed|object)\b[^>]*?(?:src|href|srcset|data)="
    rf'"({ELSEWHERE}[^"]*)"',
    ".css": rf"(?:url\(|@import)\s*[\"']?({ELSEWHERE}[^\"')]+)",
    ".js": rf"(?:importScripts|import|fetch|src\s*=)\s*\(?\s*[\"'`]({ELSEWHERE}[^\"'`]+)",
}
"""How a file of each kind loads another."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The documentation as HTML, and what its builder said."""
    folder = tmp_path_factory.mktemp("book")
    done = subprocess.run(
        [sys.executable, "scripts/book.py", folder], cwd=ROOT, capture_output=True, text=True
    )
    return folder, done


def test_the_book_builds_without_a_warning(book):
    """Sphinx finds no broken link, no page that none leads to, and nothing else to warn of."""
    folder, done = book

    assert (0, "") == (done.returncode, done.stderr)
    assert f"{folder}/docs/index.html" == done.stdout.strip()


def test_the_book_needs_no_network(book):
    """No page, style or script of the book loads anything from elsewhere."""
    folder, _ = book
    found = [
        f"{path.relative_to(folder)}: {address}"
        for path in sorted(folder.rglob("*"))
        if path.suffix in LOADS
        for address in re.findall(LOADS[path.suffix], path.read_text())
    ]

    assert (folder / "searchindex.js").exists()
    assert [] == found


def test_the_reference_tells_every_public_function(book):
    """Every public function and class of a room stands in the reference, beside its docstring."""
    folder, _ = book
    page = (folder / "docs" / "reference" / "consensus.html").read_text()

    assert "diplograph.consensus.merge" in page
    assert "The events that reports tell of." in page
    rooms = {
        path.stem
        for path in (ROOT / "src" / "diplograph").iterdir()
        if path.name[0] != "_" and path.suffix in ("", ".py")
    }
    assert rooms - {"cli", "app"} == {
        path.stem for path in (folder / "docs" / "reference").glob("*.html")
    } - {"index"}
