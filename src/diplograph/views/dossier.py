"""The dossier of a pair for a desk officer: one page of what matters, then the record with quoting footnotes.

Takes a ``World`` and two codes; gives a ``Dossier``, which becomes HTML or Markdown. Every footnote holds the
sentence, its source and the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from diplograph.analysis import shuttle, wording
from diplograph.analysis.journeys import Journey
from diplograph.model import Event, EventType, Report, Status, TimeSpan, first_day, last_day
from diplograph.views import cards, clean, ground, issue, page, saying, strip, world
from diplograph.views.start import safe
from diplograph.views.world import Sheet, World

LAST: Final = 3
ISSUES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event in words, with the numbers of its footnotes."""

    words: str
    when: str
    notes: tuple[int, ...]
    status: str
    anchor: str


@dataclass(slots=True)
class Notes:
    """The footnotes of a dossier, numbered as they are first needed."""

    given: World
    numbers: dict[str, int] = field(default_factory=dict)
    quotes: list[cards.Quote] = field(default_factory=list)

    def of(self, event: Event) -> tuple[int, ...]:
        """The numbers of the footnotes of an event: one for each report, by date."""
        against = {report for d in event.decisions for report in d.contradicting}
        told = [self.given.reports[key] for key in event.reports if key in self.given.reports]
        told.sort(key=lambda report: (report.published or date.min, report.id))
        return tuple(self._number(report, contradicts=report.id in against) for report in told)

    def _number(self, report: Report, *, contradicts: bool) -> int:
        if report.id not in self.numbers:
            self.quotes.append(cards.quote(report, self.given.documents, contradicts=contradicts))
            self.numbers[report.id] = len(self.quotes)
        return self.numbers[report.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What a briefing says, before it is laid out."""

    a: str
    b: str
    title: str
    sentence: str
    span: str
    strip: Any
    last: tuple[Entry, ...]
    coming: tuple[Entry, ...]
    issues: tuple[Mapping[str, Any], ...]
    tensions: tuple[Entry, ...]
    people: tuple[Mapping[str, str], ...]
    record: tuple[Entry, ...]
    notes: tuple[cards.Quote, ...]
    events: tuple[Event, ...]
    cite: str


def dossier(given: World, a: str, b: str, *, since: date | None = None) -> Dossier:
    """The briefing of two states, as of the world's day; the record begins at ``since``."""
    known = replace(given, events=tuple(_upto(given)))
    own = known.between(a, b)
    shown = [event for event in own if since is None or _after(event, since)]
    notes = Notes(given=known)
    contacts = [e for e in own if e.facts.status is Status.HELD and e.facts.when.start and e.part_of is None]
    met = [e for e in contacts if e.facts.type is EventType.VISIT or e.facts.type in world.TALKS]
    names = {event.id: event for event in own}
    ahead = shuttle.whose_turn(own, a, b, known.as_of, names=known.names).planned
    title = f"{known.name(a)} – {known.name(b)}"
    # In the order of the page, so that its footnotes begin with 1.
    last = _entries(reversed(met[-LAST:]), known, notes)
    coming = _entries(_coming(own, ahead, names, known.as_of), known, notes)
    issues = _issues(shown, known, notes)
    tensions = _entries(_tensions(shown), known, notes)
    record = _entries(reversed(shown), known, notes)
    return Dossier(
        a=known.name(a),
        b=known.name(b),
        title=f"{title}: dossier",
        sentence=clean.plain(shuttle.whose_turn(own, a, b, known.as_of, names=known.names).sentence),
        span=_span(since, known),
        strip=safe(strip.figure(own, a, b, names=known.names, as_of=known.as_of, tenures=known.tenures)),
        people=_people(known, (a, b), own),
        record=record,
        notes=tuple(notes.quotes),
        events=tuple(shown),
        cite=world.cite(f"{title}: dossier", shown, known),
        last=last,
        coming=coming,
        issues=issues,
        tensions=tensions,
    )


def _upto(given: World) -> Iterable[Event]:
    """The events of which something had been published by the as-of day."""
    for event in given.events:
        days = [given.reports[key].published for key in event.reports if key in given.reports]
        known = [day for day in days if day]
        if given.as_of is None or not known or min(known) <= given.as_of:
            yield event


def _after(event: Event, since: date) -> bool:
    return event.facts.when.start is None or event.facts.when.latest_end() >= since


def _span(since: date | None, given: World) -> str:
    start = f"from {wording.span(TimeSpan(start=since.isoformat()))} " if since else ""
    return f"{start}as of {given.day()}" if given.as_of else start.strip()


def _entries(events: Iterable[Event], given: World, notes: Notes) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            words=saying.headline(event, given.names),
            when=wording.span(event.facts.when),
            notes=notes.of(event),
            status=str(event.facts.status),
            anchor=cards.anchor(event.id),
        )
        for event in events
    )


