"""The record: events and measures as flat rows, each with the sentence that tells it.

Takes events with their reports and documents; gives a ``Table`` that a terminal, a notebook, pandas or polars
can show. A row holds plain values only and names its event, so that ``why`` can be asked of it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from diplograph.analysis import wording
from diplograph.model import Document, Event, Report
from diplograph.views import saying

if TYPE_CHECKING:
    import pandas as pd

    from diplograph.analysis.shuttle import Exchange, Shuttle

Row = Mapping[str, Any]

# A notebook keeps what it shows, so what it shows is bounded.
SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of plain values under headings.

    Attributes:
        headings: The columns, in order.
        rows: One mapping from heading to value for each row.
        caption: What the rows are, in a sentence.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        from diplograph.errors import MissingExtraError

        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("a data frame", "data") from error
        return pd.DataFrame([dict(row) for row in self.rows], columns=list(self.headings))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(heading.replace('_', ' '))}</th>" for heading in self.headings)
        body = "".join(
            f"<tr>{''.join(f'<td>{_shown(row.get(heading))}</td>' for heading in self.headings)}</tr>"
            for row in self.rows[:SHOWN]
        )
        left = len(self.rows) - SHOWN
        more = f"<p>… and {left} more rows</p>" if left > 0 else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return html.escape("" if value is None else str(value))


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
    ordered = sorted(
        events, key=lambda event: (event.facts.when.start is None, event.facts.when.edtf, event.id)
    )
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
