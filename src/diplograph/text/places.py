"""Places of a sentence: cities, venues, capitals, states, each with the preposition that governs it.

Takes a ``Line`` whose known names are found; gives its places.
"""

from __future__ import annotations

from collections.abc import Iterable

from diplograph.knowledge import gazetteer, grammar
from diplograph.knowledge.grammar import Grammar
from diplograph.text import mentions
from diplograph.text.actors import ADJECTIVE_KINDS, STATE_KINDS, Place
from diplograph.text.lines import Line
from diplograph.text.sentences import Sentence
from diplograph.text.tokens import Tokens


def find(line: Line, text: str, known: Grammar) -> list[Place]:
    """Every known place of a sentence: cities, regions, venues, capitals and states."""
    found = []
    book = gazetteer.load().places
    for k, (end, hit) in line.hits.items():
        place = _meant(hit, line)
        state = hit.meaning("capital", "seat", "state", "weak-state", "metonym") or (
            book[place].state if place else None
        )
        if (
            state is None
            or hit.meaning("person")
            or (hit.meaning("state") is None and _part_of_a_name(line, k, end))
        ):
            continue
        surface = text[hit.start : hit.end]
        found.append(
            Place(
                k,
                end,
                hit.start,
                hit.end,
                surface,
                _preposition(line.tokens, k, known),
                place,
                state,
                capital=hit.meaning("capital", "seat", "metonym") is not None,
            )
        )
    return sorted([*found, *_capitals(line, known)], key=lambda p: p.i)


def of_dateline(text: str, sentences: Iterable[Sentence]) -> Place | None:
    """The place in which a text is dated: "CANBERRA, Sept. 10 --"; what "here" means in it."""
    dated = next((s for s in sentences if s.dateline_end), None)
    book = gazetteer.load().places
    for hit in mentions.find(text[dated.start : dated.dateline_end]) if dated else ():
        slug = hit.meaning("place")
        state = hit.meaning("capital", "seat") or (book[slug].state if slug else None)
        if state and dated:
            start, end = dated.start + hit.start, dated.start + hit.end
            name = text[start:end].title() if text[start:end].isupper() else text[start:end]
            return Place(0, 0, start, end, name, "in", slug, state, capital=True)
    return None


def _meant(hit: mentions.Hit, line: Line) -> str | None:
    """Of towns of one name the one in a state that the sentence tells of, else the most prominent."""
    slugs = [id_ for kind, id_ in hit.meanings if kind == "place"]
    if len(slugs) < 2:
        return slugs[0] if slugs else None
    told = {other.meaning(*STATE_KINDS, *ADJECTIVE_KINDS) for _, other in line.hits.values()}
    book = gazetteer.load().places
    return next((slug for slug in slugs if book[slug].state in told), slugs[0])


def _capitals(line: Line, known: Grammar) -> list[Place]:
    """Capitals told by a nationality: "the Turkish capital"."""
    found = []
    states = gazetteer.load().states
    for k, (end, hit) in line.hits.items():
        state = hit.meaning("adjective")
        if (
            state
            and end < len(line.tokens)
            and line.tokens.lowers[end] == "capital"
            and states[state].capitals
        ):
            start, stop = line.tokens.starts[k], line.tokens.ends[end]
            found.append(
                Place(
                    k,
                    end + 1,
                    start,
                    stop,
                    states[state].capitals[0],
                    _preposition(line.tokens, k, known),
                    None,
                    state,
                    capital=True,
                )
            )
    return found


def _part_of_a_name(line: Line, k: int, end: int) -> bool:
    """Whether a town's name is part of a longer one: "Aden Adde International Airport"."""
    words, lowers = line.tokens.words, line.tokens.lowers
    after = words[end] if end < len(words) else ""
    before = words[k - 1] if k else ""
    neighbours = grammar.words("place_neighbours")
    fitting = lowers[end : end + 1] and (
        lowers[end] in neighbours or lowers[end] in grammar.words("place_words")
    )
    governed = lowers[k - 1] in ("in", "at", "from", "to") if k else False
    # "In Washington Lee met": a capital after a preposition may stand before somebody's name.
    capital = governed and line.hits[k][1].meaning("capital") is not None
    free = capital and end < len(words) and lowers[end] not in grammar.words("named_after")
    titled = after[:1].isupper() and end not in line.hits and not fitting and not free
    return titled or (
        before[:1].isupper()
        and k > 1
        and k - 1 not in line.hits
        and lowers[k - 1].isalpha()
        and len(before) > 2
        and lowers[k - 1] not in neighbours
    )


def _preposition(tokens: Tokens, k: int, known: Grammar) -> str:
    """The place preposition that governs a word, across its determiner and capitalised words of a venue."""
    k -= 1
    while k >= 0 and (tokens.lowers[k] in known.words["determiners"] or _describes(tokens, k, known)):
        k -= 1
    return tokens.lowers[k] if k >= 0 and tokens.lowers[k] in known.words["place_prepositions"] else ""


def _describes(tokens: Tokens, k: int, known: Grammar) -> bool:
    """Whether a word belongs to what describes a place: "the southern port city of"."""
    lowers, sorts = tokens.lowers, known.words["place_words"]
    if lowers[k] in sorts or not k:
        return lowers[k] in sorts
    before = lowers[k - 1]
    return (lowers[k] == "of" and before in sorts) or (
        lowers[k + 1] in sorts and tokens.words[k][:1].isupper() and before in ("the", "a")
    )


def mark_appositions(line: Line) -> None:
    """In "in Johannesburg, South Africa" the state is where the town lies, and no party."""
    behind = {place.j: place.preposition for place in line.places if place.preposition}
    for actor in line.actors:
        if (
            actor.kind == "state"
            and actor.i
            and line.tokens.lowers[actor.i - 1] == ","
            and actor.i - 1 in behind
        ):
            actor.preposition = behind[actor.i - 1]
