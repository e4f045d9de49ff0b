"""Reads a document: lines, times, candidates, selection, and reports with evidence for every field.

Takes a ``Document``; gives its ``Report``s, one per event told, in the order in which they are first told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from diplograph.extract import candidates as readings
from diplograph.extract import coreference, selection
from diplograph.extract.candidates import Candidate, Setting
from diplograph.extract.reporting import to_report
from diplograph.extract.selection import Cluster
from diplograph.extract.timing import Timing
from diplograph.knowledge import grammar
from diplograph.model import Document, Report, SegmentKind, Status, TimeSpan, first_day
from diplograph.text import places, timex
from diplograph.text import segments as text_segments
from diplograph.text import sentences as text_sentences
from diplograph.text.lines import Line
from diplograph.text.linking import link
from diplograph.text.timex import TimeContext

EXTRACTOR = "diplograph.rules/1"


def extract(document: Document) -> tuple[Report, ...]:
    """The reports of a document.

    Denied and hypothetical events come as reports of that polarity.
    """
    clusters = selection.select(all_candidates(document))
    _share(clusters)
    reports = [to_report(document, cluster, EXTRACTOR) for cluster in clusters]
    unique = {report.id: report for report in reports}
    return tuple(unique.values())


def all_candidates(document: Document) -> list[Candidate]:
    """Every reading of every sentence, before selection."""
    text = document.text
    parts = document.segments or text_segments.split(text)
    sentences = [s for s in text_sentences.split(text, parts) if s.kind is not SegmentKind.BOILERPLATE]
    lines, registry = link(text, sentences, document.published)
    setting = _setting(document, lines)
    coreference.resolve(lines, registry, connected=not setting.digest)
    found: list[Candidate] = []
    context = TimeContext()
    for line in lines:
        start = line.sentence.dateline_end or line.sentence.start
        times = timex.find(text, start, line.sentence.end, document.published, context=context)
        context = context.after(times)
        found.extend(readings.of_line(line, text, times, setting))
    return found


def _setting(document: Document, lines: Sequence[Line]) -> Setting:
    body = [line for line in lines if line.sentence.kind is SegmentKind.BODY and not line.sentence.heading]
    lead = body[0].index if body else 0
    words = " ".join(line.tokens.lowers[k] for line in lines[:3] for k in range(min(40, len(line.tokens))))
    readout = len(body) <= 12 and any(mark in words for mark in grammar.words("readout_marks"))
    readout = readout or any(mark in words for mark in grammar.words("transcript_marks"))
    scene = next((line.places[0] for line in lines[:8] if _names_place_only(line)), None)
    digest = sum(1 for line in body if _present(line)) * 2 > len(body) > 0
    return Setting(
        published=document.published,
        lead=lead,
        readout=readout,
        digest=digest,
        lines=len(lines),
        scene=scene,
        dateline=places.of_dateline(document.text, [line.sentence for line in lines]),
    )


def _names_place_only(line: Line) -> bool:
    """Whether a short line consists of places: "Washington, D.C." under the heading of a transcript."""
    if not line.places or len(line.tokens) > 8:
        return False
    covered = sum(p.j - p.i for p in line.places)
    rest = [
        w
        for k, w in enumerate(line.tokens.words)
        if not any(p.i <= k < p.j for p in line.places) and w.isalpha()
    ]
    return covered >= len(rest) and all(word[:1].isupper() for word in rest)


def _present(line: Line) -> bool:
    """Whether a line opens with an actor and a verb in the present, as digests do."""
    for actor in line.actors[:2]:
        if actor.j < len(line.tokens) and actor.j < 14:
            word = line.tokens.lowers[actor.j]
            if word.endswith("s") and word not in ("was", "'s", "has", "is") and word.isalpha():
                return True
    return False


def _share(clusters: Sequence[Cluster]) -> None:
    """Pass host, place and days between a visit, its talks and its gathering."""
    visits = [c for c in clusters if c.type == "visit"]
    for cluster in clusters:
        if cluster.type == "visit":
            _complete_stretch(cluster)
    for cluster in clusters:
        if cluster.type == "meeting":
            visit = _visit_of(cluster, visits)
            if visit:
                _inherit(cluster, visit)


def _complete_stretch(visit: Cluster) -> None:
    """A visit whose length and first day were told in different sentences lasts from the one to the other."""
    days = next((c.timing.days for c in visit.members if c.timing.days), None)
    span = selection.time_of(visit.members)
    if days and 1 < days < 32 and span.start and len(span.start) == 10 and not span.end:
        end = first_day(span.start) + timedelta(days=days - 1)
        whole = TimeSpan(start=span.start, end=end.isoformat(), phrase=span.phrase, anchor=span.anchor)
        head = visit.head
        head.timing = Timing(whole, head.timing.mention, days, "time/start-and-length")


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
        if (head.host and head.host != visit.head.host) or head.margins or not span.overlaps(times):
            continue
        distance = min(
            abs(a.frame.line.index - b.frame.line.index) for a in meeting.members for b in visit.members
        )
        same = visit.head.reading.status == head.reading.status or times.start
        if distance <= 3 and (same or (distance <= 2 and head.reading.status is Status.PLANNED)):
            near.append((distance, visit))
    return min(near, key=lambda pair: pair[0])[1] if near else None


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
