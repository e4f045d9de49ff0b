"""The demo corpus is what its README says: dated, sourced, in our own words, and annotated to the letter."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted(path for path in (ROOT / "data" / "articles").glob("*.md") if path.stem != "README")
SEED = ROOT.parent / "shared" / "seed"
FIELDS = ["title", "published", "publisher", "license", "sources"]
TYPES = {"visit", "meeting", "call", "agreement", "tension", "statement-of-intent", "other"}


def parts(path):
    """The front matter as a dictionary, and the text."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines()), body.strip()


def annotation(path):
    return json.loads((ROOT / "tests" / "demo" / f"{path.stem}.json").read_text("utf-8"))


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def test_every_article_is_annotated():
    """Articles and annotations go together by name."""
    annotated = sorted(path.stem for path in (ROOT / "tests" / "demo").glob("*.json"))
    assert annotated == [path.stem for path in ARTICLES]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_front_matter(path):
    """Each article says when it was published, by whom, under what licence and where its facts come from."""
    head, text = parts(path)
    assert FIELDS == list(head)
    assert date.fromisoformat(path.stem[:10]) == date.fromisoformat(head["published"])
    assert ("diplograph demo desk", "CC0-1.0") == (head["publisher"], head["license"])
    assert head["sources"].split("; ")
    assert 120 <= len(words(text)) <= 320


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_annotation(path):
    """Each annotated event quotes the article exactly and keeps the rules of its type."""
    head, text = parts(path)
    gold = annotation(path)
    assert head["published"] == gold["published"]
    for event in gold["events"]:
        assert event["quote"] in text
        assert event["type"] in TYPES
        assert all(re.fullmatch("[A-Z]{3}", state) for state in event["states"])
        if event["type"] == "visit":
            assert ([event["states"][0]], event["states"][1]) == (event["guests"], event["host"])
        else:
            assert event["guests"] == []
        if event["type"] not in {"visit", "meeting"}:
            assert event["host"] is None
        assert not event["end"] or event["start"] <= event["end"]


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies outside the repository")
def test_the_retold_report_copies_no_wording():
    """No five words in a row of the seed article stand in the report that retells it."""
    seed = words((SEED / "article.txt").read_text("utf-8"))
    taken = {tuple(seed[i : i + 5]) for i in range(len(seed) - 4)}
    own = words(parts(ARTICLES[-1])[1])
    assert [] == [own[i : i + 5] for i in range(len(own) - 4) if tuple(own[i : i + 5]) in taken]


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies outside the repository")
def test_the_retold_report_has_all_facts_of_the_seed():
    """The last report is annotated with the same events, times, places and people as the seed article."""

    def facts(event):
        people = sorted((p["name"], p["state"]) for p in event["participants"])
        fields = [
            "type",
            "status",
            "states",
            "host",
            "guests",
            "place",
            "start",
            "end",
            "occasion",
            "issues",
            "optional",
        ]
        return json.dumps([people, *(event[field] for field in fields)])

    seed = json.loads((SEED / "article.json").read_text("utf-8"))["events"]
    assert sorted(map(facts, seed)) == sorted(map(facts, annotation(ARTICLES[-1])["events"]))
