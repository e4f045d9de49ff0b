"""Who can act and where it can happen: the nouns that a sentence is read into.

Takes nothing; gives the dataclasses ``Actor`` and ``Place`` and the kinds of known names that mean a state.
"""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.text.people import Person

STATE_KINDS = ("state", "weak-state", "capital", "seat", "metonym")
ADJECTIVE_KINDS = ("adjective", "demonym")


@dataclass(slots=True, eq=False)
class Actor:
    """A phrase that can take part: words ``i`` to ``j`` of its sentence.

    Attributes:
        kind: person, office (a title without a name), body, diplomat, spokes, plural, state, loose (a
            nationality before any other noun), force (one before what is armed), organisation, pronoun,
            pair or counterpart.
        state: Id of the state that it acts for, if the phrase tells or it was resolved.
        preposition: The preposition before the phrase, or "".
        possessive: Whether "'s" or an apostrophe follows.
        owner: For "Takaichi's predecessor" or "his counterpart": the actor or pronoun that owns the role.
    """

    i: int
    j: int
    start: int
    end: int
    kind: str
    state: str | None = None
    title: str | None = None
    title_kind: str = ""
    name: str | None = None
    slug: str | None = None
    preposition: str = ""
    possessive: bool = False
    owner: str | None = None
    place: str | None = None
    other_state: str | None = None
    person: Person | None = None
    members: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a sentence, with the preposition before it."""

    i: int
    j: int
    start: int
    end: int
    name: str
    preposition: str
    slug: str | None
    state: str | None
    capital: bool = False
