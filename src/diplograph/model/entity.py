"""What takes part in events and what is known of it before reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or polity; ``id`` is its ISO 3166 alpha-3 code, or ours where ISO has none (XKX).

    Attributes:
        capitals: The capital under all its names, the most usual first.
        former_capitals: ``Bonn@1949-05-23/1990-10-03``: a city and when it was the capital.
        former_names: ``Burma@1948-01-04/1989-06-18``: a name and when the state bore it.
        seats: Other cities that stand for the government (The Hague, Sejong).
        metonyms: Houses and offices that stand for the government (Blue House, Kremlin).
        weak_aliases: Names that mean this state unless the text says otherwise (Korea).
        ambiguous: Those of its names that mean something else as well (Georgia, Jordan).
        kind: ``state``, ``territory``, ``historical``, or ``claimed`` for a polity whose statehood few states
            accept or accepted; its names are known to look-ups and are no actor's in a text.
        sovereign: The state that a territory belongs to.
        successors: The states that followed a historical one.
        line: The state under which its office-holders stand, if they are not its own: TZA for Tanganyika.
        government: Offices that head the government, each with the day from which it does:
            ``("prime-minister", "president@2018-07-09")``; offices without a day hold from the beginning.
        leader: Offices whose holder is called the state's leader, in the same form.
        un_member: ``yes``, ``observer`` or ``no``.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    official_name: str = ""
    native_names: tuple[str, ...] = ()
    former_capitals: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    kind: str = "state"
    sovereign: str | None = None
    successors: tuple[str, ...] = ()
    line: str | None = None
    government: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    iso2: str = ""
    cow: str = ""
    gec: str = ""
    un_member: str = ""
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    source: str = ""
    as_of: str = ""


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
        acting: Whether the person only stood in.
        name_order: ``given-first`` or ``family-first``.
        as_of: The day on which the row was known to be right.
        note: What else a reader of the row should know.
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
    name_order: str = "given-first"
    as_of: str = ""
    note: str = ""


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