def _coming(
    own: Sequence[Event], ahead: Sequence[Journey], known: Mapping[str, Event], as_of: date | None
) -> list[Event]:
    """Visits that are planned, and talks planned for a day to come that belong to none."""
    visits = [known[journey.event] for journey in ahead if journey.event in known]
    shown = {visit.id for visit in visits}
    open_ = (Status.PLANNED, Status.PROPOSED, Status.POSTPONED)
    talks = [
        event
        for event in own
        if event.facts.status in open_
        and event.facts.type in world.TALKS
        and event.part_of not in shown
        and event.facts.when.start
        and as_of
        and event.facts.when.latest_end() >= as_of
    ]
    return [*visits, *talks]


def _tensions(own: Sequence[Event]) -> list[Event]:
    found = [event for event in own if event.facts.type is EventType.TENSION]
    return list(reversed(found))[:ISSUES]


def _issues(own: Sequence[Event], given: World, notes: Notes) -> tuple[Mapping[str, Any], ...]:
    """The issues that came up most lately, each with the words of those who raise it."""
    found: dict[str, list[Event]] = {}
    names: dict[str, tuple[str, bool]] = {}
    for event in own:
        for topic in event.facts.issues:
            key = cards.issue_key(topic)
            found.setdefault(key, []).append(event)
            names.setdefault(key, (topic.name, topic.id is not None))
    ranked = sorted(found, key=lambda key: (-names[key][1], -len(found[key]), key))[:ISSUES]
    return tuple(
        {
            "name": clean.plain(names[key][0]),
            "count": wording.count(len({event.id for event in found[key]}), "event"),
            "last": wording.span(found[key][-1].facts.when),
            "said": issue.said(found[key], key, given),
            "notes": notes.of(found[key][-1]),
        }
        for key in ranked
    )


def _people(given: World, states: Sequence[str], own: Sequence[Event]) -> tuple[Mapping[str, str], ...]:
    """Who holds the leading office of each state on the as-of day."""
    if given.as_of is None:
        return ()
    found = []
    for code in states:
        for tenure in ground.leading(given.tenures, code, own):
            begun = not tenure.start or first_day(tenure.start) <= given.as_of
            lasts = not tenure.end or last_day(tenure.end) >= given.as_of
            if begun and lasts:
                start = wording.span(TimeSpan(start=tenure.start)) if tenure.start else "a day not known"
                found.append({
                    "name": clean.plain(tenure.name),
                    "role": clean.plain(f"{tenure.title} of {wording.state(code, given.names)}"),
                    "since": start,
                })  # fmt: skip
    return tuple(found)


def sheet(given: World, a: str, b: str, *, since: date | None = None) -> Sheet:
    """The dossier as a page."""
    made = dossier(given, a, b, since=since)
    return Sheet(
        kind="dossier",
        key=f"{a}-{b}",
        template="dossier.html",
        title=made.title,
        sentence=made.sentence,
        events=made.events,
        styles=(page.asset("strip.css"), page.asset("pair.css"), page.asset("dossier.css")),
        values={"d": made},
        facts={"since": since.isoformat() if since else None},
    )


def markdown(made: Dossier) -> str:
    """The dossier as Markdown, with footnotes."""
    return str(page.environment().get_template("dossier.md").render(d=made, md=escaped, link=linked))


_SPECIAL: Final = str.maketrans({
    **{c: f"\\{c}" for c in "\\`*_{}[]()#+!|~$"},
    "<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;",
})  # fmt: skip


def escaped(text: str) -> Any:
    """Text that Markdown, and the HTML it may become, shows as it stands."""
    from markupsafe import Markup

    line = " ".join(clean.plain(text).split()).translate(_SPECIAL)
    # A line that begins like a list, and an address that would become a link, are only words.
    line = f"\\{line}" if line[:1] in ("-", "=") else line
    return Markup(line.replace("://", ":&#47;/").replace("www.", "www&#46;"))  # noqa: S704


def linked(url: str) -> Any:
    """An address between angle brackets, which nothing in it can close."""
    from urllib.parse import quote

    from markupsafe import Markup

    return Markup(quote(url, safe=":/?#[]@!$&'()*+,;=%~"))  # noqa: S704
