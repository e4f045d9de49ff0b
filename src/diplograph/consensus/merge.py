"""Reports become events: the same input gives the same events, in whatever order it comes.

Takes reports; gives events sorted by id. Reports are compared only within one group of states, so that a
new document asks for the work of the groups that it names and no more (``dyad_of``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from diplograph.consensus.decide import decide, deny
from diplograph.consensus.likeness import (
    compatible,
    same_occasion,
    same_place,
    score,
    shared_persons,
    undated_match,
)
from diplograph.model import Event, EventType, Facts, Granularity, Polarity, Report, Status

_LONGEST_STAY = 15  # days; a longer span tells when a visit may fall, not how long it lasts
_UNDATED = 10**6


def dyad_of(states: Iterable[str]) -> str:
    """The name of a group of states: ``JPN-KOR``, whoever is named first."""
    return "-".join(sorted(set(states)))


def event_id(reports: Iterable[Report]) -> str:
    """The id of the event that these reports tell: 32 hexadecimal digits.

    It comes from the report published first, so what is published later does not change it.
    """
    return id_from(min(reports, key=lambda r: (r.published or date.max, r.id)).id)


def id_from(report: str) -> str:
    """The id of an event whose first report has this id."""
    return hashlib.sha256(f"event {report}".encode()).hexdigest()[:32]


def merge(reports: Iterable[Report]) -> tuple[Event, ...]:
    """The events that reports tell of.

    Denied and hypothetical reports make no event; a denial stands against the event that others affirm.
    """
    groups: dict[str, dict[str, Report]] = defaultdict(dict)
    for report in reports:
        groups[dyad_of(report.facts.states)][report.id] = report
    events = [event for group in groups.values() for event in _merge_group(list(group.values()))]
    return tuple(sorted(events, key=lambda e: e.id))


def _merge_group(reports: list[Report]) -> list[Event]:
    families: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    denied: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports:
        if report.polarity is Polarity.AFFIRMED:
            families[_family(report)].append(report)
        elif report.polarity is Polarity.DENIED:
            denied[_family(report)].append(report)
    events = []
    for family, members in families.items():
        for cluster in _clusters(members):
            against = [r for r in denied[family] if _can_join(r, cluster)]
            events.append(deny(decide(event_id(cluster), cluster), against))
    return _link_parts(events)


def _family(report: Report) -> tuple[str, ...]:
    """What can be one event at all: the type, and the direction where it matters."""
    facts = report.facts
    directed = facts.type in (EventType.VISIT, EventType.TENSION)
    return (facts.type, *(facts.states if directed else sorted(set(facts.states))))


def _clusters(reports: list[Report]) -> list[list[Report]]:
    """Seeds first, then what can join exactly one of them; never by a chain of likenesses."""
    clusters: list[list[Report]] = []
    for report in sorted(reports, key=_seeding_order):
        home = _home(report, [c for c in clusters if _can_join(report, c)])
        if home is None:
            clusters.append([report])
        else:
            home.append(report)
    return clusters


def _seeding_order(report: Report) -> tuple[int, int, str]:
    """Fine before coarse before undated; of a visit's dates in days, the whole stay first."""
    days = _days(report)
    if not _is_fine(report):
        return 1, days, report.id
    return 0, -days if report.facts.type is EventType.VISIT else days, report.id


def _home(report: Report, choices: list[list[Report]]) -> list[Report] | None:
    if not choices:
        return None
    if _is_fine(report):
        return min(choices, key=lambda c: ([-points for points in score(report, c[0])], c[0].id))
    # A vague report joins only where there is no doubt; a place or an occasion may settle it.
    named = [c for c in choices if any(_same_where(report.facts, m.facts) for m in c)]
    choices = named or choices
    if len(choices) > 1:
        choices = [c for c in choices if c[0].facts.when.edtf == report.facts.when.edtf]
    return choices[0] if len(choices) == 1 else None


def _can_join(report: Report, cluster: list[Report]) -> bool:
    if not _times_agree(report, cluster):
        return False
    if not all(compatible(report, member) for member in cluster):
        return False
    if report.facts.when.start is None or cluster[0].facts.when.start is None:
        return any(undated_match(report, member) for member in cluster)
    if report.facts.when.granularity is Granularity.YEAR:
        return any(_in_common(report.facts, member.facts) for member in cluster)
    return True


def _times_agree(report: Report, cluster: list[Report]) -> bool:
    """Whether the report falls into the time of the whole cluster.

    The stops of a visit lie anywhere within its whole stay, which is the seed of its cluster.
    """
    stay = report.facts.type is EventType.VISIT and _is_fine(report)
    members = cluster[:1] if stay else cluster
    return all(report.facts.when.overlaps(member.facts.when) for member in members)


def _same_where(one: Facts, other: Facts) -> bool:
    return same_place(one.place, other.place) or same_occasion(one, other)


def _in_common(one: Facts, other: Facts) -> bool:
    return _same_where(one, other) or shared_persons(one, other) > 0


def _days(report: Report) -> int:
    when = report.facts.when
    return (when.latest_end() - when.earliest_start()).days + 1 if when.start else _UNDATED


def _is_fine(report: Report) -> bool:
    return report.facts.when.granularity is Granularity.DAY and _days(report) <= _LONGEST_STAY


def _link_parts(events: list[Event]) -> list[Event]:
    """Meetings get the visit that they are part of, where there is just one."""
    visits = [e for e in events if e.facts.type is EventType.VISIT]
    linked = []
    for event in events:
        whole = [v for v in visits if _is_part(event.facts, v.facts)]
        linked.append(replace(event, part_of=whole[0].id) if len(whole) == 1 else event)
    return linked


def _is_part(meeting: Facts, visit: Facts) -> bool:
    if meeting.type is not EventType.MEETING or meeting.host is None or meeting.host != visit.host:
        return False
    if Status.CANCELLED in (meeting.status, visit.status) and meeting.status is not visit.status:
        return False
    if visit.participants and meeting.participants and not shared_persons(visit, meeting):
        return False
    if meeting.when.start is None or visit.when.start is None:
        return False
    fine = meeting.when.granularity is visit.when.granularity is Granularity.DAY
    return meeting.when.overlaps(visit.when) if fine else meeting.when.edtf == visit.when.edtf
