"""Reads who and where in every sentence of a document, and links surnames back to full names.

Takes a document's text and sentences; gives a ``Line`` per sentence (words, actors, places, known names)
and the ``Registry`` of the document's persons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from diplograph.knowledge import grammar
from diplograph.knowledge.grammar import Grammar
from diplograph.text import deixis, gender, home, mentions, places
from diplograph.text.actors import ADJECTIVE_KINDS, STATE_KINDS, Actor
from diplograph.text.lines import Line
from diplograph.text.mentions import Hit
from diplograph.text.people import Registry, fold
from diplograph.text.phrases import PhraseReader
from diplograph.text.sentences import Sentence
from diplograph.text.tokens import Tokens, tokenize

_TITLED = frozenset({"person", "office", "diplomat", "counterpart", "spokes", "plural"})


def link(text: str, sentences: Iterable[Sentence], published: date | None) -> tuple[list[Line], Registry]:
    """Read all sentences, then link names between them."""
    known = grammar.load()
    hits = mentions.find(text)
    starts = [hit.start for hit in hits]
    matters = mentions.find_issues(text)
    told_at = [hit.start for hit in matters]
    registry = Registry(published)
    lines = []
    for index, sentence in enumerate(sentences):
        lower, upper = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        lines.append(_line(index, sentence, text, hits[lower:upper], known))
        lower, upper = bisect_left(told_at, sentence.start), bisect_left(told_at, sentence.end)
        lines[-1].issues = list(matters[lower:upper])
    dateline = places.of_dateline(text, [line.sentence for line in lines])
    deixis.settle(lines, dateline)
    home.settle(lines, registry, known, dateline)
    _enter_names(lines, registry)
    _link_surnames(lines, registry, known)
    return lines, registry


def _line(index: int, sentence: Sentence, text: str, hits: Sequence[Hit], known: Grammar) -> Line:
    start = sentence.dateline_end or sentence.start
    tokens = tokenize(text, start, sentence.end)
    reader = PhraseReader(tokens, {hit.start: hit for hit in hits}, known, text)
    line = Line(index, sentence, tokens, reader.hits)
    line.actors = reader.read()
    line.places = places.find(line, text, known)
    places.mark_appositions(line)
    # "Air Force" in "Andrews Air Force Base" is no body that acts.
    line.actors = [
        a
        for a in line.actors
        if a.state or a.other_state or not any(p.i < a.j and a.i < p.j for p in line.places)
    ]
    # "Russia" in "the ambassador to Russia" says who someone is, and not where.
    line.places = [
        p for p in line.places if not any(a.i <= p.i < a.j and a.kind in _TITLED for a in line.actors)
    ]
    return line


def _enter_names(lines: Sequence[Line], registry: Registry) -> None:
    """First pass: everyone who is named, full names first."""
    named = [(a.name, a, line) for line in lines for a in line.actors if a.name]
    named.sort(key=lambda entry: len(entry[0].split()) == 1)
    for name, actor, line in named:
        state = actor.state
        # "Mr Sunak", of whom the text says no more, is who everybody knows.
        known = (
            None
            if state or actor.title or " " in name
            else registry.by_surname(name) or registry.prominent(name)
        )
        actor.person = known or registry.named(name, state=state, title=actor.title, person=actor.slug)
        actor.state = state or actor.person.state
        actor.person.sex = actor.person.sex or gender.of_words(line.tokens.lowers[actor.i : actor.j])


def _link_surnames(lines: Sequence[Line], registry: Registry, known: Grammar) -> None:
    """Second pass: bare surnames of persons named elsewhere, and of the heads everybody knows."""
    for line in lines:
        taken = [False] * len(line.tokens)
        for actor in line.actors:
            if actor.kind != "loose":
                taken[actor.i : actor.j] = [True] * (actor.j - actor.i)
        found = [
            a
            for k, word in enumerate(line.tokens.words)
            if not taken[k] and word[:1].isupper() and (a := _surname(line, k, registry, known))
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
    if person is None and (hit is None or _bare_town(line, hit[1], k)) and not _inside_a_name(line, k):
        person = registry.prominent(word)
    if person is None or (fold(word) not in person.keys):
        return None
    actor = PhraseReader(line.tokens, {}, known, "").make(k, k + 1, "person", person.state)
    actor.person, actor.name = person, person.name
    return actor


def _bare_town(line: Line, hit: Hit, k: int) -> bool:
    """Whether a word is the name of some town but stands where no town would: "Rubio and Lavrov met"."""
    only = hit.meaning("place") and not hit.meaning("capital", "seat", "person")
    before = line.tokens.lowers[k - 1] if k else ""
    return bool(only) and before not in grammar.words("prepositions") and before not in ("the", ",")


def _inside_a_name(line: Line, k: int) -> bool:
    """Whether a word stands next to another capitalised word: "Trump Tower", "Park Avenue"."""
    words = line.tokens.words
    before = words[k - 1] if k else ""
    after = words[k + 1] if k + 1 < len(words) else ""
    town = any(end == k and hit.meaning("capital", "place") for end, hit in line.hits.values())
    if after[:1].isupper():
        return True
    named = before[:1].isupper() and not town and k > 1
    return named and line.tokens.lowers[k - 1] not in ("mr", "mrs", "ms", "and")


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
        office.kind in ("office", "counterpart")
        and name.kind == "person"
        and between in ([], [","])
        and (office.state is None or name.state in (None, office.state))
        and not office.possessive
    )
