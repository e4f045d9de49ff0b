"""Sources that repeat each other are one voice, however a copy was cut, and whoever brings it out."""

import random

import pytest

from diplograph.consensus import merge
from diplograph.consensus.origins import copies, origins, voices
from made_reports import LEE, NARA, TOKYO, article, told

LINE = "The president arrived in the old capital on Tuesday for two days of talks with his host."


def visit(name, sentence=LINE, place=None, publisher=None):
    facts = told("visit", ("KOR", "JPN"), "2026-01-13", sentence, participants=(LEE,), place=place)
    document, (report,) = article(name, "2026-01-14", facts, publisher=publisher)
    return document.id, report


def read(*sentences):
    return [visit(f"paper {n}", sentence)[1] for n, sentence in enumerate(sentences)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (LINE, 1),
        (f"NARA, Jan. 13 (Agency) -- {LINE}", 1),
        (LINE.removesuffix(" for two days of talks with his host.") + ".", 1),
        (LINE.upper().replace(" ", "\n"), 1),
        (LINE.replace("arrived in", "reached"), 1),
        ("The president reached Nara for talks on Tuesday with the leader who grew up in that city.", 2),
    ],
)
def test_one_text_is_one_voice(other, expected):
    """A sentence with a dateline, cut short or set otherwise is the same; other words are another voice."""
    assert expected == voices(read(LINE, other))


def test_short_sentences_are_no_copies():
    """Few words are hit upon by chance."""
    assert 2 == voices(read("Lee visited Japan on Tuesday.", "Lee visited Japan on Tuesday."))


def test_copies_are_listed():
    """Who repeats whom is told in groups, through any number of steps and in any order."""
    reports = read(
        LINE, "Something else altogether was told by this one about the visit.", LINE, f"Seoul: {LINE}"
    )
    expected = tuple(sorted(reports[n].source for n in (0, 2, 3)))
    for seed in range(6):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert (expected,) == copies(shuffled)
        assert origins(reports) == origins(shuffled)


def test_copies_do_not_outvote_others():
    """Three papers that print one agency's text do not outweigh two that were there."""
    copied = [visit(f"copy {n}", f"{LINE} It was in Tokyo.", TOKYO, f"Paper {n}")[1] for n in range(3)]
    own = [
        visit("first", "Our reporter saw him step out of his car in Nara at noon on that day.", NARA)[1],
        visit("second", "He was in Nara by noon, said a shopkeeper who had waited for him there.", NARA)[1],
    ]
    (event,) = merge([*copied, *own])
    (decision,) = [d for d in event.decisions if d.field == "place"]

    assert ("agreement", "Nara") == (decision.rule, event.facts.place.name)
    assert 3 == len(decision.contradicting)


def test_copies_add_no_confidence():
    """What two copies say is as sure as what one says."""
    (alone,), (both,) = merge(read(LINE)), merge(read(LINE, f"NARA -- {LINE}"))

    assert 0.8 == alone.confidence == both.confidence
