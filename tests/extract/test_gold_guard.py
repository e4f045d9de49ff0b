"""Reading never gets worse: the gold set is read as well as ``tests/tables/floors.tsv`` demands, or better.

When reading has become better, raise the floors: ``python tests/extract/raise_floors.py`` does it.
"""

import csv
from pathlib import Path

import pytest

from diplograph.extract.evaluation import evaluate

TESTS = Path(__file__).resolve().parents[1]


def floors(name):
    with (TESTS / "tables" / "floors.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["measure"], float(row["floor"])) for row in rows if row["set"] == name]


@pytest.fixture(scope="module")
def figures(gold_reading):
    lines, texts = gold_reading
    return evaluate(TESTS / "gold", lines, texts).figures


@pytest.mark.parametrize(("measure", "floor"), floors("gold"))
def test_floor(figures, measure, floor):
    """Each measure is at or above its floor."""
    name, _, part = measure.partition(" ")
    assert (figures[name][part] if part else figures[name]) >= floor


def test_every_article_is_read(figures):
    """No article is missing, and every quote is exact."""
    assert (0, 1.0) == (figures["missing"], figures["quotes"])


def test_hard_negatives(figures):
    """Articles in which nothing counts stay clean, as many as the floor says."""
    clean, _, _ = figures["hard_negatives_clean"].partition("/")
    assert int(clean) >= dict(floors("gold-clean"))["hard_negatives_clean"]
