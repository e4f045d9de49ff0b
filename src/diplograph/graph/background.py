"""What the gazetteer knows of the states, persons, places, gatherings and issues that events name.

Takes the address of a named thing; gives the statements about it. They follow from the address alone, so a
thing that no event names any more can be taken out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote

from diplograph.graph.facts import minted_name
from diplograph.graph.ntriples import LABEL, TYPE, dg, label, line, node, text
from diplograph.knowledge import ontology
from diplograph.model import Facts, Participant, State, Tenure, first_day, last_day
from diplograph.vocab import ID


class Background:
    """The gazetteer as statements.

    Args:
        states: States by id.
        tenures: Tenures in any order.
        places: Places by id.
        gatherings: Gatherings by id.
        series: Series of gatherings by id.
        organisations: Organisations by id.
        issues: Labels of issues by id.
    """

    def __init__(
        self,
        *,
        states: Mapping[str, State] | None = None,
        tenures: Iterable[Tenure] = (),
        places: Mapping[str, Any] | None = None,
        gatherings: Mapping[str, Any] | None = None,
        series: Mapping[str, Any] | None = None,
        organisations: Mapping[str, Any] | None = None,
        issues: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self.states = states or {}
        self.tenures = tuple(tenures)
        self.places = places or {}
        self.gatherings = gatherings or {}
        self.series = series or {}
        self.organisations = organisations or {}
        self.issues = issues or {}
        self._known: dict[str, tuple[str, ...]] = {}

    def lines(self, address: str) -> tuple[str, ...]:
        """The statements about the thing at ``<…/id/kind/local>``; it has a class and a label at least."""
        if address not in self._known:
            kind, _, local = address.strip("<>").removeprefix(ID).partition("/")
            describe = getattr(self, f"_{kind}")
            self._known[address] = tuple(describe(address, unquote(local)))
        return self._known[address]

    def state_name(self, state: str) -> str:
        """The name of a state, or its code if it is unknown."""
        known = self.states.get(state)
        return known.name if known else state

    def tenure_of(self, participant: Participant, facts: Facts) -> str | None:
        """The id of the tenure under which a participant acts, if just one fits state, title and time."""
        fitting = [t for t in self._of_person.get(participant.person, ()) if t.state == participant.state]
        titled = [t for t in fitting if t.title == participant.office]
        fitting = [t for t in titled or fitting if _in_office(t, facts)]
        return fitting[0].id if len(fitting) == 1 else None

    @cached_property
    def _of_person(self) -> dict[str, list[Tenure]]:
        return _grouped(self.tenures, "person")

    @cached_property
    def _of_state(self) -> dict[str, list[Tenure]]:
        return _grouped(self.tenures, "state")

    @cached_property
    def _memberships(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for organisation in sorted(self.organisations):
            for member in self.organisations[organisation].members:
                # A former member is a matter of dates, which a plain statement cannot carry.
                if member.end is None:
                    members[member.state].append(organisation)
        return members

    def _state(self, address: str, local: str) -> Iterable[str]:
        yield from _named(address, "State", self.state_name(local))
        known = self.states.get(local)
        if known:
            yield from (line(address, dg("alternativeName"), label(name)) for name in known.aliases)
            yield from self._capitals(address, known)
        for organisation in self._memberships.get(local, ()):
            seat = node("org", organisation)
            yield line(address, dg("memberOf"), seat)
            yield from _named(seat, "Organisation", self.organisations[organisation].name)
        for tenure in self._of_state.get(local, ()):
            yield from _tenure_lines(tenure)

    def _capitals(self, address: str, state: State) -> Iterable[str]:
        for capital in state.capitals:
            places = [p for p in self.places.values() if p.state == state.id and p.name == capital]
            for place in places[:1]:
                yield line(address, dg("capital"), node("place", place.id))
                yield from self.lines(node("place", place.id))

    def _person(self, address: str, local: str) -> Iterable[str]:
        tenures = self._of_person.get(local, [])
        name = tenures[0].name if tenures else " ".join(w.capitalize() for w in local.split("-"))
        yield from _named(address, "Person", name)
        for tenure in tenures:
            yield from _tenure_lines(tenure)

    def _place(self, address: str, local: str) -> Iterable[str]:
        known = self.places.get(local)
        name = known.name if known else minted_name(local) if "~" in local else _words(local)
        state = known.state if known else local.partition("~")[0] if "~" in local else None
        yield from _named(address, "Place", name)
        if state:
            yield line(address, dg("inState"), node("state", state))
        if known and known.within:
            yield line(address, dg("within"), node("place", known.within))
            yield from self.lines(node("place", known.within))

    def _gathering(self, address: str, local: str) -> Iterable[str]:
        known = self.gatherings.get(local)
        yield from _named(address, "Gathering", known.name if known else _words(local))
        series = node("series", known.series if known else local.rpartition("-")[0])
        yield line(address, dg("inSeries"), series)
        yield from self.lines(series)
        for term, bound in (("startDate", known and known.start), ("endDate", known and known.end)):
            if bound:
                yield line(address, dg(term), text(bound))

    def _series(self, address: str, local: str) -> Iterable[str]:
        known = self.series.get(local)
        return _named(address, "GatheringSeries", known.name if known else _words(local))

    def _occasion(self, address: str, local: str) -> Iterable[str]:
        return _named(address, "Gathering", minted_name(local))

    def _issue(self, address: str, local: str) -> Iterable[str]:
        name, kind = self.issues.get(local, (_words(local), ""))
        yield from _named(address, "Issue", name)
        for word in sorted({"historical", "territorial"} & set(kind.split())):
            yield line(address, TYPE, dg(f"{word.capitalize()}Issue"))

    def _topic(self, address: str, local: str) -> Iterable[str]:
        return _named(address, "Issue", minted_name(local))


@cache
def load() -> Background:
    """The background of the gazetteer and the issue vocabulary that come with diplograph."""
    from diplograph.knowledge import gazetteer

    book = gazetteer.load()
    return Background(
        states=book.states,
        tenures=_rows(book.tenures),
        places=book.places,
        gatherings=book.gatherings,
        series=book.series,
        organisations=book.organisations,
        issues={issue.id: (issue.label, issue.kind) for issue in ontology.issues()},
    )


def _rows(table: Any) -> Iterable[Any]:
    return table.values() if isinstance(table, Mapping) else table


def _named(address: str, kind: str, name: str) -> Iterable[str]:
    yield line(address, TYPE, dg(kind))
    yield line(address, LABEL, label(name))


def _tenure_lines(tenure: Tenure) -> Iterable[str]:
    subject, person = node("tenure", tenure.id), node("person", tenure.person)
    office = node("office", f"{tenure.state}-{tenure.office}")
    polity = node("state" if len(tenure.state) == 3 and tenure.state.isupper() else "org", tenure.state)
    yield from _named(subject, "Tenure", f"{tenure.name}, {tenure.title} ({tenure.state})")
    yield line(subject, dg("ofOffice"), office)
    yield line(subject, dg("heldBy"), person)
    yield line(person, dg("hasTenure"), subject)
    yield from _named(person, "Person", tenure.name)
    yield from _named(office, "Office", f"{tenure.title} ({tenure.state})")
    yield line(office, dg("officeOf"), polity)
    if tenure.role:
        yield line(office, dg("role"), dg(f"role/{tenure.role}"))
    for term, bound in (("startDate", tenure.start), ("endDate", tenure.end)):
        if bound:
            yield line(subject, dg(term), text(bound))


def _in_office(tenure: Tenure, facts: Facts) -> bool:
    if facts.when.start is None:
        return tenure.end is None
    begins = tenure.start is None or first_day(tenure.start) <= facts.when.latest_end()
    return begins and (tenure.end is None or last_day(tenure.end) >= facts.when.earliest_start())


def _grouped(tenures: Iterable[Tenure], field: str) -> dict[str, list[Tenure]]:
    groups: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in sorted(tenures, key=lambda t: t.id):
        groups[getattr(tenure, field)].append(tenure)
    return groups


def _words(slug: str) -> str:
    """A slug as words, where nothing better is known."""
    return slug.replace("-", " ")
