"""Texts made to hurt: cut, glued, repeated, in one line, with characters that nobody sees; all are read.

The long form of these tests is ``benchmarks/soak_reading.py``.
"""

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import ARTICLES, MUTATIONS, mutated, sound

from diplograph.extract import extract
from diplograph.pipeline import Task, Told
from diplograph.sources import Draft

DATA = Path(__file__).resolve().parents[2] / "data"


def read(text):
    document = Draft(name="any", text=text, raw=b"").document()
    return document, extract(document)


@pytest.mark.parametrize("kind", sorted(MUTATIONS))
def test_each_mutation(kind):
    """Each way of damaging articles is survived, with exact quotes."""
    rng = random.Random(kind)
    for _ in range(6):
        text = MUTATIONS[kind](rng.choice(ARTICLES), rng)
        if text.strip():
            sound(*read(text))


@given(st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_several_mutations_at_once(seed):
    """Articles damaged in several ways at once are survived."""
    text = mutated(random.Random(seed))
    if text.strip():
        sound(*read(text))


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_characters(text):
    """Any characters at all, half ones and controls among them, are read or refused in words."""
    draft = Draft(name="any", text=text, raw=text.encode("utf-8", "surrogatepass"))
    task = Task(extractor=extract)
    told = task(draft)
    if isinstance(told, Told):
        sound(told.document, told.reports)
        told.document.text.encode()
    else:
        assert "please report" not in str(told.reason)


@pytest.mark.parametrize("invisible", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\u2060", "\u200d"])
def test_invisible_characters_reach_no_label(invisible):
    """A text sprinkled with invisible characters is read, and none of them gets into a name."""
    for text in ARTICLES[:12]:
        words = text.split(" ")
        words[1::7] = [invisible + word for word in words[1::7]]
        document, reports = read(" ".join(words))
        sound(document, reports)
        named = [p.name for r in reports for p in r.facts.participants]
        named += [r.facts.place.name for r in reports if r.facts.place]
        assert not [name for name in named if invisible in name]


def words_of(value):
    """Every word in a table of the language."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {value} if isinstance(value, str) else {word for one in inside for word in words_of(one)}


LANGUAGE = [tomllib.loads(path.read_text("utf-8")) for path in sorted((DATA / "language").glob("en*.toml"))]
WORDS = sorted(word for word in words_of(LANGUAGE) if word.strip() and len(word) < 30)


def test_each_known_word_ends_a_text():
    """Each word that the reader looks for is read where nothing follows it."""
    for word in WORDS:
        sound(*read(f"Lee met his {word}"))


@pytest.mark.parametrize("text", ["neighbor", "his neighbor", "Japan's neighbour"])
def test_texts_that_once_broke_the_reader(text):
    """What the long tests found stays mended."""
    sound(*read(text))


def test_everything_in_one_line():
    """Many articles in one line are read as they would be in many."""
    text = " ".join(" ".join(article.split()) for article in ARTICLES)[:60_000]
    document, reports = read(text)
    sound(document, reports)

    assert len(reports) > 30
