"""Whether what a date belongs to lies behind or ahead, from the verbs around it.

``direction`` takes tokens and the place of a date among them and gives ``past``, ``future`` or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import Literal

from diplograph.text import language
from diplograph.text.timex.tokens import Tokens

Direction = Literal["past", "future"] | None

_OWNERS = frozenset({"his", "her", "their", "its"})
_REACH = 60
_REPORTING_GAP = 3


@dataclass(frozen=True, slots=True)
class _Verbs:
    future: frozenset[str]
    past: frozenset[str]
    reporting: frozenset[str]
    timetable: frozenset[str]
    not_past: frozenset[str]
    done_infinitive: frozenset[str]
    deferring: frozenset[str]
    noun_before: frozenset[str]
    proposing: frozenset[str]
    agreeing: frozenset[str]


@cache
def _verbs(code: str = "en") -> _Verbs:
    table = language.table(code)["tense"]
    names = [field.name for field in fields(_Verbs)]
    return _Verbs(*(frozenset(table[name]) for name in names))


def direction(tokens: Tokens, first: int, behind: int) -> Direction:
    """The direction of the clause that tokens ``first`` to ``behind`` (exclusive) date.

    The nearest verb to the left decides; where there is none, as in "On Friday Yoon will meet", the first to
    the right.
    """
    if first and tokens.word(first - 1) == "for" and tokens.classes[behind : behind + 1] != "'":
        # "set for Friday", "invited for May", but "blamed for Friday's attack".
        return "future"
    left = range(first - 1, max(first - _REACH, 0) - 1, -1)
    right = range(behind, min(behind + _REACH, len(tokens.starts)))
    if (
        first > 1
        and tokens.word(first - 1) in _TOWARDS
        and any(tokens.word(at) in _verbs().deferring for at in left[:6])
    ):
        return "future"
    # Behind a date "to visit" is governed by a verb of its own, which says more.
    found = _first(tokens, left) or _first(tokens, (at for at in right if tokens.classes[at] != ">"))
    if found:
        return found
    bounded = first > 0 and tokens.word(first - 1) in ("until", "till", "through", "by")
    return "future" if bounded or _present(tokens, left) else None


def is_definite(tokens: Tokens, first: int) -> bool:
    """Whether "will" stands before a date: then even a month almost a year away lies ahead."""
    return any(tokens.word(at) in _DEFINITE for at in range(max(first - _NEAR, 0), first))


def _first(tokens: Tokens, places: Iterable[int]) -> Direction:
    for at in places:
        if tokens.classes[at] == ";":
            return None
        if (
            tokens.word(at) in ("following", "after")
            and at + 1 < len(tokens.starts)
            and tokens.word(at + 1) in _OWNERS
        ):
            return "past"
        found = _verb(tokens, at)
        if found:
            return found
    return None


def _present(tokens: Tokens, places: Iterable[int]) -> bool:
    for at in places:
        if tokens.classes[at] == ";":
            return False
        if tokens.classes[at] == "x" and tokens.word(at) in _PRESENT:
            return True
    return False


_RELATIVE = frozenset({"is", "are", "was", "were"})
_NEAR = 15
_DEFINITE = ("will", "shall", "ll")
_TOWARDS = ("until", "till", "to", "through")
_PRESENT = frozenset({"is", "are", "has", "have", "be"})


def _verb(tokens: Tokens, at: int) -> Direction:
    """The direction of the word at a place, if it is a verb that has one."""
    if at not in tokens.tenses:
        tokens.tenses[at] = _read_verb(tokens, at)
    return tokens.tenses[at]


def _read_verb(tokens: Tokens, at: int) -> Direction:
    letter = tokens.classes[at]
    verbs = _verbs()
    if letter == ">":
        return _infinitive(tokens, at, verbs)
    if letter not in "xebi":
        return None
    word = tokens.word(at)
    if word == "since":
        return "past"
    if word in _RELATIVE and _follows_to(tokens, at):
        return "future"
    if word == "due" and _follows_to(tokens, at) and _infinitive(tokens, at + 1, verbs) is None:
        # "due to the war" gives a cause, "due to arrive" a time.
        return None
    if word in verbs.future:
        return "future" if not _capitalised(tokens, at) else None
    if word in verbs.timetable:
        return "future" if _is_verb(tokens, at, verbs) else None
    if word in verbs.proposing and at + 1 < len(tokens.starts) and tokens.word(at + 1) == "that":
        return "future"
    if _is_past(tokens, at, word, verbs):
        return _governed(tokens, at, verbs)
    return None


def _is_verb(tokens: Tokens, at: int, verbs: _Verbs) -> bool:
    """Whether "signs" or "visits" is said of somebody, and no noun."""
    if at == 0:
        return False
    return tokens.classes[at - 1] in "x)\",'JKNR" and tokens.word(at - 1) not in verbs.noun_before


def _governed(tokens: Tokens, at: int, verbs: _Verbs) -> Direction:
    """A participle behind "will be" or "to be" lies ahead."""
    for back in range(at - 1, max(at - 4, -1), -1):
        word = tokens.word(back)
        if word in verbs.future or (
            word == "be" and back and tokens.word(back - 1) in ("to", "will", "would")
        ):
            return "future"
        if tokens.classes[back] != "x":
            break
    return "past"


def _is_past(tokens: Tokens, at: int, word: str, verbs: _Verbs) -> bool:
    if word in verbs.past or word in verbs.reporting:
        return True
    if len(word) < 4 or not word.endswith("ed") or word in verbs.not_past or _capitalised(tokens, at):
        return False
    # "a proposed meeting", "the planned visit": an adjective.
    return at == 0 or tokens.classes[at - 1] not in "tq'"


def _infinitive(tokens: Tokens, at: int, verbs: _Verbs) -> Direction:
    """Of "to visit": ahead, unless the verb that governs it is done, as in "met to discuss"."""
    if at + 1 >= len(tokens.starts) or tokens.classes[at + 1] != "x":
        return None
    word = tokens.word(at + 1)
    if _capitalised(tokens, at + 1) or not _is_infinitive(word):
        return None
    for back in range(at - 1, max(at - 12, -1), -1):
        governor = tokens.word(back)
        if governor in verbs.future or governor in _RELATIVE:
            return "future"
        if governor in verbs.done_infinitive:
            return "past"
        if governor in verbs.agreeing:
            return "future"  # "had agreed to meet in September"
    return "future"


@cache
def _infinitives(code: str = "en") -> frozenset[str]:
    return frozenset(language.table(code)["tense"]["infinitives"])


def _is_infinitive(word: str) -> bool:
    return word in _infinitives()


def _follows_to(tokens: Tokens, at: int) -> bool:
    return at + 1 < len(tokens.starts) and tokens.classes[at + 1] == ">"


_UPPER = re.compile(r"[A-ZÀ-Þ]")


def _capitalised(tokens: Tokens, at: int) -> bool:
    return at > 0 and bool(_UPPER.match(tokens.text, tokens.starts[at]))
