"""The demo articles are read at least as well as the floors say, and the report of Nara in every fact."""

import json
from pathlib import Path

import pytest
from test_gold_guard import floors

from diplograph.extract.evaluation import evaluate
from diplograph.extract.pairing import Reading, agreement, pair, wrong_slots

TESTS = Path(__file__).resolve().parents[1]
NARA = "2026-01-09-lee-takaichi-nara"


@pytest.fixture(scope="module")
def figures(demo_reading):
    lines, texts = demo_reading
    return evaluate(TESTS / "demo", lines, texts).figures


@pytest.mark.parametrize(("measure", "floor"), floors("demo"))
def test_floor(figures, measure, floor):
    """Each measure is at or above its floor."""
    name, _, part = measure.partition(" ")
    assert (figures[name][part] if part else figures[name]) >= floor


def test_every_quote_is_exact(figures):
    """Evidence is cited to the letter, front matter or not."""
    assert 1.0 == figures["quotes"]


@pytest.fixture(scope="module")
def nara(demo_reading):
    """The counting events of the report of Nara, and how each was read."""
    annotation = json.loads((TESTS / "demo" / f"{NARA}.json").read_text("utf-8"))
    golds = [Reading.of(event) for event in annotation["events"] if not event["optional"]]
    (line,) = [line for line in demo_reading[0] if NARA in line["source"]]
    reads = [Reading.of(event) for event in line["events"]]
    pairs = pair(golds, reads)
    return [(gold, reads[pairs[i]] if i in pairs else None) for i, gold in enumerate(golds)]


@pytest.mark.parametrize(("measure", "floor"), floors("nara"))
def test_floor_of_nara(nara, measure, floor):
    """As many of its events and facts are right as have been before."""
    right = {
        "events": sum(read is not None for _, read in nara),
        "facts": sum(sum(agreement(gold, read).values()) for gold, read in nara if read),
    }
    assert right[measure] >= floor


def test_every_event_of_nara(nara):
    """None of its counting events is missed."""
    assert [] == [gold.title for gold, read in nara if read is None]


def test_every_fact_of_nara(nara):
    """Each counting event has its status, time, host, place, occasion and people."""
    wrong = {gold.title: wrong_slots(gold, read) for gold, read in nara if read and wrong_slots(gold, read)}
    found = sum(sum(agreement(gold, read).values()) for gold, read in nara if read)
    assert ({}, sum(gold.facts for gold, _ in nara)) == (wrong, found)
