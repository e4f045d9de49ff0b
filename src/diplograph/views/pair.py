"""The page of a pair of states: whose turn it is, the shuttle strip, the balance and the quoted record.

Takes a ``World`` and two codes and gives a ``Sheet``; or events, reports and documents, and gives one
self-contained HTML file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diplograph.analysis import actors, balance, pairtests, reciprocity, shuttle, tempo, wording
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import SUMMIT
from diplograph.analysis.shuttle import Ending, Exchange, Shuttle
from diplograph.model import Document, Event, EventType, Report, Status, Tenure
from diplograph.views import cards, clean, legs, page, strip, world
from diplograph.views.agenda import agenda
from diplograph.views.start import safe
from diplograph.views.world import Sheet, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number on the page, with the events it counts: anchor and words of each."""

    label: str
    value: str
    events: tuple[tuple[str, str], ...]


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
    given = World(
        events=tuple(events),
        reports={report.id: report for report in reports},
        documents={document.id: document for document in documents},
        names=names,
        as_of=as_of,
    )
    return world.written(sheet(given, a, b, tenures=tuple(tenures), title=title), given)


def sheet(
    given: World, a: str, b: str, *, tenures: Sequence[Tenure] | None = None, title: str | None = None
) -> Sheet:
    """The page of a pair; A's journeys are drawn above."""
    own = given.between(a, b)
    as_of, names = given.as_of, given.names
    exchange = shuttle.exchange(own, a, b, as_of=as_of)
    turn = shuttle.whose_turn(own, a, b, as_of, names=names)
    drawn = strip.figure(
        own, a, b, names=names, as_of=as_of, tenures=given.tenures if tenures is None else tenures
    )
    return Sheet(
        kind="pair",
        key=f"{a}-{b}",
        template="pair.html",
        title=title or f"{names.get(a, a)} – {names.get(b, b)}",
        sentence=turn.sentence,
        events=own,
        scripts=(page.asset("strip.js"),),
        styles=(page.asset("strip.css"), page.asset("pair.css")),
        values={
            "a": cards.Part(text=given.name(a), kind="state", key=a),
            "b": cards.Part(text=given.name(b), kind="state", key=b),
            "strip": safe(drawn),
            "map": safe(legs.figure(own, a, b, given)),
            "figures": _figures(own, a, b, given),
            "runs": [_run(run, names) for run in exchange.shuttles],
            "rhythm": _rhythm(own, a, b, as_of),
            "verdict": verdict(own, a, b, as_of),
            "beside": _beside(exchange, names, as_of),
            "agenda": agenda(own, given),
            "frictions": _chosen(own, EventType.TENSION, given),
            "agreements": _chosen(own, EventType.AGREEMENT, given),
            "people": _people(own, a, b, given),
            "disputed": [card for card in given.cards(own) if card.contradicted],
            "cards": given.cards(own),
            "sources": world.origins(own, given),
            "graph": given.ways.to("graph", "-".join(sorted((a, b)))),
            "dossier": given.ways.to("dossier", "-".join(sorted((a, b)))),
        },
        facts=_told(turn, exchange, own, a, b, given),
    )


def _told(
    turn: shuttle.Turn, exchange: Exchange, own: Sequence[Event], a: str, b: str, given: World
) -> Mapping[str, Any]:
    counted = balance.balance(own, a, b, as_of=given.as_of)
    return {
        "states": [a, b],
        "turn": turn.turn,
        "turn_events": list(turn.events),
        "balance": {f"{a}-{b}": list(counted.out), f"{b}-{a}": list(counted.back)},
        "shuttles": [
            {
                "legs": list(run.events),
                "days": [str(days) for days in run.turn_arounds],
                "ending": run.ending.value,
                "certain": run.certain,
            }
            for run in exchange.shuttles
        ],
        "ahead": [journey.event for journey in exchange.ahead],
        "cancelled": [journey.event for journey in exchange.cancelled],
    }


def verdict(own: Sequence[Event], a: str, b: str, as_of: date | None) -> str:
    """Whether the two take turns more than chance would have it, in words; empty for too few visits."""
    found = pairtests.pairs(own, level=SUMMIT, as_of=as_of)
    row = next((row for row in found if {row.a, row.b} == {a, b}), None)
    if row is None:
        return ""
    days = f"within {reciprocity.WITHIN} days"
    told = f"{row.returned} of {wording.count(row.visits, 'visit')} of leaders were returned {days}"
    if row.z is None:
        return f"{told}; no other order of them would change that."
    against = f"{row.low:.0f}–{row.high:.0f}" if row.high > row.low else f"{row.low:.0f}"
    more = "more than chance" if row.returned > row.high else "no more than chance"
    return f"{told}, {more}: the same visits in any other order give {against} (p = {row.p:.2f})."


def _figures(own: Sequence[Event], a: str, b: str, given: World) -> list[Figure]:
    counted = balance.balance(own, a, b, as_of=given.as_of)
    contact = [
        event.id
        for event in own
        if event.facts.type in world.TALKS and event.facts.status is Status.HELD and event.part_of is None
    ]
    one, other = given.name(a), given.name(b)
    return [
        Figure(label=label, value=str(len(ids)), events=_words(ids, own, given))
        for label, ids in (
            (f"{one} to {other}", counted.out),
            (f"{other} to {one}", counted.back),
            ("Contacts elsewhere", tuple(contact)),
        )
    ]


def _words(ids: Sequence[str], own: Sequence[Event], given: World) -> tuple[tuple[str, str], ...]:
    """Anchor and words of events, for a list that leads to them."""
    from diplograph.views import saying

    known = {event.id: event for event in own}
    return tuple(
        (cards.anchor(i), f"{saying.headline(known[i], given.names)}, {wording.span(known[i].facts.when)}")
        for i in ids
        if i in known
    )


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


def _beside(exchange: Exchange, names: Mapping[str, str], as_of: date | None) -> list[tuple[str, list[Step]]]:
    past = {j.event for j in exchange.ahead if as_of and j.dated and j.when.latest_end() < as_of}
    groups = (
        ("Planned, proposed or postponed", [j for j in exchange.ahead if j.event not in past]),
        ("Planned once; no source tells that they were held", [j for j in exchange.ahead if j.event in past]),
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


def _chosen(own: Sequence[Event], kind: EventType, given: World) -> tuple[tuple[str, str], ...]:
    ids = [event.id for event in reversed(own) if event.facts.type is kind]
    return _words(ids, own, given)


def _people(own: Sequence[Event], a: str, b: str, given: World) -> list[Mapping[str, Any]]:
    return [
        {
            "parts": [
                cards.Part(text=clean.plain(name), kind="leader", key=key)
                for name, key in zip(row.names, (row.a, row.b), strict=True)
            ],
            "count": wording.count(row.count, "time"),
            "events": _words(row.events, own, given),
        }
        for row in actors.encounters(own, a, b)[:8]
    ]
