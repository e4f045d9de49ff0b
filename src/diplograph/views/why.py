"""The page of an event's facts: for each, why the graph says so, down to the words that say it.

Takes a ``World`` and the id of an event; gives a ``Sheet``. The words that support a field are marked within
the sentence that tells the event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from diplograph.analysis import wording
from diplograph.errors import StoreError
from diplograph.model import Event, Report
from diplograph.store import citing
from diplograph.views import cards, clean, saying
from diplograph.views.cards import Part, Quote
from diplograph.views.world import Sheet, World

LABELS: Final[Mapping[str, str]] = {
    "type": "What it is",
    "status": "How far it came",
    "when": "When",
    "place": "Where",
    "states": "Which states",
    "host": "Whose guest",
    "participants": "Who took part",
    "occasion": "On what occasion",
    "issues": "About what",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one report says of a field: the sentence in pieces, those that support the field marked."""

    pieces: tuple[tuple[str, bool], ...]
    quote: Quote
    value: str
    against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A field of an event, its value, how it was settled, and the words for and against it."""

    name: str
    label: str
    parts: tuple[Part, ...]
    settled: str
    words: tuple[Words, ...]
    silent: int


def keys(given: World) -> list[str]:
    """The events that have a page."""
    return [event.id for event in given.events]


def sheet(given: World, key: str) -> Sheet:
    """The page of an event's facts.

    Raises:
        StoreError: If there is no such event.
    """
    event = next((event for event in given.events if event.id == key), None)
    if event is None:
        raise StoreError(f"no event {key!r}")
    told = [given.reports[name] for name in event.reports if name in given.reports]
    told.sort(key=lambda report: (-report.confidence, report.id))
    heading = saying.headline(event, given.names)
    rows = facts(event, told, given)
    return Sheet(
        kind="why",
        key=event.id,
        template="why.html",
        title=f"Why: {heading}",
        sentence=f"{heading}, {wording.span(event.facts.when)}. {_basis(event, told)}",
        events=(event,),
        values={
            "facts": rows,
            "readings": _readings(told, given),
            "event": given.ways.to("event", event.id),
            "identifier": event.id,
        },
        facts={
            "facts": {
                row.name: {
                    "value": [part.text for part in row.parts],
                    "settled": row.settled,
                    "words": [
                        {"report": w.quote.report, "against": w.against,
                         "marked": [text for text, marked in w.pieces if marked]}
                        for w in row.words
                    ],
                }
                for row in rows
            },
            "reports": [
                {"report": r.id, "source": r.source, "quote": r.quote, "confidence": r.confidence,
                 "rule": r.rule, "reasons": list(r.reasons)}
                for r in told
            ],
        },
    )  # fmt: skip


def _basis(event: Event, told: Sequence[Report]) -> str:
    sources = len({report.source for report in told})
    rests = f"It rests on {wording.count(len(told), 'report')} in {wording.count(sources, 'source')}"
    return f"{rests}, with a confidence of {event.confidence:.2f}."


def facts(event: Event, told: Sequence[Report], given: World) -> list[Fact]:
    """The fields of an event that say something."""
    shown = {
        "type": (Part(text=_kind(event)),),
        "status": (Part(text=str(event.facts.status)),),
        **cards.parts(event.facts, given.names),
    }
    return [
        Fact(
            name=name,
            label=label,
            parts=shown[name],
            settled=_settled(event, name),
            words=(spoken := _spoken([_words(report, event, name, given) for report in told])),
            silent=len(told) - len(spoken),
        )
        for name, label in LABELS.items()
        if shown[name]
    ]


def _spoken(words: Sequence[Words]) -> tuple[Words, ...]:
    """The words that speak of a field, or differ on it; where none does, the surest report's sentence."""
    telling = tuple(row for row in words if row.against or any(marked for _, marked in row.pieces))
    return telling or tuple(words[:1])


def _kind(event: Event) -> str:
    subtype = (event.facts.subtype or "").replace("-", " ")
    kind = saying.KINDS[event.facts.type]
    return f"{kind} ({subtype})" if subtype else kind


def _settled(event: Event, name: str) -> str:
    """Why this value stands where reports differ."""
    found = next((d for d in event.decisions if d.field == name), None)
    if found is None:
        return "No report says otherwise."
    rule = clean.plain(found.rule.replace("-", " "))
    if not found.contradicting:
        return f"Settled by {rule}."
    others = wording.count(len(found.contradicting), "report says", "reports say")
    return f"Settled by {rule}; {others} otherwise."


def _words(report: Report, event: Event, name: str, given: World) -> Words:
    against = any(d.field == name and report.id in d.contradicting for d in event.decisions)
    own = cards.parts(report.facts, given.names)
    value = {"type": saying.KINDS[report.facts.type], "status": str(report.facts.status)}.get(name)
    return Words(
        pieces=pieces(report, name, given),
        quote=cards.quote(report, given.documents, contradicts=against),
        value=clean.plain(value or ", ".join(part.text for part in own.get(name, ()))),
        against=against,
    )


def _readings(told: Sequence[Report], given: World) -> list[Mapping[str, Any]]:
    """How each report was read: with what confidence, by what, and for which reasons."""
    return [
        {
            "quote": cards.quote(report, given.documents),
            "confidence": f"{report.confidence:.2f}",
            "extractor": clean.plain(report.extractor),
            "reasons": [clean.plain(reason) for reason in report.reasons],
        }
        for report in told
    ]


def pieces(report: Report, name: str, given: World) -> tuple[tuple[str, bool], ...]:
    """The sentence of a report in pieces, each with whether it supports the field."""
    sentence = next(e for e in report.evidence if e.field == "event")
    document = given.documents.get(report.source)
    text = document.text[sentence.start : sentence.end] if document else sentence.quote
    marked = sorted(
        (max(e.start, sentence.start) - sentence.start, min(e.end, sentence.end) - sentence.start)
        for e in citing.spans(report, name)
        if e.start < sentence.end and e.end > sentence.start
    )
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked:
        if start > at:
            found.append((clean.plain(text[at:start]), False))
        if end > max(at, start):
            found.append((clean.plain(text[max(at, start) : end]), True))
        at = max(at, end)
    found.append((clean.plain(text[at:]), False))
    return tuple(piece for piece in found if piece[0])
