"""Narrows events to what a question is about: pairs, states, years, levels, kinds, status.

A ``Scope`` is laid over events before any measure sees them, so that every measure understands every filter.
``narrow`` keeps an event if something of it is left: of a visit by two guests only those that pass stay.
Where coarse dates leave it open whether an event lies in the years asked for, it is left out and *named* in
``Narrowed.doubtful``, never kept or dropped in silence; undated events are named in ``Narrowed.undated``.

Takes events (``narrow``) or columns of visits (``choose``); gives ``Narrowed`` or ``Chosen``: what passes,
and the ids of what could not be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from diplograph.analysis import columns, levels, wording
from diplograph.analysis.columns import Visits
from diplograph.analysis.journeys import EVERY_LEVEL
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import Flags
from diplograph.model import Event, EventType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a scope leaves, and what it could not judge.

    Attributes:
        events: The events that pass, in the order given.
        doubtful: Ids of events whose dates leave it open whether they lie in the years asked for.
        undated: Ids of events without a date, where years were asked for.
    """

    events: tuple[Event, ...]
    doubtful: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """In words what could not be judged; empty if nothing."""
        return remark(self.doubtful, self.undated, "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The same of visits in columns.

    Attributes:
        given: The visits that were given.
        kept: Which of them pass.
        doubtful: Ids of visits whose dates leave it open whether they lie in the years asked for.
        undated: Ids of visits without a date, where years were asked for.
    """

    given: Visits
    kept: Flags
    doubtful: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def visits(self) -> Visits:
        """The visits that pass, in the order given."""
        return self.given if self.kept.all() else self.given.take(self.kept)

    @property
    def remark(self) -> str:
        """In words what could not be judged; empty if nothing."""
        return remark(self.doubtful, self.undated, "visit")


def remark(doubtful: Sequence[str], undated: Sequence[str], noun: str) -> str:
    """In words what could not be judged; empty if nothing."""
    why = "left out, for the dates do not tell whether they lie in the years asked for"
    told = ((doubtful, why), (undated, "left out, for they have no date"))
    return "; ".join(f"{wording.count(len(ids), noun)} {why}" for ids, why in told if ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a question is about; a field left empty lets everything pass.

    Attributes:
        pairs: Pairs of codes, in any order.
        states: Codes; an event passes that involves any of them.
        guests: Codes; of visits those by any of them.
        hosts: Codes; of visits those to any of them.
        since: The first day.
        until: The last day.
        level: Levels of the highest traveller of a guest.
        without_offices: Titles; a guest all of whose named travellers hold one of them is left out.
        kinds: Types or subtypes of event.
        statuses: Statuses.
    """

    pairs: frozenset[frozenset[str]] = frozenset()
    states: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    level: frozenset[Level] = EVERY_LEVEL
    without_offices: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    statuses: frozenset[Status] = field(default_factory=lambda: frozenset(Status))

    def counting(self, events: Iterable[Event]) -> Narrowed:
        """The same, with the statuses asked for counted as if held, for measures that count held visits."""
        found = self.narrow(events)
        if self.statuses == frozenset(Status):
            return found
        held = tuple(replace(e, facts=replace(e.facts, status=Status.HELD)) for e in found.events)
        return replace(found, events=held)

    def choose(self, visits: Visits) -> Chosen:
        """The visits in columns that pass, whatever their status, which was asked for when they were read."""
        passing = self._ways(visits)
        if self.without_offices:
            kept = [not self._all_without(journey.offices) for journey in visits.journeys]
            passing &= np.array(kept, dtype=np.bool_)
        if self.since is None and self.until is None:
            return Chosen(given=visits, kept=passing)
        first, last = (self.since or date.min).toordinal(), (self.until or date.max).toordinal()
        surely = visits.dated & (first <= visits.first) & (visits.last <= last)
        perhaps = visits.dated & (first <= visits.last) & (visits.first <= last) & ~surely
        return Chosen(
            given=visits,
            kept=passing & surely,
            doubtful=tuple(dict.fromkeys(visits.take(passing & perhaps).events)),
            undated=tuple(dict.fromkeys(visits.take(passing & ~visits.dated).events)),
        )

    def _ways(self, visits: Visits) -> Flags:
        """Which visits are by, to and between those asked about, of the level and kind asked for."""
        kept = columns.of_level(visits, self.level)
        for wanted, sides in (
            (self.states, (visits.guest, visits.host)),
            (self.guests, (visits.guest,)),
            (self.hosts, (visits.host,)),
        ):
            if wanted:
                named = np.array([code in wanted for code in visits.states], dtype=np.bool_)
                kept &= np.logical_or.reduce([named[side] for side in sides])
        if self.pairs:
            kept &= np.isin(visits.dyad, [n for pair in self.pairs for n in columns.dyads(visits, *pair)])
        if self.kinds and EventType.VISIT not in self.kinds:
            kept &= np.array([name in self.kinds for name in visits.subtypes])[visits.subtype]
        return kept

    def _all_without(self, offices: Iterable[str]) -> bool:
        """Whether a guest has named travellers and all of them hold an office that is to be left out."""
        held = set(offices)
        return bool(held) and held <= self.without_offices

    def narrow(self, events: Iterable[Event]) -> Narrowed:
        """The events that pass."""
        kept: list[Event] = []
        doubtful: list[str] = []
        undated: list[str] = []
        for event in events:
            left = self._left(event)
            if left is None:
                continue
            within = self._within(left)
            if within:
                kept.append(left)
            elif within is None:
                (doubtful if left.facts.when.start else undated).append(left.id)
        return Narrowed(events=tuple(kept), doubtful=tuple(doubtful), undated=tuple(undated))

    def _left(self, event: Event) -> Event | None:
        """What of an event is asked about; None if nothing is."""
        facts = event.facts
        wanted = not self.kinds or facts.type in self.kinds or facts.subtype in self.kinds
        if not wanted or facts.status not in self.statuses:
            return None
        if facts.type is EventType.VISIT:
            return self._visit(event)
        involved = set(facts.states)
        paired = not self.pairs or any(pair <= involved for pair in self.pairs)
        return event if paired and (not self.states or involved & self.states) else None

    def _visit(self, event: Event) -> Event | None:
        facts = event.facts
        host = facts.host or (facts.states[-1] if len(facts.states) > 1 else None)
        guests = facts.guests or tuple(state for state in facts.states[:1] if state != host)
        kept = tuple(guest for guest in guests if self._passes(event, guest, host or ""))
        if not kept:
            return None
        return event if kept == guests else replace(event, facts=replace(facts, guests=kept))

    def _passes(self, event: Event, guest: str, host: str) -> bool:
        offices = [p.office or "" for p in event.facts.participants if p.state == guest]
        return (
            (not self.pairs or frozenset((guest, host)) in self.pairs)
            and (not self.states or bool({guest, host} & self.states))
            and (not self.guests or guest in self.guests)
            and (not self.hosts or host in self.hosts)
            and not self._all_without(offices)
            and (self.level == EVERY_LEVEL or levels.highest(offices) in self.level)
        )

    def _within(self, event: Event) -> bool | None:
        """Whether it began in the years asked for; None if its date does not tell."""
        if self.since is None and self.until is None:
            return True
        when = event.facts.when
        if when.start is None:
            return None
        first, last = self.since or date.min, self.until or date.max
        if first <= when.earliest_start() and when.latest_start() <= last:
            return True
        return None if first <= when.latest_start() and when.earliest_start() <= last else False
