"""Tells whether two spellings may name one person of one state.

``alike(names, surname, other)`` takes names as their sources write them; gives yes or no.
Sources transliterate as they like, so tokens are compared as written, by likeness, and by their consonants.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

_SKIPPED = frozenset(
    "sir dame lord lady dr gen general maj lt col colonel brig adm field marshal king queen prince princess "
    "crown emperor sultan emir amir sheikh sheik shaykh shah ratu tun tan tunku tuanku datuk sri seri dato "
    "president prime minister premier chancellor foreign the of mr mrs ms jr sr junior lyonpo ayatollah "
    "al el bin ibn ben abu bu de da das do dos del della der den di du la le les van von ten ter y e "
    "ii iii iv vi vii viii maharaj mullah u daw fra military junta".split()
)
_SOUNDS = (
    ("sch", "s"), ("tch", "s"), ("dj", "j"), ("dzh", "j"), ("kh", "k"), ("gh", "g"), ("ch", "s"), ("sh", "s"),
    ("zh", "j"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("ts", "s"), ("tz", "s"), ("q", "k"),
    ("c", "k"), ("x", "s"), ("z", "s"), ("w", "v"), ("g", "j"), ("b", "p"), ("d", "t"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name that can tell people apart."""
    words = tables.slug(name.replace("_", " ").replace(".", " ")).split("-")
    return tuple(word for word in words if len(word) > 1 and word not in _SKIPPED)


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The word with sounds that transliterations mix up made one, and without vowels."""
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    bare = re.sub(r"[aeiouyh]", "", word)
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=262144)
def sound_alike(one: str, other: str) -> bool:
    """Whether two words may be spellings of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    if min(len(one), len(other)) > 4 and consonants(one) == consonants(other) and len(consonants(one)) > 1:
        return True
    return difflib.SequenceMatcher(None, one, other).ratio() >= 0.82


def alike(names: Iterable[str], surname: str, other: str) -> bool:
    """Whether a person called ``names`` may be the ``other`` of a source.

    The surname must be met, or two other words; a first name alone suffices where the source has nothing
    else, as it is with princes and in states where people go by it.
    """
    theirs = tokens(other)
    if not theirs:
        return False
    squeezed = "".join(theirs)
    for name in names:
        ours = tokens(name)
        met = [word for word in ours if any(sound_alike(word, their) for their in theirs)]
        if len(met) > 1 or (met and len(ours) == 1) or "".join(ours) == squeezed:
            return True
        if any(word in tokens(surname) for word in met):
            return True
        if met and (met[0] == ours[-1] or len(theirs) == 1):
            return True
    return False
