"""Whether the name of a state is here the name of somebody or something else: Michael Jordan, Lake Chad.

Takes the words of a sentence with the known names in it; tells which hits do not mean what they could. Only
names that the gazetteer marks as ambiguous, and capitals, are ever doubted.
"""

from __future__ import annotations

from functools import cache

from diplograph.knowledge import gazetteer
from diplograph.knowledge.grammar import Grammar
from diplograph.text.mentions import Hit
from diplograph.text.tokens import Tokens

Hits = dict[int, tuple[int, Hit]]


def other_than_states(tokens: Tokens, hits: Hits, known: Grammar) -> set[int]:
    """The words at which a hit begins that names no state here."""
    doubted = {k for k in hits if _doubtful(tokens, hits[k]) and _is_other(tokens, hits, k, known)}
    return doubted | {k for k in hits if _goes_on(tokens, hits, k)}


def _goes_on(tokens: Tokens, hits: Hits, k: int) -> bool:
    """Whether a name that means a state only in its context goes on: "the South Ossetian"."""
    end, hit = hits[k]
    follows = end < len(tokens) and tokens.words[end][:1].isupper() and end not in hits
    return follows and hit.meaning("weak-state") is not None and tokens.lowers[k] == "the"


def _doubtful(tokens: Tokens, entry: tuple[int, Hit]) -> bool:
    hit = entry[1]
    capital = hit.meaning("capital") is not None
    return capital or (
        hit.meaning("state") is not None and hit.end - hit.start < 9 and _ambiguous(tokens, entry)
    )


def _ambiguous(tokens: Tokens, entry: tuple[int, Hit]) -> bool:
    end, hit = entry
    state = gazetteer.load().states.get(hit.meaning("state") or "")
    return state is not None and tokens.words[end - 1] in state.ambiguous


def _is_other(tokens: Tokens, hits: Hits, k: int, known: Grammar) -> bool:
    end, hit = hits[k]
    lowers, words = tokens.lowers, tokens.words
    before, after = (lowers[k - 1] if k else ""), (lowers[end] if end < len(words) else "")
    shapes = known.words["landforms"]
    if before in shapes or (after in shapes and words[end][:1].isupper()):
        return True
    if hit.meaning("state") and (lowers[max(0, k - 2) : k] in _PROVINCES or _part_of_the_us(tokens, hits, k)):
        return True
    return _part_of_a_name(tokens, hits, k, known)


_PROVINCES = [["governor", "of"], ["state", "of"]]


def _part_of_the_us(tokens: Tokens, hits: Hits, k: int) -> bool:
    """Whether a town of another state stands before it: "in Savannah, Georgia"."""
    if k < 2 or tokens.words[k - 1] != ",":
        return False
    town = next((hit for end, hit in hits.values() if end == k - 1), None)
    slug = town.meaning("place") if town else None
    return slug is not None and gazetteer.load().places[slug].state != hits[k][1].meaning("state")


def _part_of_a_name(tokens: Tokens, hits: Hits, k: int, known: Grammar) -> bool:
    """Whether a given name stands before it, or a surname after it."""
    words, lowers, end = tokens.words, tokens.lowers, hits[k][0]
    if k and words[k - 1].istitle() and k - 1 not in hits and lowers[k - 1] in _given_names():
        return True
    if not hits[k][1].meaning("state") or end >= len(words) or end in hits:
        return False
    follows = words[end].istitle() and words[end].isalpha() and lowers[end] not in known.words["not_names"]
    titled = lowers[end] in known.titles or words[end] in known.abbreviations
    return follows and not titled and lowers[k] in _given_names() | known.words["given_as_states"]


@cache
def _given_names() -> frozenset[str]:
    """Given names, folded: those of the office-holders whose given name stands first."""
    tenures = gazetteer.load().tenures.values()
    first = (t.name.split()[0].lower() for t in tenures if t.name_order == "given-first" and " " in t.name)
    return frozenset(name for name in first if len(name) > 2)
