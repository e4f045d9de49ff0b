"""What a person should look at: merges that rest on little, and splits that may be one event.

Takes reports and the events made of them; gives doubts, sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from diplograph.consensus.likeness import plain, shared_persons
from diplograph.model import Event, EventType, Facts, Granularity, Report

_NEIGHBOURING_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Doubt:
    """An uncertain merge of one event, or an uncertain split between two."""

    kind: str
    events: tuple[str, ...]
    reason: str


def review(reports: Iterable[Report], events: Sequence[Event]) -> tuple[Doubt, ...]:
    """The doubts about these events, sorted by kind and event."""
    by_id = {r.id: r for r in reports}
    doubts = [d for event in events for d in _merges(event, by_id)]
    families: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        families.setdefault((event.facts.type, *sorted(event.facts.states)), []).append(event)
    for family in families.values():
        doubts += [d for a, b in combinations(family, 2) for d in _splits(a, b)]
    return tuple(sorted(doubts))


def _merges(event: Event, reports: Mapping[str, Report]) -> list[Doubt]:
    found = []
    for decision in event.decisions:
        if decision.contradicting:
            words = f"{len(decision.contradicting)} of its reports contradict its {decision.field}"
            found.append(Doubt(kind="contradiction", events=(event.id,), reason=words))
    members = [reports[r] for r in event.reports if r in reports]
    vague = [r for r in members if r.facts.when.granularity is not event.facts.when.granularity]
    if vague:
        words = f"{len(vague)} of its {len(members)} reports tell its time less exactly"
        found.append(Doubt(kind="merge", events=(event.id,), reason=words))
    return found


def _splits(one: Event, other: Event) -> list[Doubt]:
    reason = _near(one.facts, other.facts)
    return [Doubt(kind="split", events=tuple(sorted((one.id, other.id))), reason=reason)] if reason else []


def _near(a: Facts, b: Facts) -> str:
    """Why two events may be one; empty if nothing suggests it."""
    if a.participants and b.participants and not shared_persons(a, b):
        return ""
    if a.when.start is None or b.when.start is None:
        alike = a.place and b.place and plain(a.place.name) == plain(b.place.name)
        return "one has no date, and they share a place" if alike else ""
    if a.type is EventType.VISIT and a.host != b.host:
        return ""
    if a.when.granularity is b.when.granularity is Granularity.DAY:
        gap = max(a.when.earliest_start(), b.when.earliest_start()) - min(
            a.when.latest_end(), b.when.latest_end()
        )
        words = f"they are {gap.days} day{'s' if gap.days > 1 else ''} apart"
        return words if 0 < gap.days <= _NEIGHBOURING_DAYS else ""
    return "one is told less exactly, and both can be at the same time" if a.when.overlaps(b.when) else ""
