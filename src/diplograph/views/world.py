"""What every page is made from, and what every page says: the world it looks at, and the sheet it fills.

Takes events with their evidence; gives ``World``. A view makes a ``Sheet`` of a world and a key; ``written``
turns it into HTML, and ``plain`` into what the JSON twin holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from diplograph.analysis import wording
from diplograph.model import Document, Event, EventType, Report, State, Tenure, TimeSpan
from diplograph.views import cards, clean, page, ways
from diplograph.views.cards import Card
from diplograph.views.ways import ALONE, Ways

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer

TALKS = frozenset({EventType.MEETING, EventType.CALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A graph as pages see it.

    Attributes:
        events: All events.
        reports: Reports by id; those of the events that a page shows are enough.
        documents: Documents by id.
        names: State code → name.
        as_of: The day to look from.
        known: The gazetteer, for tenures, places and gatherings.
        ways: The ways between pages.
        left_out: How many earlier events of the graph are not among these.
    """

    events: tuple[Event, ...]
    reports: Mapping[str, Report]
    documents: Mapping[str, Document]
    names: Mapping[str, str]
    as_of: date | None = None
    known: Gazetteer | None = None
    ways: Ways = ALONE
    left_out: int = 0

    def cards(self, events: Iterable[Event]) -> tuple[Card, ...]:
        """Events for display, latest first."""
        ordered = sorted(events, key=cards.order, reverse=True)
        return tuple(cards.card(event, self.reports, self.documents, self.names) for event in ordered)

    def between(self, a: str, b: str) -> tuple[Event, ...]:
        """The events that involve two states, in order of time."""
        pair = {a, b}
        return tuple(sorted((e for e in self.events if pair <= set(e.facts.states)), key=cards.order))

    def with_state(self, code: str) -> tuple[Event, ...]:
        """The events that involve a state, in order of time."""
        return tuple(sorted((e for e in self.events if code in involved(e)), key=cards.order))

    def name(self, code: str) -> str:
        """The name of a state."""
        return clean.plain(self.names.get(code, code))

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """All times in office that are known."""
        return tuple(self.known.tenures.values()) if self.known else ()

    def states(self) -> Mapping[str, State]:
        """What is known of states."""
        return self.known.states if self.known else {}

    def day(self) -> str:
        """The as-of day in words."""
        return wording.span(TimeSpan(start=self.as_of.isoformat())) if self.as_of else ""


def involved(event: Event) -> tuple[str, ...]:
    """Every state of an event, each once."""
    facts = event.facts
    host = (facts.host,) if facts.host else ()
    return tuple(dict.fromkeys((*facts.states, *facts.guests, *host)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a page says, before it is laid out.

    Attributes:
        kind: The kind of page.
        key: What it is about.
        template: The template that lays it out.
        title: Its title and heading.
        sentence: The sentence that it opens with.
        events: The events that it rests on.
        scripts: Scripts of the page, or what gives them: they are long, and a twin does not want them.
        values: What else the template wants.
        facts: What the JSON twin holds besides the events.
    """

    kind: str
    key: str = ""
    template: str
    title: str
    sentence: str
    events: tuple[Event, ...] = ()
    scripts: tuple[str | Callable[[], str], ...] = ()
    styles: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def written(sheet: Sheet, world: World) -> str:
    """The page as HTML."""
    own = world.ways.at(ways.address(sheet.kind, sheet.key))
    return page.render(
        sheet.template,
        title=sheet.title,
        scripts=tuple(script if isinstance(script, str) else script() for script in sheet.scripts),
        styles=(page.asset("pages.css"), *sheet.styles),
        ways=own,
        heading=clean.plain(sheet.title),
        sentence=clean.plain(" ".join(filter(None, (sheet.sentence, omission(world))))),
        cite=cite(sheet.title, sheet.events, world),
        **sheet.values,
    )


def omission(world: World) -> str:
    """What a page about the whole graph did not look at, in words."""
    if not world.left_out:
        return ""
    seen, left = f"{len(world.events):,}", f"{world.left_out:,}"
    return (
        f"This page looks at the latest {seen} events and leaves out {left} earlier ones; "
        "the pages of pairs, states and leaders have all of theirs."
    )


def cite(title: str, events: Sequence[Event], world: World) -> str:
    """How to cite a page: what it is, what it rests on, and when."""
    sources = {world.reports[key].source for event in events for key in event.reports if key in world.reports}
    day = f", as of {world.day()}" if world.as_of else ""
    told = f"{wording.count(len(events), 'event')} from {wording.count(len(sources), 'source')}"
    return clean.plain(f"{title}. diplograph, {told}{day}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source in a list of sources."""

    id: str
    name: str
    publisher: str
    published: str
    url: str | None


def origins(events: Iterable[Event], world: World) -> tuple[Origin, ...]:
    """The sources that events rest on, the latest first."""
    ids = {world.reports[key].source for event in events for key in event.reports if key in world.reports}
    found = [world.documents[source] for source in ids if source in world.documents]
    found.sort(key=lambda d: (d.published or date.min, d.name, d.id), reverse=True)
    return tuple(origin(document) for document in found)


def origin(document: Document) -> Origin:
    """A document in a list of sources."""
    day = document.published
    return Origin(
        id=document.id,
        name=clean.plain(document.title or document.name),
        publisher=clean.plain(document.publisher),
        published=wording.span(TimeSpan(start=day.isoformat())) if day else "",
        url=clean.address(document.url),
    )


def years(events: Iterable[Event]) -> tuple[int, int] | None:
    """The first and the last year in which anything dated happened."""
    dated = [event.facts.when for event in events if event.facts.when.start]
    if not dated:
        return None
    return min(when.earliest_start().year for when in dated), max(when.latest_end().year for when in dated)
