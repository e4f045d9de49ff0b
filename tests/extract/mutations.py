"""Ways of damaging an article, and what must hold whatever the damage; shared by tests and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from diplograph.model import Document, Report

TESTS = Path(__file__).resolve().parents[1]
ARTICLES = [path.read_text("utf-8") for path in sorted((TESTS / "gold").glob("*.txt"))]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
STRANGE = "\x00\x07\x1b\u0301\u0338\u2028\u2029\x0b\x0c\x85\ufffd\ufffe\U000e0041İıſﬁǆK…“”‘’«»—–‐-"


def _places(text: str, rng: random.Random, number: int) -> list[int]:
    return sorted((rng.randrange(len(text) + 1) for _ in range(number)), reverse=True)


def sprinkle(signs: str, share: float) -> Callable[[str, random.Random], str]:
    """Puts signs between the characters of a share of a text."""

    def mutate(text: str, rng: random.Random) -> str:
        for at in _places(text, rng, int(len(text) * share) + 1):
            text = text[:at] + rng.choice(signs) + text[at:]
        return text

    return mutate


def cut(text: str, rng: random.Random) -> str:
    """A piece of the text, which may begin and end in mid-word."""
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return text[start:end]


def glue(text: str, rng: random.Random) -> str:
    """Two halves of two articles, with something or nothing between them."""
    other = rng.choice(ARTICLES)
    between = rng.choice(["", " ", "\n", "\n\n", ".", ",", " and "])
    return text[: rng.randrange(len(text))] + between + other[rng.randrange(len(other)) :]


def repeat(text: str, rng: random.Random) -> str:
    """A piece of the text again and again."""
    piece = cut(text, rng)[:400] or "x"
    return piece * rng.randrange(2, 12)


def shuffle(text: str, rng: random.Random) -> str:
    """The words in another order."""
    words = text.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def unpunctuated(text: str, _rng: random.Random) -> str:
    """One sentence without end."""
    return "".join(sign for sign in text if sign.isalnum() or sign.isspace())


def one_line(text: str, _rng: random.Random) -> str:
    """No line end."""
    return " ".join(text.split())


def no_spaces(text: str, rng: random.Random) -> str:
    """Blanks lost here and there, as in texts taken from PDF."""
    return "".join(sign for sign in text if sign != " " or rng.random() < 0.7)


def narrow(text: str, rng: random.Random) -> str:
    """Set in a column a few words wide."""
    words = text.split()
    width = rng.randrange(1, 6)
    return "\n".join(" ".join(words[n : n + width]) for n in range(0, len(words), width))


def upper(text: str, _rng: random.Random) -> str:
    """All in capitals."""
    return text.upper()


def lower(text: str, _rng: random.Random) -> str:
    """All in small letters."""
    return text.lower()


def quotes(text: str, rng: random.Random) -> str:
    """Quotation marks and brackets that open and do not close."""
    return sprinkle("“”\"'()[]«»", 0.02)(text, rng)


def dates(text: str, rng: random.Random) -> str:
    """Numbers and days that there are not."""
    bad = [
        "Feb. 31",
        "0/0/0000",
        "9999999999",
        "May 3-2",
        "25:61",
        "13th of never",
        "1,2,3,4",
        "in 10000 years",
    ]
    words = text.split(" ")
    for at in _places(" " * len(words), rng, 12):
        words.insert(at, rng.choice(bad))
    return " ".join(words)


MUTATIONS: Mapping[str, Callable[[str, random.Random], str]] = {
    "cut": cut,
    "glue": glue,
    "repeat": repeat,
    "shuffle": shuffle,
    "unpunctuated": unpunctuated,
    "one line": one_line,
    "no spaces": no_spaces,
    "narrow": narrow,
    "upper": upper,
    "lower": lower,
    "quotes": quotes,
    "dates": dates,
    "invisible": sprinkle(INVISIBLE, 0.03),
    "strange": sprinkle(STRANGE, 0.02),
    "full stops": sprinkle(".!?:;", 0.03),
    "line ends": sprinkle("\n", 0.02),
}


def mutated(rng: random.Random) -> str:
    """An article damaged in up to four ways."""
    text = rng.choice(ARTICLES)
    for kind in rng.sample(sorted(MUTATIONS), rng.randrange(1, 5)):
        text = MUTATIONS[kind](text, rng)[:20_000] or "x"
    return text


def sound(document: Document, reports: tuple[Report, ...]) -> None:
    """What holds of every reading.

    Raises:
        AssertionError: If a quote is not exact, or a report is at odds with itself.
    """
    for report in reports:
        assert report.source == document.id
        assert any(evidence.field == "event" for evidence in report.evidence)
        for evidence in report.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote != ""
        assert 0 <= report.confidence <= 1
        assert len(set(report.facts.states)) == len(report.facts.states) >= 1
        when = report.facts.when
        assert when.start is None or (when.earliest_start() <= when.latest_end())
    assert len({report.id for report in reports}) == len(reports)
