"""Why the graph says something: the words of the sources behind an event, a report or a triple.

Takes the store and what is asked about; gives citations, the best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from diplograph.errors import QueryError, StoreError
from diplograph.graph.ntriples import node, text
from diplograph.model import Event, Evidence, Report
from diplograph.store import inference, reading
from diplograph.store.answers import Citation
from diplograph.store.engine import DEFAULT, address
from diplograph.store.persons import stored_rulings
from diplograph.store.revision import Workplace
from diplograph.vocab import DG, ID, PREFIXES, RDF, RDFS

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
    "eventType": "type",
}
# What names a field by naming something else: a president his state, a town its country. The first that a
# report has words for counts.
SPANS: Final = {
    "states": (("states", "participants", "place"),),
    "guests": (("guests",), ("participants",), ("states",)),
    "host": (("host",), ("place",), ("states",)),
    "type": (("type",), ("cue",)),
}
"""For a field, the fields whose words tell it, group by group."""


def spans(report: Report, field: str) -> tuple[Evidence, ...]:
    """The words of a report that tell a field; none if it has no words of its own for it."""
    for group in SPANS.get(field, ((field,),)):
        if found := tuple(e for e in report.evidence if e.field in group):
            return found
    return ()


def cite(
    place: Workplace, subject: str, predicate: str | None = None, value: str | None = None
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
        report = reading.reports(place.engine, [name])[0]
        return tuple(_citations(place, reading.event_of_report(place.engine, name) or "", [report], None))
    event = reading.event(place.engine, name)
    if predicate is None:
        return tuple(_of_event(place, event, None))
    return _of_triple(place, event, _full(predicate), value)


def _of_triple(place: Workplace, event: Event, predicate: str, value: str | None) -> tuple[Citation, ...]:
    statement = _find(place, event.id, predicate, value)
    term = predicate.removeprefix(DG)
    rule = inference.derived_by(place.shelf, place.engine, place.background, event, statement)
    cited = list(_of_event(place, event, _FIELDS.get(term, "event"), rule))
    other = statement.split(" ")[2].strip("<>") if rule else ""
    if other.startswith(f"{ID}event/"):
        # What follows from two events rests on the words for both.
        second = reading.event(place.engine, other.rpartition("/")[2])
        cited += _of_event(place, second, "event", rule)
    return tuple(cited)


def _of_event(
    place: Workplace, event: Event, field: str | None, rule: str | None = None
) -> Iterator[Citation]:
    # Of the event as a whole only a denial is against it; a report that errs on one field still tells it.
    against = {r for d in event.decisions if field == d.field for r in d.contradicting}
    denying = {r for d in event.decisions if d.field == "event" for r in d.contradicting}
    reports = reading.reports(place.engine, {*event.reports, *denying})
    ordered = sorted(reports, key=lambda r: (r.id in against | denying, -r.confidence, r.id))
    yield from _citations(place, event.id, ordered, field, against | denying, rule)
    if field in (None, "identity"):
        yield from _decided(place, event)


def _decided(place: Workplace, event: Event) -> Iterator[Citation]:
    """The words of persons who decided which reports are of an event."""
    for source, ruling in stored_rulings(place.engine).items():
        if ruling.reports.isdisjoint(event.reports):
            continue
        document = reading.document(place.engine, source)
        yield Citation(
            event=event.id,
            report=min(ruling.reports.intersection(event.reports)),
            source=source,
            source_name=document.name,
            published=document.published,
            field="identity",
            quote=document.text,
            start=0,
            end=len(document.text),
            attribution=ruling.author,
            polarity="affirmed",
            status=event.facts.status,
            confidence=1.0,
            extractor="person",
            rule="person",
            reasons=(ruling.reason,) if ruling.reason else (),
        )


def _citations(
    place: Workplace,
    event: str,
    reports: Iterable[Report],
    field: str | None,
    against: Iterable[str] = (),
    rule: str | None = None,
) -> Iterator[Citation]:
    contrary = set(against)
    for report in reports:
        source = reading.document(place.engine, report.source)
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
    told = spans(report, field) if field else ()
    return told or tuple(e for e in report.evidence if e.field == "event")


def _find(place: Workplace, event: str, predicate: str, value: str | None) -> str:
    """The one statement asked about, or the first of several."""
    begin = f"{node('event', event)} <{predicate}> "
    lines = place.engine.about([address("event", event)], DEFAULT)
    told = [line for line in lines if line.startswith(begin)]
    if value is not None:
        wanted = (f"{begin}<{_full(value)}> .", f"{begin}{text(value)} .", f"{begin}{text(value)}^^")
        told = [line for line in told if line.startswith(wanted)]
    if not told:
        asked = " ".join(filter(None, (predicate.removeprefix(DG), value)))
        raise StoreError(f"the graph does not say {asked!r} of event {event}")
    return min(told)


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
