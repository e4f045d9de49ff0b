"""Answers who held an office that is named as people name it: ``President of the Government of Spain``.

``ask(known, words, on)`` gives an ``Answer``: tenures, noted vacancies, and what is near if nobody is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from diplograph.knowledge import spelling
from diplograph.knowledge.names import key
from diplograph.knowledge.offices import home, particular, wanted
from diplograph.knowledge.officetime import Day, covers, latest_first, partial
from diplograph.knowledge.rows import Organisation, Vacancy
from diplograph.knowledge.surfaces import of_state
from diplograph.model.entity import State, Tenure

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer

_QUESTION = re.compile(r"^(?:who (?:is|was|were|held)(?: in office as)?(?: the)?|the)\s+", re.IGNORECASE)
_FORMS = re.compile(
    r"^(?:(?:people'?s|democratic|socialist|federal|islamic|arab|united|independent|federated)\s+)*"
    r"(?:republic|kingdom|states?|federation|commonwealth|union|sultanate|emirate|principality|grand duchy|"
    r"empire) of (?:the )?",
    re.IGNORECASE,
)
_NAMES = ("state", "adjective", "demonym", "weak-state")
_LEADING = ("head-of-state", "head-of-government", "leader")
_ORDER = {"state": 0, "territory": 1, "historical": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of an office on a day.

    Attributes:
        tenures: Its holders, the one who is most likely meant first.
        vacancies: Why nobody held it, if that is noted.
        near: Sentences that say what is near where nobody is known.
        read_as: How words that are spelt otherwise were read.
    """

    tenures: tuple[Tenure, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    near: tuple[str, ...] = ()
    read_as: str = ""


class _Reading(NamedTuple):
    """An office word, the id of its owner, and how the owner was read if it was spelt otherwise."""

    office: str
    owner: str
    read_as: str = ""


def ask(known: Gazetteer, words: str, on: Day | None = None) -> Answer:
    """Who held an office; an empty answer where the words name none.

    Args:
        known: The gazetteer.
        words: ``Prime Minister of Japan``, ``Soviet premier``, ``Taoiseach``, ``UN Secretary-General``.
        on: A day or partial ISO date; without it, everybody who ever held the office.
    """
    plain = _QUESTION.sub("", words.strip().rstrip("?"))
    titled = _titled(known, plain, on)
    if titled:
        return Answer(tenures=titled)
    readings = sorted(_readings(known, plain, on), key=lambda one: not particular(one.office, one.owner))
    told = []
    for one in readings:
        answer = _held(known, one, on)
        if answer.tenures or answer.vacancies:
            return answer
        told.append(answer)
    return next(iter(told), Answer())


def polities(known: Gazetteer, words: str, on: Day | None = None) -> tuple[State, ...]:
    """The states and polities of a name or adjective, those that were there on the day first.

    Args:
        known: The gazetteer.
        words: ``Burma``, ``West German``, ``Kingdom of Spain``, an id such as ``KOR``.
        on: A day or partial ISO date.
    """
    if words in known.states:
        return (known.states[words],)
    when = partial(on)
    for spelt in dict.fromkeys((words, _FORMS.sub("", words))):
        ranked = [
            (_lasted(state, when), surface.rank, -known.told_of(state.id), state.id)
            for state in known.states.values()
            for surface in of_state(state)
            if surface.kind in _NAMES and _same(surface.surface, spelt)
        ]
        if ranked:
            return tuple(known.states[one] for one in dict.fromkeys(row[-1] for row in sorted(ranked)))
    return ()


def _lasted(state: State, when: str | None) -> tuple[bool, int]:
    """How far a state is from having been there on a day; a living one before a historical one."""
    return not covers(state.start, state.end, when), _ORDER.get(state.kind, 3)


def organisations(known: Gazetteer, words: str) -> tuple[Organisation, ...]:
    """The organisations that are called so, by id, name or acronym."""
    spelt = key(words)
    return tuple(
        one
        for one in known.organisations.values()
        if spelt in {key(name) for name in (one.id, one.name, one.acronym, *one.aliases)}
    )


def called(state: State, on: Day | None) -> str:
    """The name that a state bore on a day: Burma in 1970; today's without a day."""
    return _dated(state.former_names, on) or state.name


def capital(state: State, on: Day | None) -> str:
    """The capital of a state on a day: Bonn in 1970; today's without a day; empty if none is known."""
    return _dated(state.former_capitals, on) or next(iter(state.capitals), "")


def _dated(values: tuple[str, ...], on: Day | None) -> str:
    """The value of ``Bonn@1949-05-23/1990-10-03`` that held on a day; the latest if several did."""
    when = partial(on)
    split = (entry.partition("@") for entry in values if when)
    held = [(period, value) for value, _, period in split if covers(*_bounds(period), when)]
    return max(held)[1] if held else ""


def _bounds(period: str) -> tuple[str | None, str | None]:
    start, _, end = period.partition("/")
    return start or None, end or None


def predecessors(known: Gazetteer, state: State, on: Day | None = None) -> tuple[State, ...]:
    """The polities that a state followed until a day, by id: North and South Yemen for Yemen."""
    when = partial(on)
    return tuple(
        one
        for one in known.states.values()
        if state.id in one.successors and (when is None or (one.end or "9999") <= when)
    )


def outside(known: Gazetteer, state: State, on: Day | None) -> str:
    """That a state was not there on a day, and which to look up instead; empty if it was."""
    when = partial(on)
    if when is None or covers(state.start, state.end, when):
        return ""
    lines = [one for one in known.states.values() if state.id in one.successors]
    lines += [known.states[one] for one in state.successors if one in known.states]
    instead = ", ".join(one.name for one in lines if covers(one.start, one.end, when))
    lasted = f"{state.name} lasted from {state.start or 'early on'} to {state.end or 'today'}"
    return f"{lasted}; look up {instead}" if instead else lasted


def _same(surface: str, words: str) -> bool:
    # "us" is no country: short words must be written as they are known.
    return surface == words if len(words) < 4 else key(surface) == key(words)


def _titled(known: Gazetteer, words: str, on: Day | None) -> tuple[Tenure, ...]:
    """Holders of an office whose full title this is, such as President of the European Commission."""
    spelt = key(words)
    owners = {(one.state, one.office) for one in known.tenures.values() if key(one.title) == spelt}
    named = " of " in words and all(state in known.organisations for state, _ in owners)
    return tuple(t for state, office in sorted(owners) if named for t in known.holders(state, office, on))


def _readings(known: Gazetteer, words: str, on: Day | None) -> Iterator[_Reading]:
    """Every way to read words as an office and its owner: sure readings first."""
    own = home(words)
    if own:
        yield _Reading(words, own)
    cuts = list(_cuts(words))
    sure = [_Reading(office, one) for office, owner in cuts for one in _owners(known, owner, on)]
    yield from sure
    for office, owner in cuts if not sure else ():
        for near in spelling.states(known, owner):
            if known.holders(near, office):
                yield _Reading(office, near, f"{owner!r} was read as {known.states[near].name}")


def _cuts(words: str) -> Iterator[tuple[str, str]]:
    """An office and its owner, in every way in which the words can be cut."""
    office, of, owner = words.partition(" of ")
    while of:
        yield office, owner.removeprefix("the ")
        more, of, owner = owner.partition(" of ")
        office = f"{office} of {more}"
    tokens = words.split()
    for cut in range(len(tokens) - 1, 0, -1):
        yield " ".join(tokens[cut:]), " ".join(tokens[:cut]).removesuffix("'s").removesuffix("’s")


def _owners(known: Gazetteer, words: str, on: Day | None) -> list[str]:
    """The likeliest state of a name and those of equal right on the day, else organisations."""
    found = polities(known, words, on)[:1]
    return [state.id for state in found] or [one.id for one in organisations(known, words)]


def _held(known: Gazetteer, reading: _Reading, on: Day | None) -> Answer:
    office, owner, read_as = reading
    tenures = known.holders(owner, office, on)
    if tenures:
        return Answer(tenures=tenures, read_as=read_as or _other_title(known, reading, tenures[0]))
    state = known.states.get(owner)
    when = partial(on)
    if state is None or when is None:
        return Answer(near=_offices_of(known, owner, office), read_as=read_as)
    sought = wanted(office, state, when)
    line = state.line or owner
    vacancies = tuple(
        one
        for one in known.vacancies.values()
        if one.state == line and one.office in sought.offices and covers(one.start, one.end, when)
    )
    return Answer(vacancies=vacancies, near=tuple(_near(known, state, office, when)), read_as=read_as)


def _other_title(known: Gazetteer, reading: _Reading, tenure: Tenure) -> str:
    """That a state calls an office otherwise than it was named: Spain's "President" is its Prime Minister."""
    words = key(reading.office).removeprefix("acting ")
    if words in (key(tenure.title), tenure.office.replace("-", " ")) or home(reading.office):
        return ""
    if not particular(reading.office, reading.owner):
        return ""
    return f"{reading.office!r} of {_name(known, reading.owner)} was read as {tenure.title}"


def _offices_of(known: Gazetteer, owner: str, office: str) -> tuple[str, ...]:
    """Which offices an owner is known to have, for somebody who named another."""
    titles = {one.title for one in known.tenures.values() if one.state == owner}
    listed = ", ".join(sorted(titles))
    return (f"no {office!r} of {_name(known, owner)} is known; there are: {listed}",) if titles else ()


def _near(known: Gazetteer, state: State, office: str, when: str) -> Iterator[str]:
    """What to tell somebody to whom no holder can be told."""
    if lasted := outside(known, state, when):
        yield lasted
        return
    heads = [
        tenure
        for role in _LEADING
        for tenure in latest_first(
            [
                one
                for one in known.tenures.values()
                if one.state == (state.line or state.id)
                and one.role == role
                and covers(one.start, one.end, when)
            ]
        )
    ]
    if heads:
        told = "; ".join(dict.fromkeys(f"{one.title} {one.name}" for one in heads))
        yield f"nobody is known as {office!r} of {state.name} on {when}; in office were: {told}"


def _name(known: Gazetteer, owner: str) -> str:
    entry = known.states.get(owner) or known.organisations[owner]
    return entry.name
