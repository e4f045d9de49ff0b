"""The documentation: every block runs, every verb is told, every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
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
