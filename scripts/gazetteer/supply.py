"""Fills from the sources what nobody wrote down: leaders, prime ministers, and ministers met on a day.

``supply(spells, said, leading, since)`` takes what is known and what the sources say; gives further spells.
Archigos and REIGN name leaders, and the table of states says which office leads a state at a time;
Phoenix lists heads of government after heads of state, and overrides/runs.csv says which run is which office;
the Historian's foreign ministers are known only for the days between the first and the last meeting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import editorial
import people
from attested import LEADING, Attestation, agrees, family, first, last, same_person
from spells import ROLES, Spell

Leading = Callable[[str, str], str]
_SHORTEST = timedelta(days=7)
_CAREER = timedelta(days=8 * 365)
_HONOUR = re.compile(r"^(?:Sir|Dame|Dr\.?|Lyonpo|Ratu|General|Gen\.?|Mullah|Sheikh|Prince|Lord) (?=\S+ )")
_AT_LEAST = "in office at least on these days, on which the source names the person"
_LISTED = ("Archigos 4.1", "REIGN", "Phoenix actors", "Office of the Historian")


def supply(
    spells: Sequence[Spell],
    said: Iterable[Attestation],
    *,
    leading: Leading,
    runs: Mapping[tuple[str, int], str],
    since: Mapping[str, str],
) -> list[Spell]:
    """Spells of people whom a source attests and no spell does.

    Args:
        spells: What is known; it wins wherever it says anything.
        said: What the sources say.
        leading: The office that leads a state on a day; empty where there are several.
        runs: The office of a run of the Phoenix dictionary.
        since: The first day of each state; governors of colonies before it are left out.
    """
    lines: dict[str, list[Spell]] = defaultdict(list)
    for one in spells:
        lines[one.state].append(one)
    by_source: dict[str, list[Attestation]] = defaultdict(list)
    names: dict[str, list[Attestation]] = defaultdict(list)
    for word in said:
        by_source[word.source].append(word)
        names[word.state].append(word)
    found: list[Spell] = []
    for source in _LISTED:
        for word in _gathered(by_source[source]) if source == _LISTED[-1] else by_source[source]:
            office = _own(_office(word, leading, runs), lines[word.state])
            if office and word.run:
                word = replace(word, roles=frozenset({ROLES[office]}))  # noqa: PLW2901  # now it is known
            if office and _wanted(word, office, lines, since) and not (_met(word) and _guest(word, lines)):
                new = _spell(word, office, names[word.state], lines[word.state])
                lines[word.state].append(new)
                found.append(new)
    return found


def _office(word: Attestation, leading: Leading, runs: Mapping[tuple[str, int], str]) -> str:
    """The office that an attestation means; empty if it cannot be told."""
    if word.run:
        return runs.get((word.state, word.run), "")
    if word.roles == frozenset({"foreign-minister"}):
        return "foreign-minister"
    if word.roles == LEADING and word.source != _LISTED[-1]:
        begin, finish = first(word.start), min(last(word.end), first(word.as_of))
        return leading(word.state, (begin + (finish - begin) / 2).isoformat())
    return ""


def _own(office: str, line: Iterable[Spell]) -> str:
    """The office under the name that the state has for it: Mexico's foreign minister is a secretary."""
    if office != "foreign-minister":
        return office
    return next((one.office for one in line if ROLES.get(one.office) == office), office)


def _wanted(
    word: Attestation, office: str, lines: Mapping[str, list[Spell]], since: Mapping[str, str]
) -> bool:
    """Whether the attestation tells something new that contradicts nothing."""
    if word.end and (
        word.end < "1960" or (last(word.end) - first(word.start) < _SHORTEST and not _met(word))
    ):
        return False
    if word.state not in since or word.start < since[word.state][:7]:
        return False
    near = [one for state in family(word.state) for one in lines.get(state, ())]
    if any(agrees(one, word) for one in near):
        return False
    held = [one for one in lines.get(word.state, ()) if one.office == office]
    return not any(one.start == word.start or _share(one, word) for one in held)


def _guest(word: Attestation, lines: Mapping[str, list[Spell]]) -> bool:
    """Whether another state's minister of that day bears the name: remarks name guests, too."""
    return any(
        one.role in ("", "foreign-minister") and first(one.start) <= first(word.start) <= last(one.end)
        and set(people.tokens(one.surname)) & set(people.tokens(word.name)) and same_person(one, word)
        for state, line in lines.items() if state != word.state for one in line
        if one.office in ("foreign-minister", "foreign-secretary", "secretary-of-state")
    )  # fmt: skip


