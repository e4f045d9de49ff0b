"""What is known of states, people in office, organisations, gatherings and places before a text is read.

``load()`` gives the one ``Gazetteer``; every look-up that can depend on the time takes a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path

from diplograph import resources
from diplograph.knowledge import reading
from diplograph.knowledge.names import HONORIFICS, joined, key
from diplograph.knowledge.offices import wanted
from diplograph.knowledge.officetime import Day, covers, in_office, latest_first, partial, together
from diplograph.knowledge.rows import Finding, Gathering, Organisation, Place, Series, Vacancy
from diplograph.knowledge.surfaces import Surface, of_person, of_state, surfaces
from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

_WEIGHTS = {"sea": 3_000_000, "region": 2_000_000, "island": 600_000, "city": 200_000, "capital": 10_000}


class Gazetteer:
    """The tables of data/ with the look-ups over them.

    Args:
        states: By id.
        tenures: By id.
        organisations: By id.
        series: By id.
        gatherings: By id.
        places: By id.
        vacancies: By id.
    """

    def __init__(
        self,
        *,
        states: Mapping[str, State],
        tenures: Mapping[str, Tenure],
        organisations: Mapping[str, Organisation],
        series: Mapping[str, Series],
        gatherings: Mapping[str, Gathering],
        places: Mapping[str, Place],
        vacancies: Mapping[str, Vacancy],
    ) -> None:
        self.states = states
        self.tenures = tenures
        self.organisations = organisations
        self.series = series
        self.gatherings = gatherings
        self.places = places
        self.vacancies = vacancies

    def holders(self, state: str, office: str, on: Day | None = None) -> tuple[Tenure, ...]:
        """Who held an office of a state or organisation on a date: the latest first, stand-ins last.

        Args:
            state: Id of the state or organisation.
            office: An office slug, a title, or a word such as ``premier`` or ``head of government``.
            on: A day or partial ISO date; without it, everybody who ever held the office.
        """
        when, entry = partial(on), self.states.get(state)
        if entry and entry.line:
            # Tanganyika's office-holders stand with Tanzania's; they are its own while it lasted.
            later = self.holders(entry.line, office, on)
            return tuple(
                one for one in later if together(one, entry) and covers(entry.start, entry.end, when)
            )
        want = wanted(office, entry, when)
        found = [tenure for tenure in self._by_state.get(state, ()) if want.met_by(tenure)]
        return tuple(sorted(latest_first(in_office(found, when)), key=want.place if when else lambda _: 0))

    def heir(self, state: str) -> str:
        """The state that acts today for a former one, through all successions: SRB for Yugoslavia."""
        seen = {state}
        while (entry := self.states.get(state)) and entry.successors and entry.successors[0] not in seen:
            state = entry.successors[0]
            seen.add(state)
        return state

    def predecessor(self, tenure: Tenure) -> Tenure | None:
        """The tenure of another person that came before in the same office; stand-ins are passed over."""
        line = self._line(tenure)
        earlier = [other for other in line[: line.index(tenure)] if other.person != tenure.person]
        return earlier[-1] if earlier else None

    def successor(self, tenure: Tenure) -> Tenure | None:
        """The tenure of another person that came next in the same office; stand-ins are passed over."""
        line = self._line(tenure)
        later = [other for other in line[line.index(tenure) + 1 :] if other.person != tenure.person]
        return later[0] if later else None

    def tenures_of(self, person: str, on: Day | None = None) -> tuple[Tenure, ...]:
        """The tenures of a person, by slug, the latest first."""
        return latest_first(in_office(self._by_person.get(person, ()), partial(on)))

    def people_named(self, name: str) -> tuple[str, ...]:
        """The slugs of the people who are called so, in either order of names, with or without accents."""
        found = self._people.get(joined(name), ())
        first, _, rest = name.partition(" ")
        return found or (self.people_named(rest) if rest and key(first) in HONORIFICS else ())

    def by_surname(self, surname: str, on: Day | None = None) -> tuple[Tenure, ...]:
        """The tenures of people with a surname, in office on a date."""
        return latest_first(in_office(self._surnames.get(key(surname), ()), partial(on)))

    def told_of(self, state: str) -> int:
        """How many tenures of a state are known, as a measure of how much is told of it."""
        return len(self._by_state.get(state, ()))

    def by_given_name(self, name: str) -> tuple[Tenure, ...]:
        """The tenures of people whose first name it is."""
        return tuple(self._given_names.get(key(name), ()))

    def state_named(self, surface: str) -> tuple[State, ...]:
        """The states that a word (name, adjective, capital or house) can mean, the likelier first."""
        found = self._state_words.get(key(surface), ())
        # "us" is no country and "who" is no organisation: short words must be written as they are known.
        exact = [hit for hit in found if len(surface) > 3 or hit.surface == surface]
        return tuple(self.states[one] for one in dict.fromkeys(hit.id for hit in exact))

    def gathering(self, series: str, on: Day | int) -> Gathering | None:
        """The gathering of a series in a year, in a month or about a day; None if none or several fit."""
        when = str(on) if isinstance(on, int) else partial(on)
        if when is None:
            return None
        for days in (0, 3, 31) if len(when) == 10 else (0,):
            margin = timedelta(days=days)
            fits = [
                one
                for one in self._by_series.get(series, ())
                if one.start
                and first_day(one.start) - margin <= last_day(when)
                and first_day(when) <= last_day(one.end or one.start) + margin
            ]
            if fits:
                return fits[0] if len(fits) == 1 else None
        return None

    def places_named(self, surface: str, state: str | None = None) -> tuple[Place, ...]:
        """The places that are called so, those in the given state first, then the more prominent."""
        found = self._place_words.get(key(surface), ())
        return tuple(sorted(found, key=lambda place: (place.state != state, -prominence(place), place.id)))

    def members(self, organisation: str, on: Day | None = None) -> tuple[str, ...]:
        """The ids of the member states of an organisation on a date."""
        when = partial(on)
        known = self.organisations.get(organisation)
        return tuple(one.state for one in known.members if covers(one.start, one.end, when)) if known else ()

    def surfaces(self) -> Iterator[Surface]:
        """Every form in which a text may name something, with its kind and id."""
        return surfaces(self)

    def check(self) -> tuple[Finding, ...]:
        """What a person should look at: overlaps, gaps without a reason, names of several people."""
        from diplograph.knowledge.checks import check

        return check(self)

    @cached_property
    def _by_state(self) -> Mapping[str, list[Tenure]]:
        found = defaultdict(list)
        for tenure in self.tenures.values():
            found[tenure.state].append(tenure)
        return found

    @cached_property
    def _by_person(self) -> Mapping[str, list[Tenure]]:
        found = defaultdict(list)
        for tenure in self.tenures.values():
            found[tenure.person].append(tenure)
        return found

    @cached_property
    def _by_series(self) -> Mapping[str, list[Gathering]]:
        found = defaultdict(list)
        for gathering in self.gatherings.values():
            found[gathering.series].append(gathering)
        return found

    @cached_property
    def _people(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for tenure in self.tenures.values():
            for name in of_person(tenure):
                found[joined(name)].add(tenure.person)
        return {name: tuple(sorted(people)) for name, people in found.items()}

    @cached_property
    def _surnames(self) -> Mapping[str, list[Tenure]]:
        found = defaultdict(list)
        for tenure in self.tenures.values():
            # Thaksin, Jokowi and Mahathir are called by one name that is no surname.
            single = {key(name) for name in tenure.aliases if " " not in name}
            for name in {key(tenure.surname), *single, *_spellings(tenure)}:
                found[name].append(tenure)
        return found

    @cached_property
    def _given_names(self) -> Mapping[str, list[Tenure]]:
        found = defaultdict(list)
        for tenure in self.tenures.values():
            found[key(tenure.name.split()[0])].append(tenure)
        return found

    @cached_property
    def _state_words(self) -> Mapping[str, list[Surface]]:
        found = defaultdict(list)
        # A living state before a historical one, a state before a territory, a name before a weak name.
        order = {"state": 0, "territory": 1, "historical": 2}
        living = (one for one in self.states.values() if one.kind != "claimed")
        for state in sorted(living, key=lambda one: (order.get(one.kind, 3), one.id)):
            for surface in of_state(state):
                found[key(surface.surface)].append(surface)
        return {word: sorted(hits, key=lambda hit: hit.rank) for word, hits in found.items()}

    @cached_property
    def _place_words(self) -> Mapping[str, list[Place]]:
        found = defaultdict(list)
        for place in self.places.values():
            for word in {key(name) for name in (place.name, *place.aliases)}:
                found[word].append(place)
        return found

    def _line(self, tenure: Tenure) -> list[Tenure]:
        same = [one for one in self._by_state[tenure.state] if one.office == tenure.office and one.start]
        line = [one for one in same if one is tenure or not one.acting]
        return sorted(line, key=lambda one: (first_day(one.start or ""), one.id))


def _spellings(tenure: Tenure) -> set[str]:
    """Other spellings of a surname, from the full names: Zelenskyy and Zelenskiy beside Zelensky."""
    surname = key(tenure.surname)
    words = {key(word) for name in tenure.aliases for word in name.split()[-1:] + name.split()[:1]}
    given = {key(word) for word in tenure.name.split()}
    article, _, bare = surname.replace("-", " ").partition(" ")
    if article in ("al", "el") and bare:
        return {bare, *(w for w in words - given if w[:3] == bare[:3])}
    return {w for w in words - given if len(surname) > 3 and w[:3] == surname[:3] and len(w) > 3}


def prominence(place: Place) -> int:
    """How likely a bare name means this place: its people, or a guess by kind where nobody counted them."""
    weight = _WEIGHTS.get(place.kind, 300_000)
    return max(place.population, weight) + (5_000_000 if place.kind == "capital" else 0)


def read(folder: Path) -> Gazetteer:
    """Read the tables in a folder.

    Raises:
        KnowledgeError: If a row is malformed or names a state or series that is not there.
    """
    states = reading.table(folder / "states.csv", reading.state)
    organisations = reading.table(folder / "organisations.csv", reading.organisation)
    series = reading.table(folder / "series.csv", reading.series)
    bodies = states.keys() | organisations.keys()
    return Gazetteer(
        states=states,
        organisations=organisations,
        series=series,
        tenures=reading.table(folder / "tenures.csv", reading.tenure, {"state": bodies}),
        gatherings=reading.table(
            folder / "gatherings.csv", reading.gathering, {"state": states.keys(), "series": series.keys()}
        ),
        vacancies=reading.table(folder / "vacancies.csv", reading.vacancy, {"state": states.keys()}),
        places=reading.table(folder / "places.csv", reading.place, {"state": states.keys()}),
    )


def load() -> Gazetteer:
    """The gazetteer of this installation, with the reader's own tables over it; each is read once.

    Raises:
        KnowledgeError: If a table is malformed.
    """
    return _loaded(resources.local_data())


def forget() -> None:
    """Read the tables anew when they are asked for next; for whoever changes a reader's own tables."""
    _loaded.cache_clear()


@cache
def _loaded(local: Path | None) -> Gazetteer:
    known = read(resources.path("data"))
    if local is None:
        return known
    from diplograph.knowledge.overlay import over

    return over(known, local)
