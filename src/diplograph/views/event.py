"""The page of an event: the consensus field by field, and beside each field the reports for and against.

Takes an event, its reports and documents; gives one self-contained HTML file without any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from diplograph.analysis import wording
from diplograph.model import Document, Event, Facts, Report
from diplograph.views import cards, clean, page, saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the event: its value, how it was decided, and the values that other reports give."""

    label: str
    value: str
    rule: str
    support: int
    others: tuple[tuple[str, str], ...]


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
    rules = {decision.field: decision.rule for decision in event.decisions}
    rows = []
    for name, value in _values(event.facts, names).items():
        others = tuple(
            (clean.plain(given[name]), _by(report))
            for report, given in each
            if given[name] and given[name] != value
        )
        support = sum(given[name] == value for _, given in each)
        if value or others:
            rows.append(
                Field(
                    label=name.capitalize(),
                    value=clean.plain(value),
                    rule=rules.get(name, ""),
                    support=support,
                    others=others,
                )
            )
    return rows


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
    own = [report for report in reports if report.id in event.reports]
    sources = {document.id: document for document in documents}
    shown = cards.card(event, {report.id: report for report in own}, sources, names)
    sources_told = wording.count(len({report.source for report in own}), "source")
    verb = "differ" if shown.contradicted else "agree"
    sentence = f"{shown.heading}, {shown.when}: {sources_told}"
    sentence += f", which {verb}." if len(own) > 1 else "."
    return page.render(
        "event.html",
        title=shown.heading,
        styles=(page.asset("event.css"),),
        heading=f"{shown.kind_label} · {shown.status}",
        sentence=sentence,
        card=shown,
        fields=fields(event, own, names),
        identifier=clean.plain(event.id),
    )
