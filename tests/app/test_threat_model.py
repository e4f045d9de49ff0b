"""The threat model: every promise names its tests, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))
PROMISES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.count("|") == 4 and not line.startswith(("|---", "| promise"))
]


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_named_tests_exist(file, test):
    """A test that the threat model names is a test of that file."""
    found = {
        node.name
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }

    assert found
    assert not test or test in found


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[0][:40])
def test_every_promise_names_a_test(promise):
    """A promise without a test is none."""
    assert re.search(r"`tests/[\w/]+\.py", promise[2])


def test_there_are_promises():
    """The tables were found."""
    assert len(PROMISES) >= 20
    assert len(NAMED) >= 30


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("after 10 s", "timeout=10.0"),
        ("at 512 MB", "memory=512"),
        ("at 100,000 rows", "rows=100000"),
        ("at 50 MB of answer", "largest_answer=50000000"),
        ("for uploads 2 MB", "largest_upload=2000000"),
        ("200 a second", "rate=200.0"),
        ("24 of them", "long=24"),
    ],
)
def test_figures_are_those_of_the_server(words, value):
    """The figures that it tells are the defaults of the server."""
    from diplograph.app.limits import Limits

    assert words in TEXT
    assert f"{value}," in repr(Limits())
