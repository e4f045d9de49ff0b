"""The page of a gathering: who was there, and who met whom on its margins, as a matrix.

Takes a ``World`` and the key of a gathering; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from diplograph.analysis import wording
from diplograph.errors import StoreError
from diplograph.model import Event, EventType, TimeSpan
from diplograph.views import cards, clean, world
from diplograph.views.world import Sheet, World

WIDEST: Final = 24
"""States in the matrix; it says how many it left out."""


def keys(given: World) -> list[str]:
    """The gatherings that have a page: those of any event."""
    found = {cards.gathering_key(e.facts.occasion) for e in given.events if e.facts.occasion}
    return sorted(found)


def sheet(given: World, key: str) -> Sheet:
    """The page of a gathering.

    Raises:
        StoreError: If no event belongs to it.
    """
    own = tuple(
        sorted(
            (e for e in given.events if e.facts.occasion and cards.gathering_key(e.facts.occasion) == key),
            key=cards.order,
        )
    )
    if not own:
        raise StoreError(f"no event belongs to a gathering {key!r}")
    known = given.known.gatherings.get(key) if given.known else None
    told = next(e.facts.occasion.name for e in own if e.facts.occasion)
    name = clean.plain(known.name if known else told)
    meetings = [e for e in own if e.facts.type is EventType.MEETING]
    rows, left = matrix(meetings, given)
    return Sheet(
        kind="gathering",
        key=key,
        template="gathering.html",
        title=name,
        sentence=_sentence(name, own, meetings, known),
        events=own,
        values={
            "matrix": rows,
            "matrix_left": left,
            "visitors": [_visit(e, given) for e in own if e.facts.type is EventType.VISIT],
            "cards": given.cards(own),
            "sources": world.origins(own, given),
        },
        facts={
            "series": known.series if known else None,
            "place": known.place if known else None,
            "state": known.state if known else None,
            "start": known.start if known else None,
            "end": known.end if known else None,
        },
    )


def _sentence(name: str, own: Sequence[Event], meetings: Sequence[Event], known: Any) -> str:
    where = f" in {known.place}" if known and known.place else ""
    when = f", {wording.span(TimeSpan(start=known.start, end=known.end))}" if known and known.start else ""
    states = {code for event in own for code in event.facts.states}
    margins = wording.count(len(meetings), "meeting")
    among = wording.count(len(states), "state")
    return f"{name}{where}{when}: {margins} on its margins recorded, among {among}."


def _visit(event: Event, given: World) -> Mapping[str, Any]:
    card = given.cards([event])[0]
    return {"words": f"{card.heading}, {card.when}", "href": _href(event, given)}


def _href(event: Event, given: World) -> str:
    return given.ways.to("event", event.id) or f"#{cards.anchor(event.id)}"


def matrix(meetings: Sequence[Event], given: World) -> tuple[Sequence[Mapping[str, Any]], int]:
    """Who met whom: a row and a column for each state, meetings in the cells; and how many are left out."""
    met: dict[tuple[str, str], list[Event]] = {}
    for event in meetings:
        codes = sorted(set(event.facts.states))
        for a in codes:
            for b in codes:
                if a != b:
                    met.setdefault((a, b), []).append(event)
    weight: dict[str, int] = {}
    for (a, _), events in met.items():
        weight[a] = weight.get(a, 0) + len(events)
    ranked = sorted(weight, key=lambda code: (-weight[code], given.name(code)))
    shown = sorted(ranked[:WIDEST], key=given.name)
    rows = [
        {
            "code": a,
            "name": given.name(a),
            "href": given.ways.to("state", a),
            "cells": [None if a == b else [_cell(e, given) for e in met.get((a, b), [])] for b in shown],
        }
        for a in shown
    ]
    return rows, max(0, len(ranked) - WIDEST)


def _cell(event: Event, given: World) -> Mapping[str, str]:
    people = wording.listing(p.name for p in event.facts.participants)
    words = clean.plain(f"{people or 'meeting'}, {wording.span(event.facts.when)}")
    return {"href": _href(event, given), "words": words, "status": str(event.facts.status)}
