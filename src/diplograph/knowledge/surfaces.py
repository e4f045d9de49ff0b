"""The forms in which texts name what the gazetteer knows.

Takes rows; gives ``Surface(surface, kind, id)``.
Kinds of a state, the surest first: ``state``, ``adjective``, ``demonym``, ``capital``, ``metonym``, ``seat``,
``weak-state``; the others are ``person``, ``organisation``, ``series``, ``gathering`` and ``place``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from diplograph.knowledge.names import unaccented
from diplograph.knowledge.rows import Place
from diplograph.model.entity import State, Tenure

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer

RANKS = ("state", "adjective", "demonym", "capital", "metonym", "seat", "weak-state")


class Surface(NamedTuple):
    """A form, what kind of thing it names, and the id of the thing."""

    surface: str
    kind: str
    id: str

    @property
    def rank(self) -> int:
        """How sure a reading of this kind is; smaller is surer."""
        return RANKS.index(self.kind) if self.kind in RANKS else len(RANKS)


def surfaces(gazetteer: Gazetteer) -> Iterator[Surface]:
    """Every surface of everything, each once, in a fixed order."""
    seen: set[Surface] = set()
    for surface in _all(gazetteer):
        for form in _forms(surface.surface):
            spelt = Surface(form, surface.kind, surface.id)
            if spelt not in seen:
                seen.add(spelt)
                yield spelt


def of_state(state: State) -> Iterator[Surface]:
    """The surfaces of a state."""
    former = [entry.partition("@")[0] for entry in state.former_capitals]
    groups = (
        ("state", (state.name, *state.aliases, state.official_name)),
        ("adjective", state.adjectives),
        ("demonym", state.demonyms),
        ("capital", (*state.capitals, *former)),
        ("metonym", state.metonyms),
        ("seat", state.seats),
        ("weak-state", state.weak_aliases),
    )
    for kind, words in groups:
        yield from (Surface(word, kind, state.id) for word in words if word)


def of_person(tenure: Tenure) -> tuple[str, ...]:
    """The full names of the person of a tenure, in both orders."""
    names = (tenure.name, *tenure.aliases)
    return tuple(dict.fromkeys((*names, *(turned for name in names if (turned := _turned(name, tenure))))))


def _turned(name: str, tenure: Tenure) -> str:
    surname = tenure.surname
    if name == surname:
        return ""
    if name.startswith(surname + " "):
        return f"{name.removeprefix(surname + ' ')} {surname}"
    return f"{surname} {name.removesuffix(' ' + surname)}" if name.endswith(" " + surname) else ""


def _all(gazetteer: Gazetteer) -> Iterator[Surface]:
    for state in gazetteer.states.values():
        # "Tibet" and "Somaliland" are places in a text, whoever claims that they are states.
        if state.kind != "claimed":
            yield from of_state(state)
    for tenure in gazetteer.tenures.values():
        yield from (Surface(name, "person", tenure.person) for name in of_person(tenure) if " " in name)
    for body in gazetteer.organisations.values():
        yield from _named("organisation", body.id, (body.name, body.acronym, *body.aliases))
    for series in gazetteer.series.values():
        yield from _named("series", series.id, (series.name, *series.aliases))
    for gathering in gazetteer.gatherings.values():
        yield from _named("gathering", gathering.id, (gathering.name, *gathering.aliases))
    # Of places of one name the one that most readers think of stands first.
    for place in sorted(gazetteer.places.values(), key=_prominence):
        yield from _named("place", place.id, (place.name, *place.aliases))


def _prominence(place: Place) -> tuple[bool, int, str]:
    """Orders places: capitals, then by inhabitants."""
    return place.kind != "capital", -place.population, place.id


def _forms(word: str) -> tuple[str, ...]:
    """The word as newspapers may print it: without accents, with straight or curly apostrophe."""
    if word.isascii() and "'" not in word:
        return (word,)
    return (word, unaccented(word), word.replace("'", "’"), word.replace("’", "'"))


def _named(kind: str, one: str, words: Iterable[str]) -> Iterator[Surface]:
    return (Surface(word, kind, one) for word in dict.fromkeys(words) if word)
