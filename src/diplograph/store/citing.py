"""Why the graph says something: the words of the sources behind an event, a report or a triple.

Takes the database and what is asked about; gives citations, the best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from diplograph.errors import QueryError, StoreError
from diplograph.graph.ntriples import node
from diplograph.model import Event, Evidence, Report
from diplograph.store import inference, reading
from diplograph.store.answers import Citation
from diplograph.vocab import DG, ID, PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

# Which field of a report's evidence a property rests on; any other rests on the sentence of the event.
_FIELDS: Final = {
    "status": "status",
    "involves": "states",
    "guest": "guests",
    "host": "host",
    "actor": "states",
    "target": "states",
    "hasParticipant": "participants",
    "participation": "participants",
    "guestParticipation": "participants",
    "place": "place",
    "at": "place",
    "occasion": "occasion",
    "issue": "issues",
    "edtf": "when",
    "earliestStart": "when",
    "latestStart": "when",
    "earliestEnd": "when",
    "latestEnd": "when",
    "subtype": "subtype",
    "eventType": "event",
}


def cite(
    database: Database, subject: str, predicate: str | None = None, value: str | None = None
) -> tuple[Citation, ...]:
    """The citations for an event or report (its id or address), or for a triple about an event.

    Raises:
        StoreError: If there is no such event, report or triple.
        QueryError: If the subject is nothing that sources tell of.
    """
    kind, _, name = _full(subject).removeprefix(ID).partition("/")
    if kind == "participation":
        kind, name = "event", name.partition("-")[0]
    if kind not in ("event", "report"):
        raise QueryError(
            f"{subject!r} is no event or report; facts of the gazetteer name their source in data/"
        )
    if kind == "report":
        report = reading.reports(database, [name])[0]
        return tuple(_citations(database, reading.event_of_report(database, name) or "", [report], None))
    event = reading.event(database, name)
    if predicate is None:
        return tuple(_of_event(database, event, None))
    return _of_triple(database, event, _full(predicate), value)


def _of_triple(database: Database, event: Event, predicate: str, value: str | None) -> tuple[Citation, ...]:
    statement = _find(database, event.id, predicate, value)
    term = predicate.removeprefix(DG)
    rule = inference.derived_by(database, statement)
    cited = list(_of_event(database, event, _FIELDS.get(term, "event"), rule))
    other = statement.split(" ")[2].strip("<>") if rule else ""
    if other.startswith(f"{ID}event/"):
        # What follows from two events rests on the words for both.
        second = reading.event(database, other.rpartition("/")[2])
        cited += _of_event(database, second, "event", rule)
    return tuple(cited)


def _of_event(
    database: Database, event: Event, field: str | None, rule: str | None = None
) -> Iterator[Citation]:
    against = {r for d in event.decisions if field in (None, d.field) for r in d.contradicting}
    denying = {r for d in event.decisions if d.field == "event" for r in d.contradicting}
    reports = reading.reports(database, {*event.reports, *denying})
    ordered = sorted(reports, key=lambda r: (r.id in against | denying, -r.confidence, r.id))
    yield from _citations(database, event.id, ordered, field, against | denying, rule)


def _citations(
    database: Database,
    event: str,
    reports: Iterable[Report],
    field: str | None,
    against: Iterable[str] = (),
    rule: str | None = None,
) -> Iterator[Citation]:
    contrary = set(against)
    for report in reports:
        source = reading.document(database, report.source)
        for evidence in _spans(report, field):
            yield Citation(
                event=event,
                report=report.id,
                source=report.source,
                source_name=source.name,
                published=report.published,
                field=evidence.field,
                quote=evidence.quote,
                start=evidence.start,
                end=evidence.end,
                attribution=report.attribution,
                polarity=report.polarity,
                status=report.facts.status,
                confidence=report.confidence,
                extractor=report.extractor,
                rule=f"inferred by {rule}" if rule else report.rule,
                reasons=report.reasons,
                stance="against" if report.id in contrary else "for",
            )


def _spans(report: Report, field: str | None) -> tuple[Evidence, ...]:
    """The spans for a field; for none in particular or an unsupported one, the sentence of the event."""
    spans = tuple(e for e in report.evidence if e.field == field)
    return spans or tuple(e for e in report.evidence if e.field == "event")


def _find(database: Database, event: str, predicate: str, value: str | None) -> str:
    """The one statement asked about, or the first of several."""
    from pyoxigraph import DefaultGraph, NamedNode

    subject = NamedNode(node("event", event)[1:-1])
    try:
        quads = database.quads_for_pattern(subject, NamedNode(predicate), None, DefaultGraph())
    except ValueError as fault:
        raise QueryError(f"{predicate!r} is no property: {fault}") from fault
    wanted = None if value is None else {value, _full(value)}
    told = [quad for quad in quads if wanted is None or getattr(quad.object, "value", "") in wanted]
    if not told:
        asked = " ".join(filter(None, (predicate.removeprefix(DG), value)))
        raise StoreError(f"the graph does not say {asked!r} of event {event}")
    return min(f"{quad.triple} ." for quad in told)


def _full(name: str) -> str:
    """An address, from itself, a prefixed name (``dg:place``), or the id of an event."""
    name = name.strip("<>")
    if name in ("a", "type"):
        return f"{RDF}type"
    if name == "label":
        return f"{RDFS}label"
    prefix, colon, local = name.partition(":")
    if colon and not local.startswith("//"):
        return PREFIXES.get(prefix, f"{ID}{prefix}/") + local
    if colon:
        return name
    is_hash = len(name) == 32 and all(c in "0123456789abcdef" for c in name)
    return f"{ID}event/{name}" if is_hash else f"{DG}{name}"
