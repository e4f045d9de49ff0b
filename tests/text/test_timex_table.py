"""The time resolver gives what ``tests/tables/timex.tsv`` says."""

import csv
from datetime import date
from pathlib import Path

import pytest

from diplograph.model import TimeSpan
from diplograph.text import timex

TABLE = Path(__file__).parent.parent / "tables" / "timex.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(row):
    """The context that a row asks for."""
    if not row["context"]:
        return None
    span = TimeSpan.parse(row["context"])
    return timex.TimeContext(day=span, latest=span, year=int(span.start[:4]))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_row(row):
    """The phrase has the expected value, or is no time at all."""
    text = row["sentence"]
    published = date.fromisoformat(row["published"]) if row["published"] else None
    found = timex.find(text, 0, len(text), published, context=told(row))
    if row["expected"] == "none":
        at = text.index(row["phrase"])
        assert [] == [m for m in found if m.start < at + len(row["phrase"]) and m.end > at]
        return
    values = {text[m.start : m.end]: (m.span.edtf or "unresolved", m.kind) for m in found}
    assert {row["phrase"]: (row["expected"], row["kind"])} == {
        phrase: value for phrase, value in values.items() if phrase == row["phrase"]
    }, values


def test_table_is_wide():
    """At least 400 different cases."""
    assert len({(row["published"], row["context"], row["sentence"], row["phrase"]) for row in rows()}) >= 400
