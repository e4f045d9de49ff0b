"""Whatever the text, reading does not crash, cites exactly, repeats itself, and takes time in proportion."""

import hashlib
import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.extract import extract
from diplograph.sources.draft import Draft

TESTS = Path(__file__).resolve().parents[1]
ARTICLES = [path.read_text("utf-8") for path in sorted((TESTS / "gold").glob("*.txt"))]
STRANGE = [
    "\u202e",
    "\u200b",
    "\u2066",
    "\ufeff",
    "\u0301",
    "\x00",
    "\u2028",
    "\r",
    "\t",
    "“",
    "—",
    "𝒦",
    "İ",
    "ﬁ",
    "'",
]
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))


def read(text, published=None):
    document = Draft(name="any", text=text, raw=text.encode("utf-8", "surrogatepass")).document(published)
    return document, extract(document)


def assert_sound(document, reports):
    for report in reports:
        assert report.source == document.id
        assert any(e.field == "event" for e in report.evidence)
        assert list(report.evidence) == sorted(report.evidence)
        for e in report.evidence:
            assert (e.quote, True) == (document.text[e.start : e.end], bool(e.quote))
        assert 0 <= report.confidence <= 1
        assert len(set(report.facts.states)) == len(report.facts.states) >= 1
        if report.facts.type == "visit":
            assert {report.facts.host, *report.facts.guests} == set(report.facts.states)
    ids = [report.id for report in reports]
    assert sorted(set(ids)) == sorted(ids)
    assert reports == extract(document)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=400).filter(str.strip), DAYS)
def test_any_text(text, published):
    """Any Unicode text is read without a crash."""
    assert_sound(*read(text, published))


WORDS = st.sampled_from(
    "Lee Ishiba Tokyo Seoul Japan Georgia Turkish president Prime Minister met visits will not to and the of "
    "in "
    "on with his counterpart summoned ambassador talks visit cancelled if Monday May 2025-13-40 31 February "
    "G20 ' ’s “ ” ( ) , . ; : — - \n\n the two leaders who which between sides agreement signed".split(" ")
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join).filter(str.strip), DAYS)
def test_any_order_of_telling_words(text, published):
    """The words of diplomacy in any order are read without a crash."""
    assert_sound(*read(text, published))


@st.composite
def mutated(draw):
    """A gold article cut, glued to another, repeated, and sprinkled with strange signs."""
    one, two = draw(st.sampled_from(ARTICLES)), draw(st.sampled_from(ARTICLES))
    start = draw(st.integers(0, len(one)))
    text = one[start : start + draw(st.integers(1, 1500))]
    glue = draw(st.sampled_from(["", " ", "\n\n", "\n"]))
    text = text + glue + two[: draw(st.integers(0, 800))]
    text = text * draw(st.integers(1, 2))
    for at, sign in draw(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(STRANGE)), max_size=12)):
        place = int(at * len(text))
        text = text[:place] + sign + text[place:]
    return text


@settings(max_examples=50, deadline=None)
@given(mutated().filter(str.strip), DAYS)
def test_mutated_articles(text, published):
    """A damaged article is read without a crash, and its quotes are exact."""
    assert_sound(*read(text, published))


def test_gold_articles_are_read_soundly():
    """All articles of the gold set give sound reports."""
    for text in ARTICLES:
        assert_sound(*read(text))


PASSAGE = (
    "On Monday the Deputy Prime Minister and Foreign Minister of Belgium, Maxime Prevot, will not visit "
    "Georgia, Japan’s ambassador to the Holy See said, if the two leaders or his Turkish counterpart refuse "
    "to meet with King Abdullah II of Jordan on the sidelines of the G20 summit in Johannesburg (as in 2019)"
)


def test_a_text_may_end_anywhere():
    """A passage cut after any word, from either side, is read without a crash."""
    words = PASSAGE.split()
    for k in range(1, len(words)):
        assert_sound(*read(" ".join(words[:k])))
        assert_sound(*read(" ".join(words[k:])))


def fingerprint():
    told = [repr(extract(Draft(name="a", text=text, raw=b"").document())) for text in ARTICLES[::4]]
    return hashlib.sha256("".join(told).encode()).hexdigest()


def test_the_seed_of_hashes_does_not_matter():
    """Two processes with different seeds read the same."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); "
        "import test_hostile_reading as t; print(t.fingerprint())"
    )
    found = {fingerprint()}
    for seed in ("1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout.strip())
    assert 1 == len(found)


def cpu(text):
    """The least CPU time of three readings."""
    times = []
    for _ in range(3):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def test_time_is_in_proportion_to_length():
    """Four times the text takes at most eight times as long; a repeated article no longer than that."""
    few, many = "\n\n".join(ARTICLES[:10]), "\n\n".join(ARTICLES[:40])
    read(few)
    assert cpu(many) <= 2 * len(many) / len(few) * cpu(few)
    assert cpu("\n\n".join([few] * 4)) <= 8 * cpu(few)


def test_time_of_one_sentence_is_in_proportion_to_its_length():
    """A sentence twice as long takes less than three times as long."""
    one = "Lee met Ishiba in Tokyo and " * 150 + "left."
    read(one)
    assert cpu("Lee met Ishiba in Tokyo and " * 300 + "left.") <= 3 * cpu(one)


def test_long_lines_without_ends():
    """A text of one endless sentence, and one of brackets and quotes, cost no more than many articles."""
    usual = cpu("\n\n".join(ARTICLES))
    rng = random.Random(1)
    words = (
        "President Lee met Prime Minister Ishiba and the Turkish foreign minister of Japan in Tokyo".split()
    )
    for text in (
        " ".join(rng.choice(words) for _ in range(3000)),
        "((“" * 3000,
        "and " * 5000,
        "U.S. " * 3000,
    ):
        start = time.process_time()
        read(text, date(2025, 9, 10))
        assert time.process_time() - start < 10 * usual
