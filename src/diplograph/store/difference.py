"""What changed between two days: events that are new, moved, contradicted or gone, each with its sources.

Takes a store and two days; gives differences, sorted. The graph of each day is that of the sources published
by then; sources that were taken out in between are told by the notes that they left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from diplograph.errors import StoreError
from diplograph.model import Event, Facts
from diplograph.store import Store


class Kind(StrEnum):
    """What became of an event, or of a source."""

    NEW = "new"
    STATUS = "status changed"
    REFINED = "told otherwise"
    CONTRADICTED = "contradicted"
    MERGED = "merged"
    GONE = "no longer told"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Difference:
    """One difference.

    Attributes:
        kind: What it is.
        event: Id of the event as it is now, or was last; empty for a source.
        field: Which field is another, or contradicted; empty if none in particular.
        before: How it was told, or the name of the source that was taken out.
        after: How it is told.
        sources: Names of the sources that made the difference, with their dates.
    """

    kind: Kind
    event: str
    field: str = ""
    before: str = ""
    after: str = ""
    sources: tuple[str, ...] = ()


def difference(store: Store, since: date, until: date | None = None) -> tuple[Difference, ...]:
    """What sources published after one day, and up to another, changed.

    Args:
        store: The store.
        since: The day from which the difference is counted.
        until: The day up to which; that of the newest source if not given.

    Raises:
        StoreError: If the days run backwards.
    """
    last = until or store.newest() or since
    if last < since:
        raise StoreError(f"{since} is after {last}; name the earlier day first")
    with store.as_of(since) as earlier, store.as_of(last) as later:
        found = [*_of_events(earlier, later), *_of_the_past(earlier, later)]
    return tuple(sorted([*found, *_retracted(store, since, last)]))


def _of_events(earlier: Store, later: Store) -> Iterable[Difference]:
    known = {event.id: event for event in earlier.events()}
    for event in later.events():
        before = known.get(event.id) or _ancestor(event, known.values())
        if before is None:
            sources = _sources(later, event.reports)
            yield Difference(kind=Kind.NEW, event=event.id, after=_told(event), sources=sources)
        else:
            yield from _changes(before, event, later)


def _ancestor(event: Event, known: Iterable[Event]) -> Event | None:
    """The event of before that is the same by its reports, if its id changed."""
    reports = set(event.reports)
    return next((before for before in known if reports.issuperset(before.reports)), None)


def _changes(before: Event, event: Event, later: Store) -> Iterable[Difference]:
    fresh = sorted(set(event.reports) - set(before.reports))
    old, new = before.facts, event.facts
    if old.status is not new.status:
        told = [s.report for s in event.history if s.status is new.status and s.report in fresh]
        yield Difference(
            kind=Kind.STATUS,
            event=event.id,
            field="status",
            before=old.status.value,
            after=new.status.value,
            sources=_sources(later, told or fresh),
        )
    for field in ("when", "place", "host", "occasion", "subtype"):
        one, other = _value(old, field), _value(new, field)
        if one != other:
            sources = _sources(later, fresh)
            yield Difference(
                kind=Kind.REFINED, event=event.id, field=field, before=one, after=other, sources=sources
            )
    stood = {d.field: set(d.contradicting) for d in before.decisions}
    for decision in event.decisions:
        against = sorted(set(decision.contradicting) - stood.get(decision.field, set()))
        if against:
            yield Difference(
                kind=Kind.CONTRADICTED,
                event=event.id,
                field=decision.field,
                after=_told(event),
                sources=_sources(later, against),
            )


def _of_the_past(earlier: Store, later: Store) -> Iterable[Difference]:
    """Events that are no more: their reports are of other events now, or of none."""
    kept = {report: event for event in later.events() for report in event.reports}
    present = {event.id for event in kept.values()}
    for event in earlier.events():
        if event.id in present:
            continue
        homes = {kept[report].id for report in event.reports if report in kept}
        if any(set(event.reports) <= set(one.reports) for one in kept.values() if one.id in homes):
            told = next(one for one in kept.values() if one.id in homes)
            if any(before.id == told.id for before in earlier.events()):
                yield Difference(kind=Kind.MERGED, event=told.id, before=_told(event), after=_told(told))
        else:
            sources = _sources(earlier, event.reports)
            yield Difference(kind=Kind.GONE, event=event.id, before=_told(event), sources=sources)


def _retracted(store: Store, since: date, until: date) -> Iterable[Difference]:
    for gone in store.retractions():
        if gone.on and since < gone.on <= until:
            dated = f" ({gone.published})" if gone.published else ""
            heir = store.document(gone.by).name if gone.by and store.has(gone.by) else ""
            yield Difference(
                kind=Kind.RETRACTED,
                event="",
                before=f"{gone.name}{dated}",
                after=f"replaced by {heir}" if heir else f"taken out on {gone.on}",
                sources=(gone.name,),
            )


def _sources(store: Store, reports: Iterable[str]) -> tuple[str, ...]:
    found = {store.report(name).source for name in reports}
    documents = sorted((store.document(source) for source in found), key=lambda d: (str(d.published), d.name))
    return tuple(f"{d.name} ({d.published})" if d.published else d.name for d in documents)


def _told(event: Event) -> str:
    facts = event.facts
    where = f" in {facts.place.name}" if facts.place else ""
    when = f", {facts.when.edtf}" if facts.when.start else ""
    return f"{facts.subtype or facts.type} of {' and '.join(facts.states)}{where}{when} ({facts.status})"


def _value(facts: Facts, field: str) -> str:
    value: Any = getattr(facts, field)
    if field == "when":
        return str(value.edtf)
    return str(getattr(value, "name", value) or "")
