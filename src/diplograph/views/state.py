"""The page of a state: its partners, who came and where it went by year, its leaders, its balance.

Takes a ``World`` and a code; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.analysis.journeys import Journey
from diplograph.errors import StoreError
from diplograph.model import Event, Tenure, TimeSpan, first_day, last_day
from diplograph.views import cards, clean, ground, start, world
from diplograph.views.world import Sheet, World


def keys(given: World) -> list[str]:
    """The states that have a page: those of any event."""
    return sorted({code for event in given.events for code in world.involved(event)})


def sheet(given: World, code: str) -> Sheet:
    """The page of a state.

    Raises:
        StoreError: If no event involves it.
    """
    own = given.with_state(code)
    if not own:
        raise StoreError(f"no event involves {code!r}; the start page lists the states that have one")
    held = travel.journeys(own, as_of=given.as_of)
    made = [j for j in held if j.guest == code]
    received = [j for j in held if j.host == code]
    return Sheet(
        kind="state",
        key=code,
        template="state.html",
        title=given.name(code),
        sentence=_sentence(given.name(code), made, received),
        events=own,
        values={
            "exchanges": start.exchanges(given, code)[: start.MOST],
            "years": _years(made, received, given),
            "leaders": leaders(given, code, own),
            "ledger": _ledger(made, received, given),
            "cards": given.cards(own),
            "sources": world.origins(own, given),
        },
        facts={"made": [j.event for j in made], "received": [j.event for j in received]},
    )


def _sentence(name: str, made: Sequence[Journey], received: Sequence[Journey]) -> str:
    out = wording.count(len(made), "visit")
    back = wording.count(len(received), "visit")
    hosts = wording.count(len({j.host for j in made}), "state")
    guests = wording.count(len({j.guest for j in received}), "state")
    went = f"{name} made {out} to {hosts}" if made else f"No visit by {name} is recorded"
    came = f"received {back} from {guests}" if received else "no visit to it is recorded"
    return f"{went}, and {came}." if made or not received else f"{went}; it {came}."


def _said(journey: Journey, given: World, *, guest: bool) -> Mapping[str, Any]:
    """A journey in a list of a state's: of its guests with where they are from, of its own with where to."""
    who = wording.listing(journey.travellers)
    home, host = (wording.state(code, given.names) for code in (journey.guest, journey.host))
    if guest:
        words = f"{who} ({given.name(journey.guest)})" if who else home
        words += f" to {journey.place or host}"
    else:
        place = f"{journey.place}, {given.name(journey.host)}" if journey.place else host
        words = f"{who} to {place}" if who else place
    words = f"{words}, {wording.span(journey.when)}"
    return {
        "words": clean.plain(words[:1].upper() + words[1:]),
        "href": given.ways.to("event", journey.event) or f"#{cards.anchor(journey.event)}",
    }


def _years(made: Sequence[Journey], received: Sequence[Journey], given: World) -> list[Mapping[str, Any]]:
    dated = [(j, False) for j in made if j.dated] + [(j, True) for j in received if j.dated]
    found: dict[int, dict[bool, list[Journey]]] = {}
    for journey, came in dated:
        year = found.setdefault(journey.when.earliest_start().year, {False: [], True: []})
        year[came].append(journey)
    return [
        {
            "year": year,
            "went": [_said(j, given, guest=False) for j in sides[False]],
            "came": [_said(j, given, guest=True) for j in sides[True]],
        }
        for year, sides in sorted(found.items(), reverse=True)
    ]


def _ledger(made: Sequence[Journey], received: Sequence[Journey], given: World) -> list[Mapping[str, Any]]:
    """The balance sheet: what went and came, partner by partner."""
    partners = sorted({j.host for j in made} | {j.guest for j in received})
    rows = []
    for code in partners:
        out = [j.event for j in made if j.host == code]
        back = [j.event for j in received if j.guest == code]
        rows.append({
            "name": given.name(code), "href": given.ways.to("state", code),
            "out": len(out), "back": len(back), "difference": len(out) - len(back),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-row["out"] - row["back"], row["name"]))


def leaders(given: World, code: str, own: Sequence[Event]) -> list[Mapping[str, Any]]:
    """Times in office of those who lead the state abroad, and of others who took part, the latest first."""
    span = world.years(own)
    if span is None:
        return []
    counts: dict[str, int] = {}
    for event in own:
        for person in {person.person for person in event.facts.participants}:
            counts[person] = counts.get(person, 0) + 1
    leading = {tenure.id for tenure in ground.leading(given.tenures, code, own)}
    chosen = [
        tenure
        for tenure in given.tenures
        if tenure.state == code
        and (tenure.id in leading or tenure.person in counts)
        and (not tenure.end or last_day(tenure.end).year >= span[0])
        and (not tenure.start or first_day(tenure.start).year <= span[1])
    ]
    chosen.sort(key=lambda t: (t.start or "", t.id), reverse=True)
    return [_tenure(tenure, counts.get(tenure.person, 0), given) for tenure in chosen]


def _tenure(tenure: Tenure, count: int, given: World) -> Mapping[str, Any]:
    return {
        "name": clean.plain(tenure.name),
        "href": given.ways.to("leader", tenure.person) if count else None,
        "title": clean.plain(tenure.title) + (" (acting)" if tenure.acting else ""),
        "span": in_office(tenure),
        "count": count,
    }


def in_office(tenure: Tenure) -> str:
    """A time in office in words: ``since 4 June 2025``."""
    start = wording.span(TimeSpan(start=tenure.start)) if tenure.start else ""
    end = wording.span(TimeSpan(start=tenure.end)) if tenure.end else ""
    if start and end:
        return f"{start} to {end}"
    return f"since {start}" if start else f"until {end}" if end else "dates not known"
