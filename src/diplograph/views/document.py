"""The page of a source: the article as it stands, its sentences marked, and beside them what was read.

Takes a document and its reports; gives one self-contained HTML file without any script. Marks lead to reports
and reports back to marks; what was denied or only imagined stands in a fold at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from diplograph.analysis import wording
from diplograph.errors import StoreError
from diplograph.model import Document, Event, Polarity, Report, SegmentKind
from diplograph.views import cards, clean, page, world
from diplograph.views.world import Sheet, World

MANNERS: Final = {
    "participants": "who",
    "states": "who",
    "host": "who",
    "place": "where",
    "when": "when-told",
    "status": "cue",
    "type": "cue",
    "issues": "about",
}
"""How the words that support a field are underlined."""

_BREAK: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text and the reports it supports.

    Attributes:
        text: The stretch.
        reports: Those whose sentence it is part of.
        first: Those whose sentence begins here.
        words: The stretch in pieces, each with the kind of word it is; empty where it is none.
    """

    text: str
    reports: tuple[str, ...]
    first: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in pieces, and the cards that stand beside it."""

    kind: str
    pieces: tuple[Piece, ...]
    cards: tuple[cards.Card, ...]


def render(document: Document, reports: Iterable[Report], *, names: Mapping[str, str]) -> str:
    """The page of a source as HTML.

    Args:
        document: The document whose text is shown.
        reports: What was read in it; reports of other documents are left out.
        names: State code → name.
    """
    own = {report.id: report for report in reports if report.source == document.id}
    given = World(events=(), reports=own, documents={document.id: document}, names=names)
    return world.written(sheet(given, document.id), given)


def sheet(given: World, key: str) -> Sheet:
    """The page of a source.

    Raises:
        StoreError: If there is none.
    """
    if key not in given.documents:
        raise StoreError(f"no source {key!r}; list them with `diplograph stats`")
    document = given.documents[key]
    own = sorted((r for r in given.reports.values() if r.source == key), key=_place)
    told = [report for report in own if report.polarity is Polarity.AFFIRMED]
    aside = [report for report in own if report.polarity is not Polarity.AFFIRMED]
    event_of = {name: event.id for event in given.events for name in event.reports}
    shown = {r.id: _card(r, document, given.names, event_of.get(r.id, "")) for r in own}
    heading = document.title or document.name
    return Sheet(
        kind="source",
        key=key,
        template="document.html",
        title=heading,
        sentence=_sentence(document, told),
        events=tuple(event for event in given.events if {r.id for r in own} & set(event.reports)),
        scripts=(page.asset("document.js"),),
        styles=(page.asset("document.css"),),
        values={
            "url": clean.address(document.url),
            "paragraphs": paragraphs(document, told, shown),
            "aside": [shown[report.id] for report in aside],
            "digest": key,
        },
        facts={
            "source": {
                "id": key,
                "name": document.name,
                "published": document.published,
                "publisher": document.publisher,
                "url": clean.address(document.url),
            },
            "reports": [
                {"id": r.id, "event": event_of.get(r.id), "polarity": str(r.polarity), "quote": r.quote}
                for r in own
            ],
        },
    )


def _place(report: Report) -> tuple[int, str]:
    starts = [e.start for e in report.evidence if e.field == "event"]
    return min(starts, default=0), report.id


def _sentence(document: Document, told: Sequence[Report]) -> str:
    origin = ", ".join(filter(None, (clean.plain(document.publisher), _published(document))))
    found = f"{wording.count(len(told), 'event')} read in it, each marked at the words that tell it."
    return f"{origin}: {found}" if origin else found[:1].upper() + found[1:]


def _published(document: Document) -> str:
    day = document.published
    return f"{day.day} {wording.MONTHS[day.month - 1]} {day.year}" if day else ""


def _card(report: Report, document: Document, names: Mapping[str, str], key: str) -> cards.Card:
    event = Event(id=f"r-{report.id}", facts=report.facts, reports=(report.id,))
    return cards.card(event, {report.id: report}, {document.id: document}, names, page=key)


def paragraphs(
    document: Document, told: Sequence[Report], shown: Mapping[str, cards.Card]
) -> list[Paragraph]:
    """The document's paragraphs in pieces, each with the cards of the reports that begin in it."""
    made = []
    for start, end in _spans(document.text):
        own = [report for report in told if start <= _place(report)[0] < end]
        made.append(
            Paragraph(
                kind=_kind(document, start),
                pieces=_pieces(document.text, start, end, told),
                cards=tuple(shown[report.id] for report in own),
            )
        )
    return made


def _spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph; the blank lines between are in none."""
    spans, start = [], 0
    for gap in _BREAK.finditer(text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _kind(document: Document, start: int) -> str:
    kinds = (segment.kind for segment in document.segments if segment.start <= start < segment.end)
    return str(next(kinds, SegmentKind.BODY))


def _pieces(text: str, start: int, end: int, told: Sequence[Report]) -> tuple[Piece, ...]:
    spans = [
        (max(e.start, start), min(e.end, end), report.id, e.start)
        for report in told
        for e in report.evidence
        if e.field == "event" and e.start < end and e.end > start
    ]
    cuts = sorted({start, end, *(s[0] for s in spans), *(s[1] for s in spans)})
    pieces = []
    for left, right in pairwise(cuts):
        inside = [span for span in spans if span[0] <= left and right <= span[1]]
        pieces.append(
            Piece(
                text=clean.plain(text[left:right]),
                reports=tuple(dict.fromkeys(span[2] for span in inside)),
                first=tuple(dict.fromkeys(span[2] for span in inside if span[3] == left)),
                words=_words(text, left, right, told if inside else ()),
            )
        )
    return tuple(pieces)


def _words(text: str, left: int, right: int, told: Sequence[Report]) -> tuple[tuple[str, str], ...]:
    """A stretch in pieces, with the field that each supports: who, where, when, and the cue."""
    spans = sorted({
        (max(e.start, left), min(e.end, right), MANNERS[e.field])
        for report in told
        for e in report.evidence
        if e.field in MANNERS and e.start < right and e.end > left
    })  # fmt: skip
    found, at = [], left
    for start, end, manner in spans:
        if start < at:
            # Where two overlap, the first is shown.
            continue
        found += [(text[at:start], ""), (text[start:end], manner)]
        at = end
    found.append((text[at:right], ""))
    return tuple((clean.plain(words), manner) for words, manner in found if words)
