"""The record: events and measures as flat rows, each with the sentence that tells it.

Takes events with their reports and documents; gives a ``Table``. A row holds plain values only and names its
event, so that ``why`` can be asked of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from diplograph.analysis import wording
from diplograph.display import Row, Table
from diplograph.model import Document, Event, Report
from diplograph.views import saying

if TYPE_CHECKING:
    from diplograph.analysis.shuttle import Exchange, Shuttle


def of_events(
    events: Iterable[Event],
    reports: Mapping[str, Report],
    documents: Mapping[str, Document],
    names: Mapping[str, str],
) -> Table:
    """One row for each event, in order of time; undated events come last.

    Args:
        events: The events.
        reports: Their reports, by id.
        documents: The documents of these, by id.
        names: State code → name.
    """
    ordered = sorted(events, key=_time)
    rows = tuple(_event(event, reports, documents, names) for event in ordered)
    return Table(headings=EVENT, rows=rows, caption=wording.count(len(rows), "event"))


def _time(event: Event) -> tuple[bool, str, str]:
    return event.facts.when.start is None, event.facts.when.edtf, event.id


EVENT: Final = (
    "event", "when", "what", "type", "subtype", "status", "states", "guests", "host", "place", "people",
    "occasion", "issues", "confidence", "reports", "quote", "source", "published",
)  # fmt: skip


def _event(
    event: Event, reports: Mapping[str, Report], documents: Mapping[str, Document], names: Mapping[str, str]
) -> Row:
    facts = event.facts
    told = best(event, reports)
    return {
        "event": event.id,
        "when": facts.when.edtf or None,
        "what": saying.headline(event, names),
        "type": facts.type.value,
        "subtype": facts.subtype,
        "status": facts.status.value,
        "states": list(facts.states),
        "guests": list(facts.guests),
        "host": facts.host,
        "place": facts.place.name if facts.place else None,
        "people": [person.name for person in facts.participants],
        "occasion": facts.occasion.name if facts.occasion else None,
        "issues": [issue.name for issue in facts.issues],
        "confidence": round(event.confidence, 3),
        "reports": len(event.reports),
        "quote": told.quote if told else None,
        "source": documents[told.source].name if told and told.source in documents else None,
        "published": told.published.isoformat() if told and told.published else None,
    }


def best(event: Event, reports: Mapping[str, Report]) -> Report | None:
    """The report to quote: of those that agree on type and status the surest, then the earliest.

    Agreement comes first because an announcement does not prove that a visit was held.
    """
    known = [reports[name] for name in event.reports if name in reports]
    agreeing = [
        report
        for report in known
        if (report.facts.type, report.facts.status) == (event.facts.type, event.facts.status)
    ]
    return min(agreeing or known, key=_rank, default=None)


def _rank(report: Report) -> tuple[float, str, str]:
    return -report.confidence, report.published.isoformat() if report.published else "9999", report.id


LEG: Final = ("shuttle", "leg", "guest", "host", "when", "place", "people", "days", "event")


def of_legs(shuttles: Sequence[Shuttle], names: Mapping[str, str]) -> Table:
    """The legs of shuttles, with the turn-around since the leg before.

    Args:
        shuttles: From ``analysis.shuttle``.
        names: State code → name.
    """
    rows = []
    for number, shuttle in enumerate(shuttles, start=1):
        for place, leg in enumerate(shuttle.legs, start=1):
            rows.append({
                "shuttle": number,
                "leg": place,
                "guest": names.get(leg.guest, leg.guest),
                "host": names.get(leg.host, leg.host),
                "when": leg.when.edtf or None,
                "place": leg.place,
                "people": list(leg.travellers),
                "days": str(shuttle.turn_arounds[place - 2]) if place > 1 else None,
                "event": leg.event,
            })  # fmt: skip
    caption = f"{wording.count(len(shuttles), 'shuttle')}, {wording.count(len(rows), 'leg')}"
    return Table(headings=LEG, rows=tuple(rows), caption=caption)


BESIDE: Final = ("kind", "guest", "host", "when", "place", "people", "status", "event")


def beside(exchange: Exchange, names: Mapping[str, str]) -> Table:
    """What stands beside the legs of an exchange: single, coming, cancelled, lower and undated visits."""
    groups = ("single", "ahead", "cancelled", "gatherings", "lower", "undated")
    rows = tuple(
        {
            "kind": group,
            "guest": names.get(visit.guest, visit.guest),
            "host": names.get(visit.host, visit.host),
            "when": visit.when.edtf or None,
            "place": visit.place,
            "people": list(visit.travellers),
            "status": visit.status.value,
            "event": visit.event,
        }
        for group in groups
        for visit in getattr(exchange, group)
    )
    return Table(headings=BESIDE, rows=rows, caption=f"{wording.count(len(rows), 'visit')} beside the legs")
