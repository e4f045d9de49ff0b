"""Which visits can change whom another visit answers: those before it and after it between the same two.

Takes the shelf and a visit; gives its neighbours. It follows the rule ``returns`` of ontology/rules: a held
visit of one day is answered by the next one in the other direction that begins on a later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from diplograph.consensus import dyad_of
from diplograph.graph.ntriples import TYPE, dg, line, moment, node
from diplograph.model import Event, EventType, Granularity, Status
from diplograph.store.shelf import Shelf

_EARLIEST, _LATEST = 1499, 2201
_FEW_MONTHS: Final = 60
_FEW: Final = 60  # events of two states that are looked through without an index
Leg = tuple[str, str]  # guest and host


def legs(event: Event) -> list[Leg]:
    """The journeys of a visit that can be answered, or answer: guest and host; none of other events."""
    facts = event.facts
    if facts.type is not EventType.VISIT or facts.status is not Status.HELD or facts.occasion:
        return []
    if facts.when.granularity is not Granularity.DAY or facts.host is None:
        return []
    return [(guest, facts.host) for guest in facts.guests if guest != facts.host]


def neighbours(shelf: Shelf, event: Event) -> dict[str, Event]:
    """The visits that an event answers or is answered by, or would if something else were not."""
    found: dict[str, Event] = {}
    for guest, host in legs(event):
        dyad, day = dyad_of(event.facts.states), _day(event)
        back, forth = (host, guest), (guest, host)
        before = _next(shelf, dyad, forth, day, forward=False)
        since = _day(before[0]) if before else date(_EARLIEST, 1, 1)
        chosen = [
            *_between(shelf, dyad, back, since, day),
            *_next(shelf, dyad, back, day, forward=True),
            *_next(shelf, dyad, forth, date.fromordinal(day.toordinal() - 1), forward=True, but=event.id),
        ]
        found.update((one.id, one) for one in chosen)
    return found


def answers(shelf: Shelf, event: Event) -> dict[str, Event]:
    """The visits among which the answer to a visit is, if it has one."""
    dyad = dyad_of(event.facts.states)
    found = [_next(shelf, dyad, (host, guest), _day(event), forward=True) for guest, host in legs(event)]
    return {one.id: one for some in found for one in some}


def leg_lines(event: Event) -> list[str]:
    """What is asserted of a visit as far as the rule ``returns`` asks."""
    facts, subject = event.facts, node("event", event.id)
    told = [
        (TYPE, dg("Visit")),
        (dg("status"), dg(f"status/{facts.status}")),
        (dg("host"), node("state", facts.host or "")),
        *((dg("guest"), node("state", guest)) for guest in facts.guests),
        (dg("earliestStart"), moment(facts.when.earliest_start())),
        (dg("latestStart"), moment(facts.when.latest_start(), last=True)),
    ]
    return [line(subject, predicate, value) for predicate, value in told]


def _day(event: Event) -> date:
    return event.facts.when.earliest_start()


def _next(shelf: Shelf, dyad: str, leg: Leg, day: date, *, forward: bool, but: str = "") -> list[Event]:
    """The visits of the nearest day after, or before, this one; empty if there are none."""
    few = shelf.few(f"dyad {dyad}", _FEW)
    for keys in _spans(day, forward=forward) if few is None else [None]:
        found = shelf.events(sorted(few)) if few else [] if keys is None else _visits(shelf, dyad, keys)
        found = [e for e in found if e.id != but and leg in legs(e)]
        found = [e for e in found if (_day(e) > day if forward else _day(e) < day)]
        if found:
            nearest = (min if forward else max)(map(_day, found))
            return [e for e in found if _day(e) == nearest]
    return []


def _between(shelf: Shelf, dyad: str, leg: Leg, since: date, day: date) -> list[Event]:
    """The visits from one day on and before another."""
    months = range(_month(since), _month(day) + 1)
    if len(months) <= _FEW_MONTHS:
        keys = [f"M{_named(month)}" for month in months]
    else:
        keys = [f"Y{year}" for year in range(since.year, day.year + 1)]
    few = shelf.few(f"dyad {dyad}", _FEW)
    found = _visits(shelf, dyad, keys) if few is None else shelf.events(sorted(few))
    return [e for e in found if leg in legs(e) and since <= _day(e) < day]


def _visits(shelf: Shelf, dyad: str, keys: Iterable[str]) -> list[Event]:
    told = shelf.found([f"e {EventType.VISIT}:{dyad} {key}" for key in keys])
    return shelf.events(sorted({name for names in told.values() for name in names}))


def _spans(day: date, *, forward: bool) -> Iterator[list[str]]:
    """Keys of months, then of years, each lot further away than the one before."""
    step, month = (1 if forward else -1), _month(day)
    yield [f"M{_named(month + step * n)}" for n in range(3)]
    yield [f"M{_named(month + step * n)}" for n in range(3, 13)]
    far = _LATEST - day.year if forward else day.year - _EARLIEST
    for start in range(0, max(far, 1), 10):
        yield [f"Y{day.year + step * n}" for n in range(start, start + 10)]


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _named(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"
