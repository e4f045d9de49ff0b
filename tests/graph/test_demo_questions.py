"""Competency questions on the graph of data/articles, with answers worked out from the articles by hand.

``has`` are rows that the articles tell and that must be answered, ``lacks`` rows that they rule out. Where
``match`` is ``all``, there may be no others. ``missed`` are rows that the articles tell as well and that the
reader does not find as yet; the table keeps them, so that it is no list of what happens to come out.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from diplograph.store import questions

TABLE = Path(__file__).resolve().parent.parent / "tables" / "questions-demo.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def kept(demo_kg):
    """The store of the demo articles."""
    return demo_kg.store


@pytest.fixture(scope="module")
def events(kept):
    """Id of each event → its type and time, by which the table names it."""
    return {event.id: f"{event.facts.type} {event.facts.when.edtf}".strip() for event in kept.events()}


def short(events, value):
    """An address or path as its last part; an event as its type and time."""
    last = (
        value.rpartition("/")[2] if isinstance(value, str) and value.startswith(("https://", "/")) else value
    )
    return events.get(last, last)


def counted(table):
    return Counter(json.dumps(row) for row in table)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["question"])
def test_demo_answers(kept, events, row):
    """What the articles tell is answered, and what they rule out is not."""
    ids = {name: one for one, name in events.items()}
    given = {name: ids.get(value, value) for name, value in json.loads(row["parameters"]).items()}
    answer = questions.ask(kept, row["question"], given)
    found = counted([[short(events, one[column]) for column in row["columns"].split()] for one in answer])
    has, lacks = counted(json.loads(row["has"])), counted(json.loads(row["lacks"]))

    assert Counter() == has - found
    assert not set(lacks) & set(found)
    assert row["match"] == "some" or has == found


def test_most_questions_are_asked(root):
    """At least thirty of the competency questions have an answer in the demo articles."""
    asked = {row["question"] for row in rows()}
    assert len(asked) >= 30
    assert asked <= {path.stem for path in (root / "ontology" / "queries").glob("*.rq")}
