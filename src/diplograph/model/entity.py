"""What takes part in events and what is known of it before reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or polity; ``id`` is its ISO 3166 alpha-3 code, or ours where ISO has none (XKX)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A person's time in an office.

    Attributes:
        id: ``KOR-president-2025-06-04``.
        person: Slug of the person, ``lee-jae-myung``.
        name: The person's name as newspapers in English write it.
        aliases: Other spellings and orders of the name.
        surname: The part by which later mentions call the person.
        state: Id of the state, or of the organisation for its officers.
        office: Slug of the office within the state, ``president``.
        title: The title in English, ``President``.
        role: ``head-of-state``, ``head-of-government``, ``foreign-minister`` or another kind of office.
        start: Partial ISO date; None if unknown.
        end: Partial ISO date; None if it lasts or is unknown.
        source: Where the row was taken from.
    """

    id: str
    person: str
    name: str
    surname: str
    state: str
    office: str
    title: str
    role: str
    aliases: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    acting: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person in an event: as named, for which state, in what office.

    ``person`` is the slug of a known person, or one minted from the name.
    """

    name: str
    person: str
    state: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A place: as named, in which state; ``id`` is its slug in the gazetteer, if it is there."""

    name: str
    state: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A gathering that an event belongs to; ``id`` names a gathering or series of the gazetteer."""

    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter on the agenda; ``id`` is the slug of an issue of the vocabulary, if it is one."""

    name: str
    id: str | None = None
