"""The start page: what the graph holds and up to when, exchanges alive now, overdue returns, newest sources.

Takes a ``World``; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from diplograph.analysis import reciprocity, wording
from diplograph.analysis import shuttle as shuttling
from diplograph.analysis.levels import SUMMIT
from diplograph.analysis.reciprocity import Answer, Return
from diplograph.model import Event, TimeSpan
from diplograph.views import cards, clean, sparkline, world
from diplograph.views.world import Sheet, World

MOST: Final = 30
"""Rows of a list on the start page; it says how many it left out."""
NEWEST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A pair of states in a list: its sparkline and whose turn it is."""

    a: str
    b: str
    label: str
    href: str | None
    spark: Any
    turn: str
    since: str
    visits: int
    latest: date


def pairs(events: Sequence[Event]) -> dict[tuple[str, str], list[Event]]:
    """The events of every two states that have any in common."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        codes = sorted(set(event.facts.states))
        for n, a in enumerate(codes):
            for b in codes[n + 1 :]:
                found.setdefault((a, b), []).append(event)
    return found


def exchange(pair: tuple[str, str], own: Sequence[Event], given: World) -> Exchange:
    """One pair for a list."""
    a, b = pair
    turn = shuttling.whose_turn(own, a, b, given.as_of, names=given.names)
    dated = [event.facts.when.latest_start() for event in own if event.facts.when.start]
    said = f"{given.name(turn.turn)}’s turn".replace("s’s", "s’") if turn.turn else "no turn"
    last = turn.last
    return Exchange(
        a=a,
        b=b,
        label=f"{given.name(a)} – {given.name(b)}",
        href=given.ways.pair(a, b),
        spark=safe(sparkline.render(own, a, b, names=given.names, as_of=given.as_of)),
        turn=said if last else wording.count(len(own), "contact"),
        since=f"since {wording.span(last.when)}" if last else "no visit recorded",
        visits=len(shuttling.exchange(own, a, b, as_of=given.as_of).legs),
        latest=max(dated, default=date.min),
    )


def safe(drawn: str) -> Any:
    """SVG of ours as markup: ``views.svg`` escapes whatever it is given."""
    from markupsafe import Markup

    return Markup(drawn)  # noqa: S704


def exchanges(given: World, code: str | None = None) -> list[Exchange]:
    """All pairs, or those of one state, the liveliest first."""
    found = pairs([event for event in given.events if event.part_of is None])
    chosen = {pair: own for pair, own in found.items() if code is None or code in pair}
    # Only the busiest are drawn: a graph of two hundred states has twenty thousand pairs.
    busiest = sorted(chosen.items(), key=lambda item: (-len(item[1]), item[0]))[: MOST * 2]
    rows = [exchange(pair, own, given) for pair, own in busiest]
    return sorted(rows, key=lambda row: (-row.visits, -row.latest.toordinal(), row.label))


def overdue(given: World) -> list[Return]:
    """Held visits of leaders that were not returned in time, the latest first."""
    rows = reciprocity.returns(given.events, level=SUMMIT, as_of=given.as_of)
    late = [row for row in rows if row.answer is Answer.NOT_RETURNED and row.by is None]
    return sorted(late, key=lambda row: (row.visit.when.earliest_start(), row.visit.event), reverse=True)


def _newest(given: World) -> list[Mapping[str, Any]]:
    by_source: dict[str, list[Event]] = {}
    for event in given.events:
        for key in event.reports:
            if key in given.reports:
                by_source.setdefault(given.reports[key].source, []).append(event)
    documents = sorted(
        (d for d in given.documents.values()), key=lambda d: (d.published or date.min, d.name), reverse=True
    )
    return [
        {
            "source": world.origin(document),
            "cards": given.cards({e.id: e for e in by_source.get(document.id, [])}.values()),
        }
        for document in documents[:NEWEST]
    ]


def sheet(given: World) -> Sheet:
    """The start page."""
    rows, late = exchanges(given), overdue(given)
    states = {code for event in given.events for code in world.involved(event)}
    until = f", up to {given.day()}" if given.as_of else ""
    sentence = (
        f"{wording.count(len(given.events), 'event')} among {wording.count(len(states), 'state')}, "
        f"read from {wording.count(len(given.documents), 'source')}{until}."
    )
    return Sheet(
        kind="start",
        template="start.html",
        title="diplograph",
        sentence=sentence[:1].upper() + sentence[1:],
        events=given.events,
        values={
            "exchanges": rows[:MOST],
            "left_out": max(0, len(pairs(given.events)) - MOST),
            "overdue": [_owed(row, given) for row in late[:MOST]],
            "newest": _newest(given),
            "sources_left_out": max(0, len(given.documents) - NEWEST),
            "states": sorted((given.name(code), given.ways.to("state", code)) for code in states),
        },
        facts={
            "states": sorted(states),
            "pairs": [{"a": row.a, "b": row.b, "turn": row.turn, "since": row.since} for row in rows],
            "sources": sorted(given.documents),
            "overdue": [row.visit.event for row in late],
        },
    )


def _owed(row: Return, given: World) -> Mapping[str, Any]:
    visit = row.visit
    who = wording.listing(visit.travellers) or given.name(visit.guest)
    host, guest = (wording.state(code, given.names) for code in (visit.host, visit.guest))
    return {
        "words": clean.plain(f"{who} to {visit.place or host}, {wording.span(visit.when)}"),
        "owed": clean.plain(f"{host} owes {guest} a visit"),
        "href": given.ways.to("event", visit.event) or f"#{cards.anchor(visit.event)}",
    }


def day(when: date) -> str:
    """A day in words."""
    return wording.span(TimeSpan(start=when.isoformat()))
