"""Writes visits as sequences of relational events, for R's ``relevent`` and ``goldfish``.

- ``relevent``: rows ``time, sender, receiver`` with numbers of actors from 1, as ``rem.dyad`` takes them
  (Butts 2008, "A relational event framework for social action", Sociological Methodology 38:155); the
  other columns tell what the numbers mean and must be cut before the call: ``as.matrix(events[, 1:3])``.
- ``goldfish``: ``time, sender, receiver, increment`` with labels and ISO dates, as ``defineDependentEvents``
  and ``linkEvents`` take them (Stadtfeld, Hollway and Block 2017, Sociological Methodology 47:1) once
  ``as.POSIXct`` has made ``time`` a time and the other columns, which it refuses, are cut
  (``events[, 1:4]``); and a table of nodes with ``label`` and ``present``.

Time is the earliest day on which a visit can have begun; ``time_latest`` tells the latest, so that nobody
takes a month for its first day unawares; ``order`` counts events in the order of both bounds, for an ordinal
model (events on the same day have a tie, which ``rem.dyad`` with exact times refuses).

Preconditions: undated visits have no place in a sequence and are left out; ``undated`` names them.
Takes events; gives a ``Sequences``: rows of plain values with event ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.model import Event

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequences:
    """Relational events, their actors, and the ids of visits without a date."""

    events: tuple[Row, ...]
    nodes: tuple[Row, ...]
    undated: tuple[str, ...]


def relevent(
    events: Iterable[Event],
    *,
    names: Mapping[str, str] | None = None,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Sequences:
    """Visits for ``relevent``; ``time`` counts days, 1 for that of the first visit."""
    dated, undated = _visits(events, level, multilateral, as_of)
    nodes = _nodes(dated, names)
    number = {row["label"]: row["id"] for row in nodes}
    start = dated[0].when.earliest_start().toordinal() - 1 if dated else 0
    rows = tuple(
        {
            "time": journey.when.earliest_start().toordinal() - start,
            "sender": number[journey.guest],
            "receiver": number[journey.host],
            "time_latest": journey.when.latest_start().toordinal() - start,
            "order": place,
            "sender_code": journey.guest,
            "receiver_code": journey.host,
            "event": journey.event,
        }
        for place, journey in enumerate(dated, start=1)
    )
    return Sequences(events=rows, nodes=nodes, undated=undated)


def goldfish(
    events: Iterable[Event],
    *,
    names: Mapping[str, str] | None = None,
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Sequences:
    """Visits for ``goldfish``, with the states as nodes that are present throughout."""
    dated, undated = _visits(events, level, multilateral, as_of)
    rows = tuple(
        {
            "time": journey.when.earliest_start().isoformat(),
            "sender": journey.guest,
            "receiver": journey.host,
            "increment": 1,
            "time_latest": journey.when.latest_start().isoformat(),
            "order": place,
            "event": journey.event,
        }
        for place, journey in enumerate(dated, start=1)
    )
    nodes = tuple(
        {"label": row["label"], "present": "TRUE", "name": row["name"]} for row in _nodes(dated, names)
    )
    return Sequences(events=rows, nodes=nodes, undated=undated)


def _visits(
    events: Iterable[Event], level: Collection[Level], multilateral: bool, as_of: date | None
) -> tuple[list[Journey], tuple[str, ...]]:
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    return [j for j in held if j.dated], travel.ids([j for j in held if not j.dated])


def _nodes(dated: Iterable[Journey], names: Mapping[str, str] | None) -> tuple[Row, ...]:
    codes = sorted({code for journey in dated for code in (journey.guest, journey.host)})
    return tuple(
        {"id": number, "label": code, "name": (names or {}).get(code, code)}
        for number, code in enumerate(codes, start=1)
    )
