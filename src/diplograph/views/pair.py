"""The page of a pair of states: whose turn it is, the shuttle strip, the balance and the quoted record.

Takes events, reports and documents; gives one self-contained HTML file without any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diplograph.analysis import actors, balance, shuttle, tempo, wording
from diplograph.analysis.journeys import Journey
from diplograph.analysis.shuttle import Ending, Exchange, Shuttle
from diplograph.model import Document, Event, EventType, Report, Status, Tenure
from diplograph.views import cards, clean, page, strip


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number on the page, with the anchors of the events it counts."""

    label: str
    value: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A leg of a shuttle in words, and the days until it was answered."""

    anchor: str
    words: str
    days: str


def render(
    events: Iterable[Event],
    reports: Iterable[Report],
    a: str,
    b: str,
    *,
    names: Mapping[str, str],
    as_of: date | None = None,
    documents: Iterable[Document] = (),
    tenures: Iterable[Tenure] = (),
    title: str | None = None,
) -> str:
    """The page of a pair as HTML.

    Args:
        events: Events of any states; those of the pair are taken.
        reports: Their reports.
        a: Code of the state whose journeys are drawn above.
        b: Code of the other.
        names: State code → name.
        as_of: The day to look from.
        documents: The documents of the reports.
        tenures: Leaders' times in office, for the edges of the strip.
        title: Title of the page; the two names unless given.
    """
    own = sorted((event for event in events if {a, b} <= set(event.facts.states)), key=cards.order)
    exchange = shuttle.exchange(own, a, b, as_of=as_of)
    record = cards.cards(own, reports, documents, names)
    heading = title or f"{names.get(a, a)} – {names.get(b, b)}"
    return page.render(
        "pair.html",
        title=heading,
        styles=(page.asset("strip.css"), page.asset("pair.css")),
        heading=clean.plain(heading),
        sentence=clean.plain(shuttle.whose_turn(own, a, b, as_of, names=names).sentence),
        strip=_safe(strip.figure(own, a, b, names=names, as_of=as_of, tenures=tenures)),
        figures=_figures(own, a, b, names, as_of),
        runs=[_run(run, names) for run in exchange.shuttles],
        rhythm=_rhythm(own, a, b, as_of),
        beside=_beside(exchange, names),
        people=_people(own, a, b),
        cards=record,
        sources=_sources(record),
        cite=_cite(heading, record, as_of),
    )


def _safe(drawn: str) -> Any:
    from markupsafe import Markup

    # Written by views.svg, which escapes whatever it is given.
    return Markup(drawn)  # noqa: S704


def _anchors(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(cards.anchor(event) for event in ids)


def _figures(
    own: Sequence[Event], a: str, b: str, names: Mapping[str, str], as_of: date | None
) -> list[Figure]:
    counted = balance.balance(own, a, b, as_of=as_of)
    contact = [
        event.id
        for event in own
        if event.facts.type in (EventType.MEETING, EventType.CALL)
        and event.facts.status is Status.HELD
        and event.part_of is None
    ]
    one, other = (clean.plain(names.get(code, code)) for code in (a, b))
    return [
        Figure(label=f"{one} to {other}", value=str(len(counted.out)), anchors=_anchors(counted.out)),
        Figure(label=f"{other} to {one}", value=str(len(counted.back)), anchors=_anchors(counted.back)),
        Figure(label="Contacts elsewhere", value=str(len(contact)), anchors=_anchors(contact)),
    ]


def _leg(journey: Journey, names: Mapping[str, str]) -> str:
    who = wording.listing(journey.travellers) or names.get(journey.guest, journey.guest)
    return clean.plain(
        f"{who} to {journey.place or names.get(journey.host, journey.host)}, {wording.span(journey.when)}"
    )


def _run(run: Shuttle, names: Mapping[str, str]) -> dict[str, Any]:
    days = [str(turn) for turn in run.turn_arounds] + [""]
    steps = [
        Step(anchor=cards.anchor(leg.event), words=_leg(leg, names), days=told)
        for leg, told in zip(run.legs, days, strict=True)
    ]
    late = clean.plain(wording.state(run.broken_by, names)) if run.broken_by else ""
    ends = {
        Ending.OPEN: "It goes on, or no later visit is recorded.",
        Ending.LATE: f"The next visit came too late to answer it; the return of {late} stayed out.",
        Ending.REPEATED: f"The same side came again before {late} had returned the visit.",
    }
    return {"steps": steps, "ending": ends[run.ending], "certain": run.certain}


def _rhythm(own: Sequence[Event], a: str, b: str, as_of: date | None) -> str:
    found = tempo.tempo(own, a, b, as_of=as_of)
    if found.usual is None:
        return ""
    breaks = [f"{gap.days} after {wording.span(gap.before.when)}" for gap in found.breaks]
    broken = f" The rhythm was broken for {wording.listing(breaks)}." if breaks else ""
    return f"Half of the gaps between visits are {found.usual:.0f} days or shorter.{broken}"


def _beside(exchange: Exchange, names: Mapping[str, str]) -> list[tuple[str, list[Step]]]:
    groups = (
        ("Planned, proposed or postponed", exchange.ahead),
        ("Called off", exchange.cancelled),
        ("Visits to gatherings, which are no legs", exchange.gatherings),
        ("Visits that answered none and were not answered", exchange.single),
        ("Visits below the level of leaders", exchange.lower),
        ("Undated visits", exchange.undated),
    )
    return [
        (name, [Step(anchor=cards.anchor(j.event), words=_leg(j, names), days="") for j in found])
        for name, found in groups
        if found
    ]


def _people(own: Sequence[Event], a: str, b: str) -> list[Figure]:
    return [
        Figure(
            label=clean.plain(" and ".join(row.names)),
            value=wording.count(row.count, "time"),
            anchors=_anchors(row.events),
        )
        for row in actors.encounters(own, a, b)[:8]
    ]


def _sources(record: Sequence[cards.Card]) -> list[tuple[str, str, str | None]]:
    found = {(q.published, q.source, q.publisher, q.url) for card in record for q in card.quotes}
    return [
        (", ".join(filter(None, (source, publisher))), published, url)
        for published, source, publisher, url in sorted(found, key=lambda row: tuple(map(str, row)))
    ]


def _cite(heading: str, record: Sequence[cards.Card], as_of: date | None) -> str:
    count = len({quote.source for card in record for quote in card.quotes})
    day = f", as of {as_of.day} {wording.MONTHS[as_of.month - 1]} {as_of.year}" if as_of else ""
    sources = wording.count(count, "source")
    return clean.plain(f"{heading}. diplograph, {wording.count(len(record), 'event')} from {sources}{day}.")
