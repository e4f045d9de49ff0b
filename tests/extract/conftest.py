"""Lets the tests of this folder share the judges of the tables and the readings of whole articles."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

TESTS = Path(__file__).resolve().parents[1]


def _read(paths, days):
    """Each text as a line of the interchange format, and the texts by name."""
    from diplograph.extract import extract
    from diplograph.model.interchange import to_line
    from diplograph.sources import read

    lines, texts = [], {}
    for path in paths:
        (document,) = read([path], published=days.get(path.stem))
        lines.append(to_line(document, extract(document)))
        texts[path.stem] = document.text
    return lines, texts


def _days(folder):
    annotated = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    return {name: date.fromisoformat(a["published"]) for name, a in annotated.items() if a.get("published")}


@pytest.fixture(scope="session")
def gold_reading():
    """Our copy of the gold set as it is read."""
    return _read(sorted((TESTS / "gold").glob("*.txt")), {})


@pytest.fixture(scope="session")
def demo_reading():
    """The demo articles as they are read."""
    names = sorted(path.stem for path in (TESTS / "demo").glob("*.json"))
    articles = TESTS.parent / "data" / "articles"
    return _read([articles / f"{name}.md" for name in names], _days(TESTS / "demo"))
