"""The example sentences of the event types: real states, no placeholders, and read as what they exemplify.

An example stands alone, without headline, dateline or neighbours; how many of each kind are read so is kept
in tests/tables/examples.tsv and may only rise.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from diplograph.extract import extract
from diplograph.knowledge import ontology
from diplograph.model import Document

TABLE = Path(__file__).resolve().parent.parent / "tables" / "examples.tsv"
DAY = date(2025, 11, 28)
EXAMPLES = [
    (term.id, str(term.type), sentence) for term in ontology.event_types() for sentence in term.examples
]


def floors():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["kind"]: (int(row["examples"]), int(row["read"]))
            for row in csv.DictReader(file, delimiter="\t")
        }


def kinds_read(sentence):
    """The kinds of event that the reader finds in a sentence of its own."""
    document = Document(
        id=Document.digest(sentence, DAY, None, None),
        name="example.txt",
        text=sentence,
        raw=sentence.encode(),
        published=DAY,
        publisher=None,
        url=None,
    )
    return {str(report.facts.type) for report in extract(document)}


@pytest.fixture(scope="module")
def read():
    return [(kind, kind in kinds_read(sentence)) for _, kind, sentence in EXAMPLES]


def test_no_example_has_placeholders():
    """Every example tells of real states: no A and B, and no two types share a sentence."""
    assert [] == [
        sentence for _, _, sentence in EXAMPLES if re.search(r"\b[ABC](?:'s)?\b(?! )|\b[ABC]'s\b", sentence)
    ]
    placeholder = re.compile(r"\b[BC]\b|\bA's\b|\b(?:of|with|by|from|in) A\b")
    assert [] == [sentence for _, _, sentence in EXAMPLES if placeholder.search(sentence)]
    assert [] == [sentence for sentence, n in Counter(s for _, _, s in EXAMPLES).items() if n > 1]


@pytest.mark.parametrize("kind", sorted({kind for _, kind, _ in EXAMPLES}))
def test_examples_are_read_as_their_kind(read, kind):
    """At least as many examples of a kind are read as such as the table says."""
    examples, floor = floors()[kind]
    found = [right for of, right in read if of == kind]

    assert examples == len(found)
    assert sum(found) >= floor


def test_examples_of_visits_and_calls_are_all_read(read):
    """A plain sentence that tells a visit or a call is never missed."""
    assert [] == [kind for kind, right in read if kind in ("visit", "call") and not right]
