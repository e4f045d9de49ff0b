"""On what occasion states met: a gathering that the gazetteer knows, or one that the text names.

Takes a line, a cue and the text; gives an ``Occasion`` with the offsets that tell it.
"""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.knowledge import gazetteer, grammar
from diplograph.model import Occasion
from diplograph.text.lines import Line

_REACH = 25
"""How many words may stand between a cue and the name of its occasion."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A gathering named in a sentence: its words from ``i`` to ``j``, and its series where known."""

    i: int
    j: int
    series: str | None


def occasion(line: Line, head: int, text: str) -> tuple[Occasion, int, int, bool] | None:
    """The gathering that a cue belongs to: (occasion, start, end, whether only on its sidelines)."""
    nearest: tuple[int, _Named, bool] | None = None
    for named in [*_known(line), *_phrases(line)]:
        if named.series is None and named.i <= head < named.j:
            continue
        before = line.tokens.lowers[max(0, named.i - 6) : named.i]
        margins = bool(grammar.words("margins") & set(before))
        if not margins and not grammar.words("attending") & set(before[-4:]):
            continue
        distance = abs(named.i - head) - (10 if margins else 0) + (0 if named.series else 5)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, named, margins)
    if nearest is None or nearest[0] > _REACH:
        return None
    _, named, margins = nearest
    start, end = line.tokens.starts[named.i], line.tokens.ends[named.j - 1]
    return Occasion(name=text[start:end], id=named.series), start, end, margins


def _known(line: Line) -> list[_Named]:
    """The gatherings that the gazetteer knows."""
    found = []
    for k, (end, hit) in line.hits.items():
        if (series := hit.meaning("series", "gathering")) and not hit.meaning("place"):
            found.append(_Named(k, end, series))
    return found


def _phrases(line: Line) -> list[_Named]:
    """Noun phrases that name a gathering: "the Berlin Conference", "a conference on Afghanistan"."""
    heads, known = (
        grammar.words("gathering_nouns"),
        {k for k in line.hits if line.hits[k][1].meaning("series")},
    )
    found = []
    for k, word in enumerate(line.tokens.lowers):
        standing = word in grammar.words("standing_bodies")
        if (word not in heads and not standing) or k in known:
            continue
        start, end = _first_word(line, k), _last_word(line, k)
        capitals = sum(1 for n in range(start, k) if line.tokens.words[n][:1].isupper())
        named = (capitals and line.tokens.words[k][:1].isupper()) or (end > k + 1 and _topical(line, k))
        # What two states hold every year has a name of its own: "the U.S.-Croatia Strategic Dialogue".
        if named and _bilateral(line, start, k) <= standing and (word in heads or _joint(line, start, k)):
            found.append(_Named(start, end, None))
    return found


def _joint(line: Line, start: int, head: int) -> bool:
    """Whether a committee is one of two states: "the U.S.-Japan Consultative Committee"."""
    return _bilateral(line, start, head) or "joint" in line.tokens.lowers[start:head]


def _first_word(line: Line, head: int) -> int:
    """Where the capitalised words before a head noun begin: "9th session of the Heart of Asia" aside."""
    k = head
    while k and (
        line.tokens.words[k - 1][:1].isupper() or line.tokens.words[k - 1] in ("-", "of", "on", "for", "&")
    ):
        if (
            line.tokens.lowers[k - 1] in grammar.words("prepositions")
            and line.tokens.words[k - 1][:1].isupper()
        ):
            break
        k -= 1
    while k < head and not line.tokens.words[k][:1].isupper():
        k += 1
    return k


def _last_word(line: Line, head: int) -> int:
    """Where the topic after a head noun ends: "on Afghanistan", "of the Arctic Council"."""
    words, k = line.tokens.words, head + 1
    if k + 1 >= len(words) or line.tokens.lowers[k] not in ("on", "of", "for"):
        return k
    after = k + 2 if line.tokens.lowers[k + 1] == "the" else k + 1
    if line.tokens.lowers[after : after + 1] and line.tokens.lowers[after] in grammar.words("not_names"):
        return k
    end = after
    while end < len(words) and (
        words[end][:1].isupper() or (end > after and words[end] in ("and", "of", "-"))
    ):
        end += 1
    return end if end > after else k


def _topical(line: Line, head: int) -> bool:
    """Whether a lower-case noun names a gathering by what follows it, as funerals and conferences do."""
    return line.tokens.lowers[head] in grammar.words("topical_gatherings")


def _bilateral(line: Line, start: int, head: int) -> bool:
    """Whether the name is that of a meeting of two states: "the Japan-India Summit"."""
    states = {a.state for a in line.actors if start <= a.i < head and a.state}
    organised = any(
        line.hits[k][1].meaning("organisation", "series") for k in range(start, head) if k in line.hits
    )
    return len(states) > 1 and not organised


def gathering_id(series: str, year: int | None) -> str:
    """The one gathering of a series in a year, or the series itself where it is not known."""
    if year is None:
        return series
    book = gazetteer.load()
    if series in book.gatherings:
        return series
    found = book.gathering(series, year)
    return found.id if found else series
