"""What the events of a document lend each other: host, place, days and occasion told for one of them.

Takes the selected events in reading order; completes them in place. Only what the text tells of the same
people at the same time is lent: a wrong date costs more than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from diplograph.extract import selection
from diplograph.extract.nearness import Nearness
from diplograph.extract.selection import Cluster
from diplograph.extract.setting import Setting
from diplograph.extract.timing import Timing
from diplograph.knowledge import gazetteer
from diplograph.knowledge.rows import Gathering
from diplograph.model import Occasion, Status, TimeSpan, first_day
from diplograph.text.actors import Place
from diplograph.text.lines import Line
from diplograph.text.timex import TimeMention

_NEAR = 6
"""How many words may stand between a stop of a tour and its days."""

_AROUND = 40
"""How many sentences away from a tour its stops may be told."""

_PLACED = ("in", "at", "near", "outside")


def share(clusters: Sequence[Cluster], lines: Sequence[Line], setting: Setting) -> None:
    """Pass host, place, days and occasion between events that are told together.

    Args:
        clusters: The events of a document in reading order, changed in place.
        lines: Its sentences.
        setting: What holds for the whole of it.
    """
    visits = [c for c in clusters if c.type == "visit"]
    for visit in visits:
        _complete_stretch(visit)
        _find_days(visit, lines)
    told = Nearness((n, _lines_of(c)) for n, c in enumerate(visits))
    for cluster in clusters:
        near = [visits[n] for n in told.near(_lines_of(cluster), 3)]
        if cluster.type == "meeting" and (around := _visit_of(cluster, near)):
            _inherit(cluster, around)
    heads = Nearness((n, [c.head.frame.line.index]) for n, c in enumerate(clusters))
    for n, cluster in enumerate(clusters):
        for m in reversed([m for m in heads.near([cluster.head.frame.line.index], 2) if m < n]):
            _follow_on(clusters[m], cluster)
    contacts = [c for c in clusters if c.type in ("visit", "meeting")]
    gatherings = _first_mentions(lines)
    for cluster in contacts:
        _find_host(cluster, setting)
        _find_place(cluster, lines, setting)
        _find_gathering(cluster, gatherings)
    _sign([c for c in clusters if c.type == "agreement"], contacts)


def _lines_of(cluster: Cluster) -> list[int]:
    return [member.frame.line.index for member in cluster.members]


def _first_mentions(lines: Sequence[Line]) -> Mapping[str, tuple[Line, int, int]]:
    """Series of gatherings → where the text first names it."""
    found: dict[str, tuple[Line, int, int]] = {}
    for line in lines:
        for k, (end, hit) in line.hits.items():
            if series := hit.meaning("series"):
                found.setdefault(series, (line, k, end))
    return found


def _sign(agreements: Sequence[Cluster], contacts: Sequence[Cluster]) -> None:
    heads = Nearness((n, [c.head.frame.line.index]) for n, c in enumerate(contacts))
    for agreement in agreements:
        _sign_at(agreement, [contacts[n] for n in heads.near([agreement.head.frame.line.index], 1)])


def _complete_stretch(visit: Cluster) -> None:
    """A visit whose length and first day were told in different sentences lasts from the one to the other."""
    days = next((c.timing.days for c in visit.members if c.timing.days), None)
    span = selection.time_of(visit.members)
    if days and 1 < days < 32 and span.start and len(span.start) == 10 and not span.end:
        end = first_day(span.start) + timedelta(days=days - 1)
        whole = TimeSpan(start=span.start, end=end.isoformat(), phrase=span.phrase, anchor=span.anchor)
        head = visit.head
        head.timing = Timing(whole, head.timing.mention, days, "time/start-and-length")


def _find_days(visit: Cluster, lines: Sequence[Line]) -> None:
    """The days of one stop of a tour, told where the text comes to it: "While in Beijing, June 18-19"."""
    head, span = visit.head, selection.time_of(visit.members)
    if head.host is None or not any("whole-tour" in c.timing.rule for c in visit.members):
        return
    told = head.frame.line.index
    for line in lines[max(0, told - _AROUND) : told + _AROUND]:
        for place in line.places:
            if place.state != head.host or (found := _beside(line, place)) is None:
                continue
            if not span.start or (span.overlaps(found.span) and found.span != span):
                head.timing = Timing(found.span, found, None, "time/of-its-stop")
                head.spans.append(("when", found.start, found.end))
                return


def _beside(line: Line, place: Place) -> TimeMention | None:
    """The days told right beside a place, with no other place between."""
    starts = line.tokens.starts
    for time in line.times:
        k = next((n for n, start in enumerate(starts) if start >= time.start), len(starts))
        told = time.relation == "at" and len(time.span.start or "") == len("2026-01-13")
        between = line.places and any(min(k, place.i) < p.i < max(k, place.i) for p in line.places)
        if told and not between and -_NEAR < k - place.j < _NEAR:
            return time
    return None


def _visit_of(meeting: Cluster, visits: Sequence[Cluster]) -> Cluster | None:
    """The visit during which a meeting was held, if one of its states visits the other at that time."""
    head = meeting.head
    times = selection.time_of(meeting.members)
    near = []
    for visit in visits:
        if (
            not set(visit.head.states) <= set(head.states)
            or visit.head.reading.polarity != head.reading.polarity
        ):
            continue
        if not _same_travellers(meeting, visit):
            continue
        span = selection.time_of(visit.members)
        if (head.host and head.host != visit.head.host) or head.margins or not _within(span, times, visit):
            continue
        distance = min(
            abs(a.frame.line.index - b.frame.line.index) for a in meeting.members for b in visit.members
        )
        same = visit.head.reading.status == head.reading.status or times.start
        if distance <= 3 and (same or (distance <= 2 and head.reading.status is Status.PLANNED)):
            near.append((distance, visit))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _within(visit: TimeSpan, talks: TimeSpan, told: Cluster) -> bool:
    """Whether talks can have been held during a visit; one dated by its news only may have begun before."""
    if visit.overlaps(talks):
        return True
    soft = told.head.timing.soft and visit.start and talks.start
    return bool(soft) and abs((visit.earliest_start() - talks.earliest_start()).days) <= selection.SOFT_DAYS


def _same_travellers(meeting: Cluster, visit: Cluster) -> bool:
    """Whether those who visit can be those who meet."""
    guest = visit.head.states[0]
    travellers = {p.slug for c in visit.members for p, a in c.people if a.state == guest}
    met = {p.slug for c in meeting.members for p, a in c.people if a.state == guest}
    return not travellers or not met or bool(travellers & met)


def _lend_place(giver: Cluster, taker: Cluster) -> None:
    """Give the place told for a visit to its talks, or the other way round, where one has none."""
    named = next((c for c in giver.members if c.place), None)
    if named and not any(c.place for c in taker.members):
        head = taker.head
        head.place, head.place_state, head.place_slug = named.place, named.place_state, named.place_slug
        head.spans.extend(s for s in named.spans if s[0] == "place")


def _inherit(meeting: Cluster, visit: Cluster) -> None:
    head, host = meeting.head, visit.head
    if head.host is None:
        head.host = host.host
    _lend_place(visit, meeting)
    if head.host == host.host:
        _lend_place(meeting, visit)
    own = selection.time_of(meeting.members)
    if len(own.start or "") < len("2026-01-13") and head.reading.status is not Status.CANCELLED:
        span = selection.time_of(visit.members)
        if span.start and len(span.start) > len(own.start or ""):
            head.timing = Timing(span, visit.head.timing.mention, None, "time/of-its-visit")
            head.spans.extend(s for c in visit.members for s in c.spans if s[0] == "when")


def _follow_on(before: Cluster, cluster: Cluster) -> None:
    """A meeting told right after another of the same person was held in the same place: "also met Li"."""
    head, earlier = cluster.head, before.head
    near = 0 <= head.frame.line.index - earlier.frame.line.index <= 2
    contact = cluster.type == "meeting" and before.type in ("meeting", "visit")
    if not contact or head.host or not earlier.host or not near:
        return
    met, there = ({p.slug for c in one.members for p, _ in c.people} for one in (cluster, before))
    times = selection.time_of(cluster.members), selection.time_of(before.members)
    if times[0].start and not times[1].start:
        return
    if not met & there or head.reading.status != earlier.reading.status or not times[0].overlaps(times[1]):
        return
    head.host = earlier.host
    _lend_place(before, cluster)
    head.occasion = head.occasion or earlier.occasion


def _find_host(cluster: Cluster, setting: Setting) -> None:
    """A meeting that is the news of the day was held where the text is dated, if that is with one of them."""
    head, place = cluster.head, setting.dateline
    if cluster.type != "meeting" or head.host or place is None or place.state not in head.states:
        return
    if head.frame.line.index <= setting.lead + 1 and _of_the_day(cluster, setting):
        head.host = place.state


def _of_the_day(cluster: Cluster, setting: Setting) -> bool:
    """Whether an event was held about the day of publication."""
    span = selection.time_of(cluster.members)
    if setting.published is None or span.start is None or len(span.start) < len("2026-01-13"):
        return False
    near = min(abs((day - setting.published).days) for day in (span.earliest_start(), span.latest_end())) <= 2
    return near and cluster.head.reading.status is Status.HELD


def _find_place(cluster: Cluster, lines: Sequence[Line], setting: Setting) -> None:
    """The town of the host that the text names nearby, or from which it reports the day's news."""
    head = cluster.head
    if head.host is None or any(c.place for c in cluster.members):
        return
    told = [c.frame.line.index for c in cluster.members]
    nearby = [
        (min(abs(line.index - k) for k in told), line.index, place)
        for line in _around(lines, told)
        for place in line.places
        if place.state == head.host and place.preposition in _PLACED and (place.slug or place.capital)
    ]
    nearest = min((one for one in nearby if one[0] <= 2), key=lambda one: one[:2], default=None)
    place = _reported_from(cluster, setting) or (nearest[2] if nearest else None)
    if place:
        head.place, head.place_state, head.place_slug = place.name, place.state, place.slug
        head.spans.append(("place", place.start, place.end))