def _met(word: Attestation) -> bool:
    return word.source == _LISTED[-1]


def _share(one: Spell, word: Attestation) -> bool:
    """Whether a spell that stands takes more than three days, or any day of meetings, from the new one."""
    # Of an end that is a month, only the first day is sure.
    sure = [
        max(first(end), first(start) + _SHORTEST) if end else last(end)
        for start, end in ((one.start, one.end), (word.start, word.end))
    ]
    begin, finish = max(first(one.start), first(word.start)), min(sure)
    margin = timedelta(0 if _met(word) else 3)
    return finish - begin > margin or (_met(word) and finish >= begin)


def _spell(word: Attestation, office: str, named: Iterable[Attestation], line: Iterable[Spell]) -> Spell:
    name = _fullest(word, named)
    acting = "(Acting" in name
    name, surname = editorial.names(_HONOUR.sub("", _tidy(name)), word.state)
    open_end = not word.end or _met(word)
    new = Spell(
        state=word.state,
        office=office,
        name=name,
        surname=surname,
        start=word.start,
        end=word.end or word.as_of,
        acting=acting,
        aliases=[] if word.name in (name, surname) or " " not in word.name else [_tidy(word.name)],
        source=word.source,
        as_of=word.as_of,
        note=_AT_LEAST if open_end else "",
    )
    same = next((one for one in line if _one_person(one, new)), None)
    if same:
        new.aliases = [*new.aliases, new.name] if " " in new.name else new.aliases
        new.name, new.surname = same.name, same.surname
    return new


def _one_person(known: Spell, new: Spell) -> bool:
    """Whether a person of the same state is the new one: by two words, or by surname and time."""
    ours, theirs = people.tokens(known.name), people.tokens(new.name)
    if len(theirs) > 1:
        return len(set(ours) & set(theirs)) > 1
    apart = abs((first(known.start) - first(new.start)).days)
    return people.tokens(known.surname) == theirs and apart < _CAREER.days


def _fullest(word: Attestation, named: Iterable[Attestation]) -> str:
    """The name with most words that a source gives for the leader or minister of that time.

    Every word of the name must come back, and the other source must know the office or the days of it.
    """
    wanted = people.tokens(word.name)
    if word.run or not wanted:
        return word.name
    others = [
        one.name
        for one in named
        if (one.dated or one.roles & word.roles)
        and first(one.start) <= last(word.end)
        and last(one.end) >= first(word.start)
        and all(any(people.sound_alike(part, other) for other in people.tokens(one.name)) for part in wanted)
    ]
    return min([word.name, *others], key=lambda name: (-min(len(people.tokens(name)), 3), len(name), name))


def _tidy(name: str) -> str:
    """The name without brackets, numerals in capitals, and no capital after an apostrophe."""
    text = re.sub(r"\s*\(.*?(\)|$)", "", name)
    text = re.sub(r"\b(Ii|Iii|Iv|Vi|Vii)\b", lambda part: part[0].upper(), text)
    return re.sub(r"(?<=\w)'([A-Z])(?=[a-z]|$)", lambda part: "'" + part[1].lower(), text).strip(" .,")


def _gathered(words: Iterable[Attestation]) -> list[Attestation]:
    """The days of one person's meetings drawn together, until another person is met in that office."""
    days: dict[str, list[Attestation]] = defaultdict(list)
    for word in sorted(words, key=lambda one: (one.start, one.name)):
        if word.roles == frozenset({"foreign-minister"}):
            days[word.state].append(word)
    found: list[Attestation] = []
    for state in sorted(days):
        stretch: list[Attestation] = []
        for word in days[state]:
            if stretch and not people.alike((word.name,), word.name, stretch[-1].name):
                found.append(_stretch(stretch))
                stretch = []
            stretch.append(word)
        found.append(_stretch(stretch))
    return found


def _stretch(words: Sequence[Attestation]) -> Attestation:
    fullest = max(words, key=lambda one: (len(people.tokens(one.name)), one.start))
    return replace(fullest, start=words[0].start, end=words[-1].end, as_of=words[-1].as_of)
