"""Sentences are read as the tables say: status, roles, attribution, and nothing where nothing happens.

To add a case, add a row to ``tests/tables/NAME.tsv``; ``reading_tables.py`` says what its columns mean.
"""

import csv

import pytest
from reading_tables import JUDGES, TABLES, rows, verdict

ROWS = [(name, row) for name in ("status", "roles", "attribution", "negatives") for row in rows(name)]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{row['id']}" for name, row in ROWS])
def test_row(name, row):
    """A row marked ok is read right; one marked as a miss is not yet, or its mark must go."""
    holds, complaint = verdict(name, row)
    assert holds, complaint


def floors():
    with (TABLES / "floors.tsv").open(encoding="utf-8", newline="") as file:
        return {
            (row["set"], row["measure"]): float(row["floor"]) for row in csv.DictReader(file, delimiter="\t")
        }


@pytest.mark.parametrize("name", JUDGES)
def test_misses_are_few(name):
    """No more rows of a table may be marked as misses than its floor allows."""
    marks = [row["known"] for row in rows(name)]
    assert {"ok", "miss"} >= set(marks)
    assert marks.count("ok") / len(marks) >= floors()["table", name]


@pytest.mark.parametrize("name", JUDGES)
def test_ids_are_unique(name):
    """Each row can be named."""
    ids = [row["id"] for row in rows(name)]
    assert sorted(set(ids)) == sorted(ids)
