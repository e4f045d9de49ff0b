"""Shows an event with its facts and the sentences that tell it; the same card on every page.

Takes events, their reports and the documents these are from; gives ``Card`` values that templates lay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from diplograph.analysis import levels, wording
from diplograph.model import (
    Document,
    Event,
    EventType,
    Facts,
    Occasion,
    Participant,
    Polarity,
    Report,
    TimeSpan,
    Topic,
)
from diplograph.views import clean, saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A word of a fact, and the page that is about it: its kind and key."""

    text: str
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of a source, and where it stands."""

    text: str
    source: str
    report: str
    contradicts: bool = False
    published: str = ""
    publisher: str = ""
    attribution: str = ""
    url: str | None = None
    rule: str = ""
    start: int = 0
    end: int = 0
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event for display.

    Attributes:
        id: Id of the event.
        anchor: Name of its place on the page.
        page: Key of the page of the event; empty if it has none.
        facts: Labels and what they are, in order; only what is known.
        moves: How its status moved, as sentences.
        contradicted: The fields on which its reports differ.
        quotes: One for each report, by date.
        search: What a search looks in, in lower case.
        year: The year in which it began; empty if undated.
        level: The level of the highest office among those who took part.
        topics: Keys of its issues.
    """

    id: str
    anchor: str
    kind: str
    kind_label: str
    status: str
    heading: str
    when: str
    edtf: str
    facts: tuple[tuple[str, tuple[Part, ...]], ...]
    moves: tuple[str, ...]
    contradicted: tuple[str, ...]
    quotes: tuple[Quote, ...]
    search: str
    page: str = ""
    year: str = ""
    level: str = ""
    topics: tuple[str, ...] = ()


def anchor(event_id: str) -> str:
    """The name of an event's place on a page."""
    return f"e-{clean.plain(event_id)}"


def order(event: Event) -> tuple[bool, date, date, str]:
    """The order of a record: latest first when reversed, undated at the end of time."""
    when = event.facts.when
    if when.start is None:
        return False, date.min, date.min, event.id
    return True, when.earliest_start(), when.latest_end(), event.id


def parts(facts: Facts, names: Mapping[str, str]) -> dict[str, tuple[Part, ...]]:
    """What is known of an event, by field, each word with the page that it leads to."""
    place, occasion = facts.place, facts.occasion
    where = [Part(text=place.name)] if place else []
    if place and place.state:
        where.append(_state(place.state, names))
    return {
        "when": (Part(text=wording.span(facts.when)),),
        "place": tuple(where),
        "occasion": (Part(text=occasion.name, kind="gathering", key=gathering_key(occasion)),)
        if occasion
        else (),
        "states": tuple(_state(code, names) for code in facts.states),
        "host": (_state(facts.host, names),) if facts.host else (),
        "participants": tuple(_person(person) for person in facts.participants),
        "issues": tuple(Part(text=topic.name, kind="issue", key=issue_key(topic)) for topic in facts.issues),
    }


def _state(code: str, names: Mapping[str, str]) -> Part:
    return Part(text=names.get(code, code), kind="state", key=code)


def _person(person: Participant) -> Part:
    role = ", ".join(filter(None, (person.office, person.state)))
    return Part(text=f"{person.name} ({role})" if role else person.name, kind="leader", key=person.person)


def issue_key(topic: Topic) -> str:
    """The key of an issue's page: its slug in the vocabulary, or its name."""
    return topic.id or clean.plain(topic.name).casefold()


def gathering_key(occasion: Occasion) -> str:
    """The key of a gathering's page: its slug in the gazetteer, or its name."""
    return occasion.id or clean.plain(occasion.name).casefold()


_LABELS: Final = {
    "when": "When",
    "place": "Where",
    "occasion": "Occasion",
    "states": "States",
    "host": "Host",
    "participants": "People",
    "issues": "Issues",
}


def _facts(facts: Facts, names: Mapping[str, str]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    told = parts(facts, names)
    return tuple((label, told[name]) for name, label in _LABELS.items() if told[name])


def _moves(event: Event) -> tuple[str, ...]:
    steps = [(str(step.status), step.published) for step in event.history]
    if len({status for status, _ in steps}) < 2:
        return ()
    return tuple(
        f"{status} ({wording.span(_day(published))})" if published else status for status, published in steps
    )


def _day(published: date) -> TimeSpan:
    return TimeSpan(start=published.isoformat())


def quote(report: Report, documents: Mapping[str, Document], *, contradicts: bool = False) -> Quote:
    """The sentence of one report, with its source."""
    document = documents.get(report.source)
    told = next((e for e in report.evidence if e.field == "event"), report.evidence[0])
    publisher = (document.publisher if document else None) or ""
    name = (document.title or document.name) if document else f"source {report.source[:8]}"
    return Quote(
        text=clean.plain(told.quote),
        source=clean.plain(name),
        report=report.id,
        contradicts=contradicts or report.polarity is not Polarity.AFFIRMED,
        published=wording.span(_day(report.published)) if report.published else "",
        publisher=clean.plain(publisher),
        attribution=clean.plain(report.attribution),
        url=clean.address(document.url) if document else None,
        rule=report.rule,
        start=told.start,
        end=told.end,
        source_id=report.source if document else "",
    )


def card(
    event: Event,
    reports: Mapping[str, Report],
    documents: Mapping[str, Document],
    names: Mapping[str, str],
    *,
    page: str | None = None,
) -> Card:
    """One event for display; reports that are not given are left out."""
    against = {report for decision in event.decisions for report in decision.contradicting}
    told = sorted(
        (reports[key] for key in event.reports if key in reports),
        key=lambda report: (report.published or date.min, report.id),
    )
    quotes = tuple(quote(r, documents, contradicts=r.id in against) for r in told)
    heading = saying.headline(event, names)
    facts = _facts(event.facts, names)
    values = (clean.plain(part.text) for _, given in facts for part in given)
    words = [heading, *values, *(q.text for q in quotes)]
    return Card(
        id=event.id,
        anchor=anchor(event.id),
        kind=str(event.facts.type),
        kind_label=_kind_label(event),
        status=str(event.facts.status),
        heading=heading,
        when=wording.span(event.facts.when),
        edtf=event.facts.when.edtf,
        facts=facts,
        moves=_moves(event),
        contradicted=tuple(sorted({d.field for d in event.decisions if d.contradicting})),
        quotes=quotes,
        search=" ".join(words).casefold(),
        page=event.id if page is None else page,
        year=str(event.facts.when.earliest_start().year) if event.facts.when.start else "",
        level=str(levels.highest(person.office for person in event.facts.participants)),
        topics=tuple(dict.fromkeys(map(issue_key, event.facts.issues))),
    )


def _kind_label(event: Event) -> str:
    facts = event.facts
    if facts.subtype:
        return clean.plain(facts.subtype.replace("-", " ")).capitalize()
    if facts.type is EventType.VISIT and facts.occasion:
        return "Visit to a gathering"
    return saying.KINDS[facts.type]


def cards(
    events: Iterable[Event],
    reports: Iterable[Report],
    documents: Iterable[Document],
    names: Mapping[str, str],
) -> tuple[Card, ...]:
    """The record of events: latest first, undated last."""
    known = {report.id: report for report in reports}
    sources = {document.id: document for document in documents}
    ordered = sorted(events, key=order, reverse=True)
    return tuple(card(event, known, sources, names) for event in ordered)
