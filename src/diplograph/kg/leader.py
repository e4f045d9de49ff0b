"""One person and what they did: tenures, journeys, whom they met.

Takes events and the slug of a person; gives tables, each from a measure of ``analysis``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diplograph import record
from diplograph.analysis import wording
from diplograph.display import Page, Table
from diplograph.errors import QueryError
from diplograph.model import Event, Tenure

if TYPE_CHECKING:
    from diplograph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """One person of a graph.

    Example:
        >>> lee = kg.leader("Lee Jae Myung")
        >>> lee
        <Leader Lee Jae Myung: 3 events>
        >>> lee.journeys()[0]["host"], lee.tenures()[0]["office"]
        ('Japan', 'President')

    Attributes:
        person: Their slug, such as ``lee-jae-myung``.
        name: Their name.
        events: The events that they took part in.
        held: Their tenures, the earliest first.
        store: Where the reports are.
        names: State code → name.
    """

    person: str
    name: str
    events: tuple[Event, ...]
    held: tuple[Tenure, ...]
    store: Store
    names: Mapping[str, str]

    def tenures(self) -> Table:
        """The offices that they held, with the source of each."""
        rows = tuple(
            {
                "office": one.title,
                "state": self.names.get(one.state, one.state),
                "start": one.start,
                "end": one.end,
                "source": one.source,
            }
            for one in self.held
        )
        headings = ("office", "state", "start", "end", "source")
        return Table(headings=headings, rows=rows, caption=wording.count(len(rows), "tenure"))

    def timeline(self) -> Table:
        """The events that they took part in, in order of time, with quotes."""
        told = record.of_events(self.events, *record.evidence(self.store), self.names)
        return told.cited(self.store.why)

    def journeys(self) -> Table:
        """Their journeys to other states, in order of time: planned and cancelled ones as well."""
        from diplograph.analysis import journeys as travel
        from diplograph.model import Status

        found = travel.journeys(self.events, statuses=frozenset(Status))
        rows = tuple(
            {
                "when": one.when.edtf or None,
                "guest": self.names.get(one.guest, one.guest),
                "host": self.names.get(one.host, one.host),
                "place": one.place,
                "occasion": one.occasion,
                "status": one.status.value,
                "event": one.event,
            }
            for one in found
            if self.person in one.persons
        )
        headings = ("when", "guest", "host", "place", "occasion", "status", "event")
        caption = wording.count(len(rows), "journey")
        return Table(headings=headings, rows=rows, caption=caption).cited(self.store.why)

    def counterparts(self) -> Table:
        """Whom of other states they met, most often first; talks within a visit count once."""
        from diplograph.analysis import actors

        rows = []
        for met in actors.encounters(self.events):
            if self.person in (met.a, met.b):
                at = 1 if met.a == self.person else 0
                state = self.names.get(met.states[at], met.states[at])
                rows.append(
                    {"name": met.names[at], "state": state, "times": met.count, "events": list(met.events)}
                )
        headings = ("name", "state", "times", "events")
        caption = wording.count(len(rows), "counterpart")
        return Table(headings=headings, rows=tuple(rows), caption=caption).cited(self.store.why)

    def view(self) -> Page:
        """Their page: tenures, journeys on a line, counterparts, quotes."""
        from diplograph import pages

        return pages.page(self.store, "leader", self.person)

    def __repr__(self) -> str:
        return f"<Leader {self.name}: {wording.count(len(self.events), 'event')}>"

    def _repr_html_(self) -> str:
        return self.view()._repr_html_()


def found(who: str, events: Iterable[Event], tenures: Iterable[Tenure]) -> tuple[str, str]:
    """Slug and name of the person whom a word names: by slug, by name, or by a surname that only one has.

    Args:
        who: The word.
        events: Where persons take part.
        tenures: What is known of who held which office.

    Raises:
        QueryError: If no person of these events is called so, or several are.
    """
    named = {p.person: p.name for event in events for p in event.facts.participants if p.person}
    known = {one.person: one for one in tenures}
    word = " ".join(who.split()).casefold()
    whole = [slug for slug, name in named.items() if word in (slug, *_called(name, known.get(slug)))]
    part = [slug for slug, name in named.items() if word in name.casefold().split()]
    fitting = whole or part
    if len(fitting) == 1:
        slug = fitting[0]
        return slug, known[slug].name if slug in known else named[slug]
    if not fitting:
        raise QueryError(
            f"no event of this graph has a person {who!r}; write a name as in `diplograph timeline`"
        )
    raise QueryError(f"{who!r} is the name of several: {', '.join(sorted(fitting))}; write one of these")


def _called(name: str, tenure: Tenure | None) -> set[str]:
    names = {name, *((tenure.name, *tenure.aliases) if tenure else ())}
    return {one.casefold() for one in names}
