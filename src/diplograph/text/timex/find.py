"""Finds the times of a sentence: a cheap look for words of time, then tokens, grammar and rules."""

from __future__ import annotations

from datetime import date
from functools import cache

import ahocorasick_rs

from diplograph.text import language
from diplograph.text.timex.grammar import MASTER, RULES
from diplograph.text.timex.mention import TimeContext, TimeMention
from diplograph.text.timex.scene import Scene
from diplograph.text.timex.tokens import lexicon, read

# Words that mean a time in small letters too; months and weekdays only count with a capital.
_SMALL = frozenset("STPJKNRjGQgsd")
_CAPITAL = _SMALL | frozenset("MmWwv")


@cache
def _triggers(code: str = "en") -> ahocorasick_rs.AhoCorasick:
    """Any string without which no rule can match."""
    words = {word.rstrip("."): letter for word, (letter, _) in lexicon(code).items() if letter in _CAPITAL}
    names = [name.split()[0].title() for name in language.table(code)["holidays"]]
    small = [word for word, letter in words.items() if letter in _SMALL or len(word) > 5]
    forms = [form for word in words for form in (word.title(), word.upper())]
    return ahocorasick_rs.AhoCorasick(sorted({*"0123456789", *names, *small, *forms}))


def find(
    text: str, start: int, end: int, published: date | None, *, context: TimeContext | None = None
) -> list[TimeMention]:
    """The times that a sentence tells.

    Args:
        text: The whole text.
        start: Offset of the sentence.
        end: Offset behind it.
        published: Day of publication, from which "Friday" and "in August" count; None if unknown.
        context: What earlier sentences told, from which "the next day" counts.

    Returns:
        Mentions in order, without overlap. Values are never finer than the words; what nothing fixes is
        there with its phrase and without a value.
    """
    if not _triggers().find_matches_as_indexes(text[start:end]):
        return []
    tokens = read(text, start, end)
    scene = Scene(tokens, published, context or TimeContext())
    for match in MASTER.finditer(tokens.classes):
        name = match.lastgroup
        if name is None:
            continue
        for mention in RULES[name](scene, match.start(), match.end()):
            scene.add(mention)
    return scene.found
