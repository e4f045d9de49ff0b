"""Writes dyad-year panels with COW codes, to merge with peacesciencer data, and actor-by-actor matrices.

*Panel*: one row for each pair and year, undirected (a before b by COW code) or directed (both orders), under
the headings that R's ``peacesciencer`` merges by: ``ccode1, ccode2, year``. Years without any event are rows
of zeros, as long as both states were there (``data/states.csv``). Counts are those of ``series``: visits that
surely began in the year, and under ``…_max`` those that can have; scores are Goldstein sums.
Reference: Miller (2022), "peacesciencer", Conflict Management and Peace Science 39:755; Correlates of War
state system codes.

Preconditions: a state without a COW code has an empty cell and is kept; two states with one COW code in one
year (the Soviet Union and Russia in 1991) are one row, since the key must be unique; undated events are in no
year.
*Matrix*: guests in rows, hosts in columns, visits (or their weights) in cells.

Takes events; gives rows of plain values with event ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import reciprocity
from diplograph.analysis.levels import Level
from diplograph.analysis.series import Point, series
from diplograph.model import Event, State, Status, first_day, last_day

Row = dict[str, Any]
KEYS: Final = frozenset({"ccode1", "ccode2", "year", "iso1", "iso2"})


def dyad_years(
    events: Iterable[Event],
    states: Mapping[str, State],
    *,
    directed: bool = False,
    since: int | None = None,
    until: int | None = None,
) -> tuple[Row, ...]:
    """One row for each pair with any event and each year.

    Args:
        events: Events of any kind.
        states: Code → state of the gazetteer, for COW codes and for when a state was there.
        directed: Whether each pair has a row for either order.
        since: The first year; by default that of the first dated event of any pair.
        until: The last year; by default that of the last.
    """
    by_pair = _by_pair(events)
    years = [y for own in by_pair.values() for e in own if e.facts.when.start for y in _years(e)]
    if not years:
        return ()
    first, last = since or min(years), until or max(years)
    rows: list[Row] = []
    for pair in sorted(by_pair, key=lambda pair: [_sort(states, code) for code in pair]):
        a, b = sorted(pair, key=lambda code: _sort(states, code))
        found = series(by_pair[pair], a, b, since=date(first, 1, 1), until=date(last, 12, 31))
        for point in found.points:
            if point.events or _both(states, a, b, int(point.period)):
                rows.append(_row(point, a, b, states))
                rows += [_row(_turned(point), b, a, states)] if directed else []
    return _united(rows)


def _united(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with those of one key added up, as in the year in which a state succeeded another's code."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        coded = row["ccode1"] is not None and row["ccode2"] is not None
        key = (row["ccode1"], row["ccode2"], row["year"], *(() if coded else (row["iso1"], row["iso2"])))
        found[key] = _sum(found[key], row) if key in found else row
    return tuple(found.values())


def _sum(one: Row, other: Row) -> Row:
    """Counts, scores and event ids of both, under the names of the one with more events."""
    told = one if len(one["events"]) >= len(other["events"]) else other
    added = {name: one[name] + other[name] for name in one if name not in KEYS}
    return {**told, **added, "events": sorted({*one["events"], *other["events"]})}


def _by_pair(events: Iterable[Event]) -> dict[tuple[str, str], list[Event]]:
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        if event.facts.status is Status.HELD:
            for a, b in combinations(sorted(set(event.facts.states)), 2):
                found.setdefault((a, b), []).append(event)
    return found


def _years(event: Event) -> tuple[int, int]:
    return event.facts.when.earliest_start().year, event.facts.when.latest_start().year


def _sort(states: Mapping[str, State], code: str) -> tuple[int, str]:
    """By COW code; states without one come last, by their own."""
    cow = states[code].cow if code in states else ""
    return (int(cow) if cow.isdigit() else 10**6), code


def _both(states: Mapping[str, State], a: str, b: str, year: int) -> bool:
    return all(_was(states.get(code), year) for code in (a, b))


def _was(state: State | None, year: int) -> bool:
    if state is None:
        return True
    begun = not state.start or first_day(state.start).year <= year
    return begun and (not state.end or last_day(state.end).year >= year)


def _row(point: Point, a: str, b: str, states: Mapping[str, State]) -> Row:
    cow = [states[code].cow if code in states else "" for code in (a, b)]
    return {
        "ccode1": int(cow[0]) if cow[0].isdigit() else None,
        "ccode2": int(cow[1]) if cow[1].isdigit() else None,
        "year": int(point.period),
        "iso1": a,
        "iso2": b,
        "visits_1to2": point.a_to_b.sure,
        "visits_2to1": point.b_to_a.sure,
        "visits_1to2_max": point.a_to_b.at_most,
        "visits_2to1_max": point.b_to_a.at_most,
        "contacts": point.contacts.sure,
        "tensions": point.tensions.sure,
        "goldstein_1to2": point.a_score,
        "goldstein_2to1": point.b_score,
        "events": list(point.events),
    }


def _turned(point: Point) -> Point:
    return Point(
        period=point.period,
        a_to_b=point.b_to_a,
        b_to_a=point.a_to_b,
        contacts=point.contacts,
        tensions=point.tensions,
        a_score=point.b_score,
        b_score=point.a_score,
        events=point.events,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who visited whom: codes, and a row of cells for each guest in the same order."""

    states: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]

    def rows(self) -> tuple[Row, ...]:
        """Rows of plain values: ``guest``, then a cell under the code of each host."""
        return tuple(
            {"guest": guest, **dict(zip(self.states, cells, strict=True))}
            for guest, cells in zip(self.states, self.cells, strict=True)
        )


def matrix(
    events: Iterable[Event],
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Matrix:
    """The matrix of held visits, weighed by a scheme of ``data/weights.csv``; undated ones count."""
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    weight = reciprocity.weights(held, scheme)
    codes = tuple(sorted({code for way in weight for code in way}))
    cells = tuple(tuple(_number(weight.get((guest, host), 0.0)) for host in codes) for guest in codes)
    return Matrix(states=codes, cells=cells)


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
