"""The interchange format: one JSON object per document, stable across versions.

Takes a document's name and its reports; gives plain dictionaries ready for ``json.dumps``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diplograph.model.document import Document
from diplograph.model.report import Polarity, Report


def to_line(document: Document, reports: Iterable[Report]) -> dict[str, Any]:
    """A document and its affirmed events as one line of the interchange format."""
    affirmed = [r for r in reports if r.polarity is Polarity.AFFIRMED]
    return {
        "source": document.name,
        "published": document.published.isoformat() if document.published else None,
        "events": [_event(report) for report in affirmed],
    }


def _event(report: Report) -> dict[str, Any]:
    facts = report.facts
    return {
        "type": facts.type.value,
        "subtype": facts.subtype,
        "status": facts.status.value,
        "participants": [{"name": p.name, "state": p.state, "office": p.office} for p in facts.participants],
        "states": list(facts.states),
        "host": facts.host,
        "guests": list(facts.guests),
        "place": facts.place.name if facts.place else None,
        "start": facts.when.start,
        "end": facts.when.end,
        "occasion": facts.occasion.name if facts.occasion else None,
        "issues": [topic.name for topic in facts.issues],
        "attribution": report.attribution,
        "confidence": report.confidence,
        "evidence": [
            {"start": e.start, "end": e.end, "quote": e.quote} for e in report.evidence if e.field == "event"
        ],
    }
