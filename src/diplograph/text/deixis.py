"""Where "here", "there" and "the city" are: from the dateline and from the places told before.

Takes the lines of a document with their places; adds the places that such words mean to the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.knowledge import gazetteer, grammar
from diplograph.text.actors import Place
from diplograph.text.lines import Line


def settle(lines: Sequence[Line], dateline: Place | None) -> None:
    """Add to each line the places that it names by a deictic word."""
    deictic = {"here", "there"} | grammar.words("settlements")
    last: Place | None = dateline
    country = dateline.state if dateline else None
    for line in lines:
        words = enumerate(line.tokens.lowers)
        meant = [p for k, word in words if word in deictic and (p := _meant(line, k, dateline, last))]
        meant += _countries(line, country)
        country = _country_of(line) or country
        last = next((p for p in reversed(line.places) if p.preposition in ("in", "at", "to")), last)
        if meant:
            line.places = sorted([*line.places, *meant], key=lambda p: p.i)


def _meant(line: Line, k: int, dateline: Place | None, last: Place | None) -> Place | None:
    """The place that the word at ``k`` means, if it is deictic and the text tells which."""
    lowers = line.tokens.lowers
    if lowers[k] == "here" and dateline:
        return _at(line, k, k + 1, dateline)
    here = next((p for p in reversed(line.places) if p.i < k), last)
    if lowers[k] == "capital" and dateline and dateline.capital:
        here = dateline
    if here is None:
        return None
    if lowers[k] == "there" and not _existential(line, k):
        return _at(line, k, k + 1, here)
    settlement = lowers[k] in grammar.words("settlements") and lowers[k - 2 : k] in (
        ["in", "the"],
        ["at", "the"],
    )
    return _at(line, k, k + 1, here) if settlement and k > 1 and here.slug and not _named(line, k) else None


def _countries(line: Line, last: str | None) -> list[Place]:
    """What "to the country" means: the state that the text named last and that nobody here acts for."""
    lowers, tokens = line.tokens.lowers, line.tokens
    state = gazetteer.load().states.get(last or "")
    if state is None or any(a.state == last for a in line.actors):
        return []
    return [
        Place(k, k + 1, tokens.starts[k], tokens.ends[k], state.name, lowers[k - 2], None, state.id)
        for k in range(2, len(tokens))
        if lowers[k] in grammar.words("realms")
        and lowers[k - 1] == "the"
        and lowers[k - 2] in ("in", "to", "into")
    ]


def _country_of(line: Line) -> str | None:
    """The state that a sentence names last, as a place or as a state."""
    named = [(p.i, p.state) for p in line.places if p.state]
    named += [(a.i, a.state) for a in line.actors if a.kind == "state" and a.state]
    return max(named)[1] if named else None


def _existential(line: Line, k: int) -> bool:
    """Whether "there" only opens a sentence: "there were talks"."""
    return k + 1 < len(line.tokens) and line.tokens.lowers[k + 1] in grammar.words("auxiliaries")


def _named(line: Line, k: int) -> bool:
    """Whether the name follows: "in the city of Osaka"."""
    return line.tokens.lowers[k + 1 : k + 2] == ["of"] or any(p.i in (k, k + 1) for p in line.places)


def _at(line: Line, i: int, j: int, place: Place) -> Place:
    """A known place as words ``i`` to ``j`` mean it."""
    tokens = line.tokens
    return Place(
        i,
        j,
        tokens.starts[i],
        tokens.ends[j - 1],
        place.name,
        "in",
        place.slug,
        place.state,
        capital=place.capital,
    )
