"""Reads names that are spelt otherwise than the gazetteer spells them, or says that it cannot.

``people(known, name, on)`` gives the people whom a spelling can mean; ``states(known, words)`` the states.
Only sure readings are given: letters that stand for one sound must agree, and most others too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from diplograph.knowledge.names import HONORIFICS, key
from diplograph.knowledge.officetime import Day
from diplograph.knowledge.surfaces import of_person, of_state

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer

# Letters and groups that different ways of writing a language in Latin letters use for one sound, in order.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|schtsch|chtch|sch|sh|hs|x", "S"),
        (r"tsch|tch|cz|ch|(?<=i)c$|dzh|zh|dj|j|g(?=[ei])", "J"),
        (r"c(?=[eiy])|tz|ts|z|s", "s"),
        (r"kh|gh|ck|q|k|g|c|h(?!$)", "k"),
        (r"ph|bh|th|dh", lambda match: {"ph": "v", "bh": "b"}.get(match[0], "t")),
        (r"[fvw]", "v"),
        (r"[dt]", "t"),
        (r"[bp]", "p"),
        (r"[aeiouyh]", ""),
    )
)
_PARTICLES = frozenset(
    {"al", "el", "ad", "an", "ar", "as", "ash", "at", "bin", "ibn", "abu", "de", "von", "van"}
)
_ALIKE = (0.7, 0.55)  # of two words of one sound, this share of the letters must agree: of one, of several
_SURER = 0.1  # by so much one person must agree better than the next
_SPELT = 0.85  # and of two names of a state this share
_Sounds = Mapping[tuple[str, ...], frozenset[str]]
_heard: WeakKeyDictionary[Gazetteer, _Sounds] = WeakKeyDictionary()


def people(known: Gazetteer, name: str, on: Day | None = None) -> tuple[str, ...]:
    """The slugs of the people whom a spelling can mean: one, or none where it is not sure.

    Args:
        known: The gazetteer.
        name: A full name, or a surname if a day is given.
        on: Only those in office on that day.
    """
    words = _words(name)
    if not words or (len(words) == 1 and on is None):
        return ()
    needed = _ALIKE[len(words) > 1]
    agreeing = {
        person: max(_agreement(words, spelt) for spelt in _spellings(known, person, len(words)))
        for person in _sounds(known).get(_key(words), ())
        if known.tenures_of(person, on)
    }
    ranked = sorted(((share, person) for person, share in agreeing.items() if share >= needed), reverse=True)
    sure = ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _SURER)
    return (ranked[0][1],) if sure else ()


def states(known: Gazetteer, words: str) -> tuple[str, ...]:
    """The id of the one state whose name is nearly spelt so; nothing where several come near."""
    spelt = key(words)
    best: dict[str, float] = {}
    for name, state in _state_names(known):
        if spelt[:1] == name[:1] and abs(len(spelt) - len(name)) < 3:
            best[state] = max(best.get(state, 0.0), SequenceMatcher(None, spelt, name).ratio())
    near = [state for state, share in best.items() if share >= _SPELT]
    return tuple(near) if len(near) == 1 and len(spelt) > 4 else ()


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a word sounds, roughly: ``qadhafi``, ``gaddafi`` and ``kadafi`` are one."""
    heard = key(word).replace(" ", "")
    vowel = heard[:1] in "aeiouy"
    for pattern, letter in _SOUNDS:
        heard = pattern.sub(letter, heard)
    return ("a" if vowel else "") + re.sub(r"(.)\1+", r"\1", heard)


def _words(name: str) -> list[str]:
    words = key(name).split()
    return [word for word in words if word not in _PARTICLES and word not in HONORIFICS]


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(sound(word) for word in words))


def _agreement(words: list[str], other: list[str]) -> float:
    """The share of letters in which two names agree, in the word in which they agree least; 0 to 1."""
    if _key(words) != _key(other):
        return 0.0
    pairs = zip(sorted(words, key=sound), sorted(other, key=sound), strict=True)
    return min(SequenceMatcher(None, one, two).ratio() for one, two in pairs)


def _sounds(known: Gazetteer) -> _Sounds:
    """Sounds of the words of each name, and of each surname, → the people who are called so."""
    if known not in _heard:
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for tenure in known.tenures.values():
            for name in (*of_person(tenure), tenure.surname):
                found[_key(_words(name))].add(tenure.person)
        _heard[known] = {heard: frozenset(people) for heard, people in found.items()}
    return _heard[known]


def _spellings(known: Gazetteer, person: str, size: int) -> list[list[str]]:
    tenures = known.tenures_of(person)
    names = {name for tenure in tenures for name in (*of_person(tenure), tenure.surname)}
    return [words for name in sorted(names) if len(words := _words(name)) == size]


def _state_names(known: Gazetteer) -> Iterable[tuple[str, str]]:
    kinds = ("state", "adjective")
    for state in known.states.values():
        for surface in of_state(state):
            if surface.kind in kinds:
                yield key(surface.surface), state.id
