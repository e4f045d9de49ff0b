"""Reports become events: the same input gives the same events, in whatever order it comes.

``merge`` takes all reports and gives all events. ``amend`` takes what is stored and what comes or goes, and
gives the events that go and those that come; doing so for one source after the other ends in the same events.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from diplograph.consensus import touch
from diplograph.consensus.clustering import Archive, Cluster, Clustering
from diplograph.consensus.decide import decide, deny, rule_on
from diplograph.consensus.likeness import shared_persons
from diplograph.consensus.rulings import Ruling, Rulings
from diplograph.model import Event, EventType, Facts, Granularity, Polarity, Report, Status


class EventArchive(Archive, Protocol):
    """Where reports and the events made of them are found."""

    def events(self, ids: Iterable[str]) -> Iterable[Event]:
        """The events of these ids that are there."""

    def events_of(self, reports: Iterable[str]) -> Iterable[Event]:
        """The events that any of these reports is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Events that go and events that come; one that changes goes and comes under its id."""

    gone: tuple[Event, ...] = ()
    fresh: tuple[Event, ...] = ()


def event_id(reports: Iterable[Report]) -> str:
    """The id of the event that these reports tell: 32 hexadecimal digits.

    It comes from the report published first, so what is published later does not change it.
    """
    return id_from(min(reports, key=lambda r: (r.published or date.max, r.id)).id)


def id_from(report: str) -> str:
    """The id of an event whose first report has this id."""
    return hashlib.sha256(f"event {report}".encode()).hexdigest()[:32]


def merge(reports: Iterable[Report], rulings: Iterable[Ruling] = ()) -> tuple[Event, ...]:
    """The events that reports tell of.

    Denied and hypothetical reports make no event; a denial stands against the event that others affirm.
    """
    known = Rulings(rulings)
    clustering = Clustering(_Nothing(), known, whole=True)
    clustering.settle({report.id: report for report in reports}.values())
    events = [_event(clustering, cluster, known) for cluster in clustering.clusters()]
    return tuple(sorted(_linked(events, events), key=lambda e: e.id))


def amend(
    archive: EventArchive,
    *,
    added: Iterable[Report] = (),
    removed: Iterable[str] = (),
    rulings: Rulings | None = None,
    ruled: Iterable[str] = (),
) -> Amendment:
    """What changes in the events of an archive.

    Args:
        archive: What is stored.
        added: Reports that come.
        removed: Ids of reports that go; one that comes as well is exchanged.
        rulings: What persons decided, as it is afterwards.
        ruled: Reports about which more, or less, is decided than before.
    """
    known = rulings or Rulings()
    leaving = tuple(removed)
    clustering = Clustering(archive, known)
    clustering.settle(added, leaving, ruled)
    clusters = [cluster for seed in sorted(clustering.touched) if (cluster := clustering.headed(seed))]
    reports = {*leaving, *(card.id for cluster in clusters for card in cluster)}
    before = {event.id: event for event in archive.events_of(sorted(reports))}
    after = {event.id: event for event in (_event(clustering, c, known) for c in clusters)}
    _link_around(archive, before, after)
    return Amendment(
        gone=tuple(before[name] for name in sorted(before) if after.get(name) != before[name]),
        fresh=tuple(after[name] for name in sorted(after) if before.get(name) != after[name]),
    )


def _event(clustering: Clustering, cluster: Cluster, rulings: Rulings) -> Event:
    members = [card.report for card in cluster]
    event = decide(event_id(members), members)
    denials = [c for c in clustering.near(cluster, Polarity.DENIED) if clustering.face(c, cluster)]
    ruled = rulings.on(event.reports) if rulings.named else ()
    return deny(rule_on(event, ruled), [card.report for card in denials])


def _link_around(archive: EventArchive, before: dict[str, Event], after: dict[str, Event]) -> None:
    """Link the meetings that are new, and those stored ones around which visits changed."""
    visits = [e for e in (*before.values(), *after.values()) if e.facts.type is EventType.VISIT]
    changed = [v for v in visits if _plain(before.get(v.id)) != _plain(after.get(v.id))]
    keys = [key for visit in changed for key in touch.sought_events(visit, EventType.MEETING)]
    near = {name for names in archive.found(keys).values() for name in names} - set(before)
    stored = list(archive.events(sorted(near)))
    before.update((event.id, event) for event in stored)
    after.update((event.id, event) for event in stored)
    meetings = [event for event in after.values() if event.facts.type is EventType.MEETING]
    keys = [key for meeting in meetings for key in touch.sought_events(meeting, EventType.VISIT)]
    names = {name for names in archive.found(keys).values() for name in names} - set(before)
    around = [*archive.events(sorted(names)), *after.values()]
    after.update((event.id, event) for event in _linked(meetings, around))


def _plain(event: Event | None) -> Facts | None:
    return event.facts if event else None


def _linked(events: Iterable[Event], around: Iterable[Event]) -> list[Event]:
    """Events, of which meetings name the visit that they are part of, where there is just one."""
    visits: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in around:
        if event.facts.type is EventType.VISIT:
            for key in touch.filed_event(event):
                visits[key][event.id] = event
    linked = []
    for event in events:
        keys = touch.sought_events(event, EventType.VISIT) if event.facts.type is EventType.MEETING else ()
        near = {v.id: v for key in keys for v in visits.get(key, {}).values()}
        whole = [name for name, visit in near.items() if _is_part(event.facts, visit.facts)]
        linked.append(replace(event, part_of=whole[0] if len(whole) == 1 else None))
    return linked


def _is_part(meeting: Facts, visit: Facts) -> bool:
    if meeting.host is None or meeting.host != visit.host:
        return False
    if Status.CANCELLED in (meeting.status, visit.status) and meeting.status is not visit.status:
        return False
    if visit.participants and meeting.participants and not shared_persons(visit, meeting):
        return False
    if meeting.when.start is None or visit.when.start is None:
        return False
    fine = meeting.when.granularity is visit.when.granularity is Granularity.DAY
    return meeting.when.overlaps(visit.when) if fine else meeting.when.edtf == visit.when.edtf


class _Nothing:
    """An archive in which nothing is settled."""

    def found(self, keys: Iterable[str]) -> Mapping[str, Set[str]]:  # noqa: ARG002 - the protocol's name
        return {}

    def reports(self, ids: Iterable[str]) -> Iterable[Report]:  # noqa: ARG002 - as above
        return ()

    def together(self, ids: Iterable[str]) -> Iterable[Sequence[str]]:  # noqa: ARG002 - as above
        return ()
