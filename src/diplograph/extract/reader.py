"""Reads a document: lines, times, candidates, selection, and reports with evidence for every field.

Takes a ``Document``; gives its ``Report``s, one per event told, in the order in which they are first told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from diplograph.extract import candidates as readings
from diplograph.extract import coreference, narrative, selection
from diplograph.extract.candidates import Candidate
from diplograph.extract.frame import states_of
from diplograph.extract.reporting import to_report
from diplograph.extract.selection import Cluster
from diplograph.extract.setting import Setting
from diplograph.knowledge import grammar
from diplograph.model import Document, Report, SegmentKind
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
    clusters, lines, setting = _read(document)
    narrative.share(clusters, lines, setting)
    reports = [to_report(document, cluster, EXTRACTOR) for cluster in clusters]
    unique = {report.id: report for report in reports}
    return tuple(unique.values())


def _read(document: Document) -> tuple[list[Cluster], Sequence[Line], Setting]:
    found, lines, setting = _candidates(document)
    return selection.select(found), lines, setting


def all_candidates(document: Document) -> list[Candidate]:
    """Every reading of every sentence, before selection."""
    return _candidates(document)[0]


def _candidates(document: Document) -> tuple[list[Candidate], list[Line], Setting]:
    text = document.text
    parts = document.segments or text_segments.split(text)
    sentences = [s for s in text_sentences.split(text, parts) if s.kind is not SegmentKind.BOILERPLATE]
    lines, registry = link(text, sentences, document.published)
    setting = _setting(document, lines)
    coreference.resolve(lines, registry, connected=not setting.digest)
    found: list[Candidate] = []
    context = TimeContext()
    scene = setting.dateline.state if setting.dateline else None
    for line in lines:
        start = line.sentence.dateline_end or line.sentence.start
        times = timex.find(text, start, line.sentence.end, document.published, context=context)
        context = context.after(times)
        line.scene, line.times = scene, times
        told = readings.of_line(line, text, times, setting)
        scene = max(((c.confidence, c.host) for c in told if c.host), default=(0.0, scene))[1]
        found.extend(told)
    readings.weigh_together(found)
    return found, lines, setting


def _setting(document: Document, lines: Sequence[Line]) -> Setting:
    body = [line for line in lines if line.sentence.kind is SegmentKind.BODY and not line.sentence.heading]
    lead = body[0].index if body else 0
    words = " ".join(line.tokens.lowers[k] for line in lines[:3] for k in range(min(40, len(line.tokens))))
    readout = len(body) <= 12 and any(mark in words for mark in grammar.words("readout_marks"))
    readout = readout or any(mark in words for mark in grammar.words("transcript_marks"))
    scene = next((line.places[0] for line in lines[:8] if _names_place_only(line)), None)
    digest = sum(1 for line in body if _present(line)) * 2 > len(body) > 0
    pairs = _pairs(lines)
    return Setting(
        published=document.published,
        lead=lead,
        readout=readout,
        digest=digest,
        lines=len(lines),
        heading=frozenset(s for line in lines[: lead + 1] for a in line.actors for s in states_of(a)),
        pairs=pairs,
        most=max(pairs.values(), default=0),
        sport=_sport(lines),
        scene=scene,
        dateline=places.of_dateline(document.text, [line.sentence for line in lines]),
    )


def _pairs(lines: Sequence[Line]) -> Counter[frozenset[str]]:
    """In how many sentences two states are named together."""
    named = ({s for a in line.actors for s in states_of(a)} for line in lines)
    return Counter(frozenset(two) for states in named for two in combinations(sorted(states)[:8], 2))


def _sport(lines: Sequence[Line]) -> bool:
    """Whether a text tells of sport: three of its words in the first lines."""
    known = grammar.words("sport")
    return sum(1 for line in lines[:6] for word in line.tokens.lowers if word in known) > 2


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