def _around(lines: Sequence[Line], told: Iterable[int]) -> Iterator[Line]:
    """The lines that tell something, and two on either side."""
    for index in sorted({k + d for k in told for d in range(-2, 3)}):
        if 0 <= index < len(lines):
            yield lines[index]


def _reported_from(cluster: Cluster, setting: Setting) -> Place | None:
    """The place of the dateline, for what its host did there about the day of publication."""
    place = setting.dateline
    return place if place and place.state == cluster.head.host and _of_the_day(cluster, setting) else None


def _find_gathering(cluster: Cluster, named: Mapping[str, tuple[Line, int, int]]) -> None:
    """The gathering that the text names and that was held there on those days."""
    head = cluster.head
    span = selection.time_of(cluster.members)
    if any(c.occasion for c in cluster.members) or head.host is None or not span.start:
        return
    book = gazetteer.load()
    for series, (line, k, end) in named.items():
        held = book.gathering(series, int(span.start[:4]))
        if held and held.state == head.host and _during(span, held):
            text = " ".join(line.tokens.words[k:end])
            head.occasion = Occasion(name=text, id=series)
            head.spans.append(("occasion", line.tokens.starts[k], line.tokens.ends[end - 1]))
            return


def _during(span: TimeSpan, held: Gathering) -> bool:
    """Whether a time told to the day lies within a gathering or a day beside it."""
    if held.start is None or len(span.start or "") < len("2026-01-13"):
        return False
    first = first_day(held.start) - timedelta(days=1)
    last = first_day(held.end or held.start) + timedelta(days=1)
    return first <= span.earliest_start() <= last


def _sign_at(agreement: Cluster, contacts: Sequence[Cluster]) -> None:
    """An agreement signed during talks told beside it was signed then and there."""
    head = agreement.head
    if head.reading.status is not Status.HELD or selection.time_of(agreement.members).start:
        return
    for contact in contacts:
        same = set(contact.head.states) == set(head.states) and contact.head.reading.status is Status.HELD
        distance = head.frame.line.index - contact.head.frame.line.index
        span = selection.time_of(contact.members)
        if same and 0 <= distance <= 1 and span.start and not span.end:
            head.timing = Timing(span, contact.head.timing.mention, None, "time/of-its-talks")
            _lend_place(contact, agreement)
            return
