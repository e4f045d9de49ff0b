"""The rows of the gazetteer that the model has no noun for: organisations, gatherings, series and places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A state's time in an organisation; a bound is None if it is unknown or has not come."""

    state: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation of states, or another body that news treats as an actor."""

    id: str
    name: str
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    seat: str = ""
    members: tuple[Membership, ...] = ()
    ambiguous: tuple[str, ...] = ()
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of gatherings, such as the G20 summits."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    organisation: str | None = None
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """One gathering of a series: where it was and on which days."""

    id: str
    series: str
    series_name: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    state: str | None = None
    start: str | None = None
    end: str | None = None
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, capital, region, island, sea, border or venue; a sea may lie in no state.

    ``ambiguous`` says that the name is a common word or somebody's surname as well.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    state: str | None = None
    kind: str = "city"
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    within: str | None = None
    ambiguous: bool = False
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A time in which an office had no holder, or none that is known, and why."""

    id: str
    state: str
    office: str
    start: str
    end: str
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWords:
    """A row of ``data/offices.csv``: what some words mean.

    Attributes:
        words: The comparable form of the words.
        states: Where they mean it; empty for everywhere.
        offices: Slugs of the offices.
        role: Kind of office, if every office of the kind is meant.
        home: The state whose office it is where none is named, as with ``Taoiseach``.
    """

    words: str
    states: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    role: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about the tables that a person should look at."""

    kind: str
    about: str
    detail: str
