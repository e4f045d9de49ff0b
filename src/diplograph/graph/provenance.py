"""A source, its reports and their evidence as statements of one named graph.

Takes a document and its reports; gives N-Triples lines, to be put into the graph of the source.
"""

from __future__ import annotations

from collections.abc import Iterable

from diplograph.graph.facts import fact_lines, issue_node, occasion_node, place_node
from diplograph.graph.ntriples import LABEL, TYPE, decimal, dg, external, label, line, node, text, typed
from diplograph.graph.records import document_record, report_record
from diplograph.model import Document, Facts, Report
from diplograph.vocab import OA, PROV


def source_lines(document: Document) -> list[str]:
    """The statements about a document."""
    source = node("source", document.id)
    told = [
        (TYPE, dg("Source")),
        (LABEL, label(document.title or document.name)),
        (dg("name"), text(document.name)),
        (dg("digest"), text(document.id)),
        (dg("text"), text(document.text)),
        (dg("record"), text(document_record(document))),
    ]
    if document.published:
        told.append((dg("published"), typed(document.published.isoformat(), "date")))
    if document.publisher:
        told.append((dg("publisher"), label(document.publisher)))
    if document.url:
        told.append((dg("url"), text(document.url)))
    return [line(source, predicate, value) for predicate, value in told]


def report_lines(report: Report, document_text: str) -> list[str]:
    """The statements about a report and its evidence."""
    subject, source = node("report", report.id), node("source", report.source)
    told = [
        (TYPE, dg("Report")),
        (dg("reportedIn"), source),
        (external(PROV, "wasDerivedFrom"), source),
        (dg("polarity"), dg(f"polarity/{report.polarity}")),
        (dg("confidence"), decimal(report.confidence)),
        (dg("extractor"), text(report.extractor)),
        (dg("rule"), text(report.rule)),
        (dg("record"), text(report_record(report, document_text))),
        *((dg("reason"), text(reason)) for reason in report.reasons),
    ]
    if report.attribution:
        told.append((dg("attribution"), label(report.attribution)))
    lines = [line(subject, predicate, value) for predicate, value in told]
    lines += fact_lines(subject, report.id, report.facts)
    lines += _names(report.facts)
    return lines + _evidence_lines(subject, report)


def _names(facts: Facts) -> list[str]:
    """What the source calls the place, the occasion and the issues."""
    lines = [line(issue_node(topic), LABEL, label(topic.name)) for topic in facts.issues]
    if facts.occasion:
        lines.append(line(occasion_node(facts.occasion), LABEL, label(facts.occasion.name)))
    if facts.place:
        lines.append(line(place_node(facts.place), LABEL, label(facts.place.name)))
        lines.append(line(place_node(facts.place), TYPE, dg("Place")))
        if facts.place.state:
            lines.append(line(place_node(facts.place), dg("inState"), node("state", facts.place.state)))
    return lines


def _evidence_lines(subject: str, report: Report) -> list[str]:
    """One node for each span, however many fields it supports."""
    spans: dict[tuple[int, int, str], list[str]] = {}
    for evidence in report.evidence:
        spans.setdefault((evidence.start, evidence.end, evidence.quote), []).append(evidence.field)
    lines: list[str] = []
    for number, ((start, end, quote), fields) in enumerate(sorted(spans.items()), 1):
        name = f"{report.id}-{number}"
        span = node("evidence", name)
        lines += [
            line(subject, dg("evidence"), span),
            line(span, TYPE, dg("Evidence")),
            *(line(span, dg("supports"), text(field)) for field in sorted(set(fields))),
            *_selectors(span, name, start, end, quote),
        ]
    return lines


def _selectors(span: str, name: str, start: int, end: int, quote: str) -> Iterable[str]:
    position, words = node("selector", f"{name}-position"), node("selector", f"{name}-quote")
    yield line(span, external(OA, "hasSelector"), position)
    yield line(span, external(OA, "hasSelector"), words)
    yield line(position, TYPE, external(OA, "TextPositionSelector"))
    yield line(position, external(OA, "start"), typed(str(start), "integer"))
    yield line(position, external(OA, "end"), typed(str(end), "integer"))
    yield line(words, TYPE, external(OA, "TextQuoteSelector"))
    yield line(words, external(OA, "exact"), text(quote))
