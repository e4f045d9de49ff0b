"""The page of an event: the consensus field by field, and beside each field the reports for and against.

Takes a ``World`` and an id and gives a ``Sheet``; or an event, its reports and documents, and gives one
self-contained HTML file without any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from diplograph.analysis import reciprocity, wording
from diplograph.errors import StoreError
from diplograph.model import Document, Event, EventType, Facts, Report, TimeSpan
from diplograph.views import cards, clean, page, saying, world
from diplograph.views.cards import Part
from diplograph.views.world import Sheet, World

AROUND: Final = 48
"""Characters told before and after the words that support a field."""
MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the event: its value, how it was decided, and the values that other reports give."""

    name: str
    label: str
    value: str
    parts: tuple[Part, ...]
    rule: str
    support: int
    silent: int
    others: tuple[tuple[str, str, str], ...]
    words: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another event that this one has to do with, and how."""

    how: str
    words: str
    key: str


def _values(facts: Facts, names: Mapping[str, str]) -> dict[str, str]:
    place = facts.place.name if facts.place else ""
    return {
        "type": saying.KINDS[facts.type],
        "subtype": (facts.subtype or "").replace("-", " "),
        "status": str(facts.status),
        "when": wording.span(facts.when) if facts.when.start else "",
        "states": wording.listing(names.get(code, code) for code in facts.states),
        "host": names.get(facts.host, facts.host) if facts.host else "",
        "participants": "; ".join(person.name for person in facts.participants),
        "place": place,
        "occasion": facts.occasion.name if facts.occasion else "",
        "issues": "; ".join(topic.name for topic in facts.issues),
    }


def fields(event: Event, reports: Iterable[Report], names: Mapping[str, str]) -> list[Field]:
    """The fields of an event that have a value in the consensus or in any report."""
    told = sorted(reports, key=lambda report: (report.published or date.min, report.id))
    each = [(report, _values(report.facts, names)) for report in told]
    decided = {decision.field: decision for decision in event.decisions}
    linked = cards.parts(event.facts, names)
    rows = []
    for name, value in _values(event.facts, names).items():
        against = decided[name].contradicting if name in decided else ()
        others = tuple(
            (clean.plain(given[name]), _by(report), "against" if report.id in against else "other")
            for report, given in each
            if given[name] and given[name] != value
        )
        if value or others:
            rows.append(
                Field(
                    name=name,
                    label=name.capitalize(),
                    value=clean.plain(value),
                    parts=linked.get(name) or ((Part(text=value),) if value else ()),
                    rule=decided[name].rule.replace("-", " ") if name in decided else "",
                    support=sum(given[name] == value for _, given in each),
                    silent=sum(not given[name] for _, given in each),
                    others=others,
                    words=_words(name, told),
                )
            )
    return rows


def _words(name: str, told: Sequence[Report]) -> tuple[tuple[str, str, str], ...]:
    """The words that support a field, each with a little of what stands before and after."""
    found = []
    for report in told:
        sentence = next(e for e in report.evidence if e.field == "event")
        for span in report.evidence:
            if span.field == name and sentence.start <= span.start < span.end <= sentence.end:
                start, end = span.start - sentence.start, span.end - sentence.start
                before, after = sentence.quote[:start], sentence.quote[end:]
                found.append(
                    (_tail(before), clean.plain(sentence.quote[start:end]), clean.short(after, AROUND))
                )
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def _tail(text: str) -> str:
    """The end of a text, cut at a word."""
    line = clean.plain(text)
    return line if len(line) <= AROUND else f"…{line[-AROUND:].partition(' ')[2]}"


def _by(report: Report) -> str:
    who = clean.plain(report.attribution) or "the source itself"
    day = report.published
    return f"{who}, {day.day} {wording.MONTHS[day.month - 1]} {day.year}" if day else who


def render(
    event: Event,
    reports: Iterable[Report],
    *,
    names: Mapping[str, str],
    documents: Iterable[Document] = (),
) -> str:
    """The page of an event as HTML.

    Args:
        event: The event.
        reports: Reports, of which those of the event are taken.
        names: State code → name.
        documents: The documents of the reports.
    """
    given = World(
        events=(event,),
        reports={report.id: report for report in reports},
        documents={document.id: document for document in documents},
        names=names,
    )
    return world.written(sheet(given, event.id), given)


def sheet(given: World, key: str) -> Sheet:
    """The page of an event.

    Raises:
        StoreError: If there is none.
    """
    event = next((event for event in given.events if event.id == key), None)
    if event is None:
        raise StoreError(f"no event {key!r}")
    own = [given.reports[name] for name in event.reports if name in given.reports]
    shown = cards.card(event, given.reports, given.documents, given.names)
    sources_told = wording.count(len({report.source for report in own}), "source")
    verb = "differ" if shown.contradicted else "agree"
    sentence = f"{shown.heading}, {shown.when}: {sources_told}"
    sentence += f", which {verb}." if len(own) > 1 else "."
    around = near(event, given)
    return Sheet(
        kind="event",
        key=event.id,
        template="event.html",
        title=shown.heading,
        sentence=sentence,
        events=(event,),
        styles=(page.asset("event.css"),),
        values={
            "kind": f"{shown.kind_label} · {shown.status}",
            "mark": f"{shown.kind} {shown.status}",
            "card": shown,
            "moves": _moves(event, given),
            "fields": fields(event, own, given.names),
            "near": around,
            "why": given.ways.to("why", event.id),
            "confidence": f"{event.confidence:.2f}",
            "identifier": clean.plain(event.id),
        },
        facts={
            "confidence": round(event.confidence, 3),
            "history": [
                {"status": str(s.status), "published": s.published, "report": s.report} for s in event.history
            ],
            "decisions": [
                {
                    "field": d.field,
                    "rule": d.rule,
                    "for": list(d.supporting),
                    "against": list(d.contradicting),
                }
                for d in event.decisions
            ],
            "near": [{"how": one.how, "event": one.key} for one in around],
        },
    )


def _moves(event: Event, given: World) -> list[Mapping[str, Any]]:
    """How the status moved: what each publication said, one step for each change."""
    steps: list[Mapping[str, Any]] = []
    for step in event.history:
        if steps and steps[-1]["status"] == str(step.status):
            continue
        report = given.reports.get(step.report)
        steps.append({
            "status": str(step.status),
            "day": wording.span(TimeSpan(start=step.published.isoformat())) if step.published else "undated",
            "source": report.source if report else None,
            "report": step.report,
        })  # fmt: skip
    return steps if len(steps) > 1 else []


def near(event: Event, given: World) -> list[Near]:
    """What the event returned, what returned it, what it is part of and what is part of it."""
    known = {one.id: one for one in given.events}
    found: list[tuple[str, Event]] = []
    if event.part_of in known:
        found.append(("Part of", known[event.part_of or ""]))
    found += [("Holds", one) for one in given.events if one.part_of == event.id]
    found += _returns(event, given, known)
    return [
        Near(
            how=how, words=f"{saying.headline(one, given.names)}, {wording.span(one.facts.when)}", key=one.id
        )
        for how, one in found
    ]


def _returns(event: Event, given: World, known: Mapping[str, Event]) -> list[tuple[str, Event]]:
    facts = event.facts
    if facts.type is not EventType.VISIT or not facts.host:
        return []
    found: list[tuple[str, Event]] = []
    for guest in facts.guests:
        rows = reciprocity.returns(_pair(given.events, guest, facts.host), as_of=given.as_of)
        found += [
            (f"Returned after {row.days} by", known[row.by.event])
            for row in rows
            if row.by and row.visit.event == event.id
        ]
        # Of several visits that waited for this one, the latest is the one that it returned.
        met = [row for row in rows if row.by and row.by.event == event.id][-1:]
        found += [(f"Returned, after {row.days},", known[row.visit.event]) for row in met]
    return found


def _pair(events: Sequence[Event], a: str, b: str) -> list[Event]:
    return [event for event in events if {a, b} <= set(event.facts.states)]
