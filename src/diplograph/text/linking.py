"""Reads who and where in every sentence of a document, and links surnames back to full names.

Takes a document's text and sentences; gives a ``Line`` per sentence (words, actors, places, known names)
and the ``Registry`` of the document's persons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from diplograph.knowledge import gazetteer, grammar
from diplograph.knowledge.grammar import Grammar
from diplograph.text import mentions
from diplograph.text.mentions import Hit
from diplograph.text.people import Registry, fold
from diplograph.text.phrases import ADJECTIVE_KINDS, STATE_KINDS, Actor, PhraseReader, Place
from diplograph.text.sentences import Sentence
from diplograph.text.tokens import Tokens, tokenize

_HEADS = frozenset({"head-of-state", "head-of-government", "leader"})


@dataclass(slots=True, eq=False)
class Line:
    """A sentence as the reader sees it.

    Attributes:
        hits: Token index → (token index after, hit) of every known name.
        actors: Phrases that can act, left to right.
        places: Places named, left to right.
        issues: Names of issues in the sentence.
        pair: The two of different states whom the text was telling of before this sentence.
    """

    index: int
    sentence: Sentence
    tokens: Tokens
    hits: dict[int, tuple[int, Hit]]
    actors: list[Actor] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    pair: tuple[Actor, ...] = ()
    issues: Sequence[Hit] = ()

    def actor_at(self, token: int) -> Actor | None:
        """The actor whose phrase covers a word."""
        return next((a for a in self.actors if a.i <= token < a.j), None)


def link(text: str, sentences: Iterable[Sentence], published: date | None) -> tuple[list[Line], Registry]:
    """Read all sentences, then link names between them."""
    known = grammar.load()
    hits = mentions.find(text)
    starts = [hit.start for hit in hits]
    matters = mentions.find_issues(text)
    registry = Registry(published)
    lines = []
    for index, sentence in enumerate(sentences):
        lower, upper = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        lines.append(_line(index, sentence, text, hits[lower:upper], known))
        lines[-1].issues = [hit for hit in matters if sentence.start <= hit.start < sentence.end]
    _settle_home(lines, registry, known)
    _enter_names(lines, registry)
    _link_surnames(lines, registry, known)
    return lines, registry


def _line(index: int, sentence: Sentence, text: str, hits: Sequence[Hit], known: Grammar) -> Line:
    start = sentence.dateline_end or sentence.start
    tokens = tokenize(text, start, sentence.end)
    reader = PhraseReader(tokens, {hit.start: hit for hit in hits}, known, text)
    line = Line(index, sentence, tokens, reader.hits)
    line.actors = reader.read()
    line.places = _places(line, text, known)
    _mark_place_appositions(line)
    # "Air Force" in "Andrews Air Force Base" is no body that acts.
    line.actors = [a for a in line.actors if a.state or not any(p.i < a.j and a.i < p.j for p in line.places)]
    return line


def _mark_place_appositions(line: Line) -> None:
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


def _places(line: Line, text: str, known: Grammar) -> list[Place]:
    """Every known place of a sentence: cities, regions, venues, capitals and states."""
    found = []
    book = gazetteer.load().places
    for k, (end, hit) in line.hits.items():
        place = hit.meaning("place")
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


def _capitals(line: Line, known: Grammar) -> list[Place]:
    """ "The Turkish capital": the capital of a state, by its nationality."""
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
    titled = after[:1].isupper() and end not in line.hits and lowers[end] not in _PLACE_WORDS | _DATE_WORDS
    return titled or (
        before[:1].isupper()
        and k > 1
        and k - 1 not in line.hits
        and lowers[k - 1].isalpha()
        and len(before) > 2
        and lowers[k - 1] not in _DATE_WORDS
    )


_DATE_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday prefecture province region state city the south north east west summit".split()
)


def _preposition(tokens: Tokens, k: int, known: Grammar) -> str:
    """The place preposition that governs a word, across its determiner and capitalised words of a venue."""
    k -= 1
    while k >= 0 and (
        tokens.lowers[k] in known.words["determiners"]
        or tokens.lowers[k] in _PLACE_WORDS
        or (tokens.lowers[k] == "of" and k and tokens.lowers[k - 1] in _PLACE_WORDS)
        or (
            k
            and tokens.lowers[k + 1] in _PLACE_WORDS
            and tokens.words[k][:1].isupper()
            and tokens.lowers[k - 1] in ("the", "a")
        )
    ):
        k -= 1
    return tokens.lowers[k] if k >= 0 and tokens.lowers[k] in known.words["place_prepositions"] else ""


_PLACE_WORDS = frozenset(
    "city capital port town resort island southern northern eastern western central southeastern northeastern "
    "southwestern northwestern nearby neighboring neighbouring prefecture province region state village district area".split()
)


def _settle_home(lines: Sequence[Line], registry: Registry, known: Grammar) -> None:
    """Find whose prose the text is, and give titles without a nationality to that state.

    A ministry or national agency names its own people without a state: "Deputy Secretary Sherman spoke with
    Indonesian Foreign Minister Marsudi". Offices that one state alone has tell, as do known office-holders.
    """
    votes: Counter[str] = Counter()
    for phrase, state in known.home.items():
        if " " in phrase and any(phrase in " ".join(line.tokens.lowers) for line in lines[:6]):
            votes[state] += 2
    untold = [
        a
        for line in lines
        for a in line.actors
        if a.state is None and a.kind in ("person", "office", "body") and a.title
    ]
    for actor in untold:
        own = known.home.get(actor.title or "")
        if own:
            actor.state = own
            votes[own] += 2
        elif actor.slug and (tenure := registry.tenure_of(actor.slug, actor.title)):
            votes[tenure.state] += 2
    ranked = votes.most_common(2)
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        registry.home = ranked[0][0]
        for actor in untold:
            unknown = (
                actor.kind == "person" and not actor.slug and actor.title_kind in ("minister", "diplomat")
            )
            if actor.state is None and unknown and len((actor.name or "").split()) > 1:
                actor.state = registry.home


def _enter_names(lines: Sequence[Line], registry: Registry) -> None:
    """First pass: everyone who is named in full, headlines and captions last, since they abbreviate."""
    named = [(a, line) for line in lines for a in line.actors if a.name]
    named.sort(key=lambda pair: len(pair[0].name.split()) == 1)  # type: ignore[union-attr]  # filtered above
    for actor, _ in named:
        if actor.name is None:
            continue
        state = actor.state
        actor.person = registry.named(actor.name, state=state, title=actor.title, person=actor.slug)
        actor.state = state or actor.person.state


def _link_surnames(lines: Sequence[Line], registry: Registry, known: Grammar) -> None:
    """Second pass: bare surnames of persons named elsewhere, and of the heads everybody knows."""
    for line in lines:
        taken = [False] * len(line.tokens)
        for actor in line.actors:
            if actor.kind != "loose":
                taken[actor.i : actor.j] = [True] * (actor.j - actor.i)
        found = [
            a for k in range(len(line.tokens)) if not taken[k] and (a := _surname(line, k, registry, known))
        ]
        if found:
            kept = [a for a in line.actors if not any(f.i < a.j and a.i < f.j for f in found)]
            line.actors = sorted(kept + found, key=lambda a: a.i)
        for left, right in pairwise(line.actors):
            # In "talks with Takaichi's predecessor" the preposition governs the whole.
            if left.possessive and right.i <= left.j + 1 and not right.preposition:
                right.preposition = left.preposition
        _adopt_appositions(line)


def _surname(line: Line, k: int, registry: Registry, known: Grammar) -> Actor | None:
    word = line.tokens.words[k]
    if not word[:1].isupper() or len(word) < 2 or line.tokens.lowers[k] in known.words["not_names"]:
        return None
    hit = line.hits.get(k)
    if hit and hit[1].meaning(*STATE_KINDS, *ADJECTIVE_KINDS, "organisation", "series"):
        return None
    person = registry.by_surname(word)
    if person is None and hit is None and not _inside_a_name(line, k):
        person = registry.prominent(word)
    if person is None or (fold(word) not in person.keys):
        return None
    actor = PhraseReader(line.tokens, {}, known, "")._make(k, k + 1, "person", person.state)  # noqa: SLF001
    actor.person, actor.name = person, person.name
    return actor


def _inside_a_name(line: Line, k: int) -> bool:
    """Whether a word stands next to another capitalised word: "Trump Tower", "Park Avenue"."""
    words = line.tokens.words
    before = words[k - 1] if k else ""
    after = words[k + 1] if k + 1 < len(words) else ""
    return after[:1].isupper() or (
        before[:1].isupper() and k > 1 and line.tokens.lowers[k - 1] not in ("mr", "mrs", "ms", "and")
    )


def _adopt_appositions(line: Line) -> None:
    """Two neighbours that are one: "the Japanese prime minister, Kishida" and "Kishida, Japan's premier"."""
    actors = line.actors
    merged: list[Actor] = []
    for actor in actors:
        last = merged[-1] if merged else None
        if last and _same_person(last, actor, line.tokens):
            last.person, last.name, last.kind = actor.person, actor.name, "person"
            last.state = last.state or actor.state
            last.j, last.end, last.possessive = actor.j, actor.end, actor.possessive
            continue
        merged.append(actor)
    line.actors = merged


def _same_person(office: Actor, name: Actor, tokens: Tokens) -> bool:
    between = tokens.lowers[office.j : name.i]
    return (
        office.kind in ("office", "loose", "counterpart")
        and name.kind == "person"
        and (office.kind != "loose")
        and between in ([], [","])
        and (office.state is None or name.state in (None, office.state))
        and not office.possessive
    )
