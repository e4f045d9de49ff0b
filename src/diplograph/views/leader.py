"""The page of a leader: tenures, journeys on a line, counterparts, first journeys in office, statements.

Takes a ``World`` and the slug of a person; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from diplograph.analysis import actors, wording
from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey
from diplograph.errors import StoreError
from diplograph.model import Event, Participant, Status, Tenure, first_day, last_day
from diplograph.views import cards, clean, page, scale, start, state, svg, world
from diplograph.views.world import Sheet, World

WIDTH: Final = 1040
HEIGHT: Final = 96


def keys(given: World) -> list[str]:
    """The people who have a page: those of any event."""
    return sorted({p.person for event in given.events for p in event.facts.participants if p.person})


def sheet(given: World, person: str) -> Sheet:
    """The page of a leader.

    Raises:
        StoreError: If no event has this person.
    """
    own = tuple(
        sorted(
            (e for e in given.events if any(p.person == person for p in e.facts.participants)),
            key=cards.order,
        )
    )
    if not own:
        raise StoreError(f"no event has a person {person!r}; the pages of states list their leaders")
    who = next(p for e in reversed(own) for p in e.facts.participants if p.person == person)
    terms = sorted((t for t in given.tenures if t.person == person), key=lambda t: (t.start or "", t.id))
    made = [j for j in travel.journeys(own, statuses=frozenset(Status)) if person in j.persons]
    name = clean.plain(terms[-1].name if terms else who.name)
    return Sheet(
        kind="leader",
        key=person,
        template="leader.html",
        styles=(page.asset("strip.css"),),
        title=name,
        sentence=_sentence(name, who, terms, made, own, given),
        events=own,
        values={
            "terms": [_term(term, given) for term in terms],
            "line": start.safe(line(made, terms, given)) if any(j.dated for j in made) else "",
            "journeys": [_journey(j, given) for j in sorted(made, key=_time, reverse=True)],
            "firsts": _firsts(made, terms, given),
            "counterparts": _counterparts(own, person, given),
            "statements": _statements(given, terms, name),
            "cards": given.cards(own),
            "sources": world.origins(own, given),
        },
        facts={
            "journeys": [j.event for j in made],
            "tenures": [
                {"office": t.title, "state": t.state, "start": t.start, "end": t.end, "source": t.source}
                for t in terms
            ],
        },
    )


def _time(journey: Journey) -> tuple[date, str]:
    return (journey.when.earliest_start() if journey.dated else date.min), journey.event


def _sentence(
    name: str,
    who: Participant,
    terms: Sequence[Tenure],
    made: Sequence[Journey],
    own: Sequence[Event],
    given: World,
) -> str:
    held = [j for j in made if j.status is Status.HELD]
    role = ""
    if terms:
        term = terms[-1]
        role = f", {term.title} of {wording.state(term.state, given.names)}, {state.in_office(term)}"
    elif who.office or who.state:
        place = wording.state(who.state, given.names) if who.state else ""
        role = f", {' of '.join(filter(None, (who.office, place)))}"
    return f"{name}{role}: {wording.count(len(held), 'journey')}, {wording.count(len(own), 'event')} in all."


def _term(term: Tenure, given: World) -> Mapping[str, Any]:
    return {
        "title": clean.plain(term.title) + (" (acting)" if term.acting else ""),
        "state": given.name(term.state),
        "href": given.ways.to("state", term.state),
        "span": state.in_office(term),
        "source": clean.plain(term.source),
    }


def _journey(journey: Journey, given: World) -> Mapping[str, Any]:
    host = given.name(journey.host)
    place = f"{journey.place}, {host}" if journey.place and journey.place != host else host
    occasion = f" ({journey.occasion})" if journey.occasion else ""
    return {
        "when": wording.span(journey.when),
        "where": clean.plain(place + occasion),
        "status": str(journey.status),
        "href": given.ways.to("event", journey.event) or f"#{cards.anchor(journey.event)}",
    }


def _firsts(made: Sequence[Journey], terms: Sequence[Tenure], given: World) -> Sequence[Mapping[str, Any]]:
    """The first held journey of each time in office."""
    held = sorted((j for j in made if j.dated and j.status is Status.HELD), key=_time)
    found = []
    for term in terms:
        begin = first_day(term.start) if term.start else date.min
        end = last_day(term.end) if term.end else date.max
        first = next((j for j in held if begin <= j.when.earliest_start() <= end), None)
        if first:
            told = _journey(first, given)
            found.append({**told, "office": f"{clean.plain(term.title)}, {state.in_office(term)}"})
    return found


def _counterparts(own: Sequence[Event], person: str, given: World) -> Sequence[Mapping[str, Any]]:
    rows = [row for row in actors.encounters(own) if person in (row.a, row.b)]
    found = []
    for row in rows:
        at = 1 if row.a == person else 0
        found.append({
            "name": clean.plain(row.names[at]), "href": given.ways.to("leader", (row.a, row.b)[at]),
            "state": given.name(row.states[at]) if row.states[at] else "",
            "count": wording.count(row.count, "time"),
            "events": [given.ways.to("event", e) or f"#{cards.anchor(e)}" for e in row.events],
        })  # fmt: skip
    return found[: start.MOST]


def _statements(given: World, terms: Sequence[Tenure], name: str) -> list[cards.Quote]:
    """Reports that are attributed to the person by full name."""
    names = {clean.plain(n).casefold() for term in terms for n in (term.name, *term.aliases)} | {
        name.casefold()
    }
    told = [
        report
        for report in given.reports.values()
        if report.attribution and any(n in clean.plain(report.attribution).casefold() for n in names if n)
    ]
    told.sort(key=lambda report: (report.published or date.min, report.id), reverse=True)
    return [cards.quote(report, given.documents) for report in told[: start.MOST]]


def line(made: Sequence[Journey], terms: Sequence[Tenure], given: World) -> str:
    """The journeys on a line of time, over the times in office."""
    dated = [j for j in made if j.dated]
    days = [d for j in dated for d in (j.when.earliest_start(), j.when.latest_end())]
    axis = scale.scale(days + ([given.as_of] if given.as_of else []), 12, WIDTH - 12, folded=60)
    first, last = axis.stretches[0].start, axis.stretches[-1].end
    parts = [svg.element("title", svg.words("Journeys on a line of time"))]
    for term in terms:
        begin = max(first, first_day(term.start)) if term.start else first
        end = min(last, last_day(term.end)) if term.end else last
        if begin < end:
            x, right = axis.x(begin), axis.x(end)
            parts.append(svg.rect(x, 6, right - x, 16, rx=3, class_="tenure a"))
            parts.append(svg.text(x + 5, 18, clean.short(term.title, 30), class_="leader"))
    parts.append(svg.line(12, 52, WIDTH - 12, 52, class_="lane a"))
    taken = -100.0
    for journey in sorted(dated, key=_time):
        parts.append(_mark(journey, axis, given))
        label = clean.short(journey.place or given.name(journey.host), 14)
        x = axis.x(journey.when.earliest_start())
        if x - taken > svg.width_of(label) / 2 + 4 and x + svg.width_of(label) / 2 < WIDTH:
            parts.append(svg.text(x, 40, label, class_="place", text_anchor="middle"))
            taken = x + svg.width_of(label) / 2
    parts += _ticks(axis)
    return svg.element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", width=WIDTH,
        height=HEIGHT, role="group", aria_label="Journeys on a line of time", class_="strip",
    )  # fmt: skip


def _mark(journey: Journey, axis: scale.Scale, given: World) -> svg.Svg:
    left, right = axis.x(journey.when.earliest_start()), axis.x(journey.when.latest_end())
    bar = svg.rect(left - 3, 46, max(6.0, right - left), 12, rx=3, class_=f"visit a {journey.status}")
    words = f"{journey.place or given.name(journey.host)}, {wording.span(journey.when)}, {journey.status}"
    href = given.ways.to("event", journey.event) or f"#{cards.anchor(journey.event)}"
    return svg.element("a", svg.element("title", svg.words(words)), bar, href=href, aria_label=words)


def _ticks(axis: scale.Scale) -> list[svg.Svg]:
    marks: list[svg.Svg] = []
    last = -100.0
    for year, x in axis.years():
        marks.append(svg.line(x, 60, x, 66, class_="year"))
        if x - last > 36:
            marks.append(svg.text(x, 82, str(year), class_="tick", text_anchor="middle"))
            last = x
    return marks
