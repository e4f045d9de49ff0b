"""The record: events and measures as flat rows, each with the sentence that tells it.

Takes events with their reports and documents; gives a ``Table``. A row holds plain values only and names its
event, so that ``why`` can be asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplograph.analysis import wording
from diplograph.display import Row, Table
from diplograph.errors import QueryError, likely
from diplograph.model import Document, Event, Report
from diplograph.views import saying
from diplograph.vocab import PREFIXES

if TYPE_CHECKING:
    from diplograph.analysis.balance import Balance
    from diplograph.analysis.journeys import Journey
    from diplograph.analysis.reciprocity import Return
    from diplograph.analysis.shuttle import Exchange, Shuttle
    from diplograph.analysis.tempo import Tempo
    from diplograph.store import Answer, Store


def evidence(store: Store) -> tuple[dict[str, Report], dict[str, Document]]:
    """All reports and documents of a store, by id."""
    reports = {report.id: report for report in store.reports()}
    return reports, {source: store.document(source) for source in store.sources()}


def newest(store: Store) -> date | None:
    """The publication date of the newest document; None if none is dated."""
    return store.newest()


def event_id(store: Store, start: str) -> str:
    """The id that begins so; as given if it is whole, an address, or no beginning of an id.

    Raises:
        QueryError: If none or several begin so.
    """
    if not re.fullmatch(r"[0-9a-f]{4,31}", start):
        return start
    found = [event.id for event in store.events() if event.id.startswith(start)]
    if len(found) != 1:
        told = f"several: {', '.join(found)}" if found else "none; `diplograph timeline` lists them"
        raise QueryError(f"which event begins with {start!r}? {told}")
    return found[0]


def state_code(word: str) -> str:
    """The code of a state, from its code or any of its names.

    Raises:
        QueryError: If no state is called so.
    """
    from diplograph.knowledge import gazetteer

    known = gazetteer.load()
    if word.upper() in known.states and len(word) == 3:
        return word.upper()
    found = known.state_named(word)
    if not found:
        names = [name for state in known.states.values() for name in (state.name, *state.weak_aliases)]
        meant = likely(word, names, listed=False) or "; try `diplograph lookup`, or a code such as KOR"
        raise QueryError(f"no state is called {word!r}{meant}")
    return found[0].id


# The longest first: what is in id:state/ is a state, not something in id:.
_BY_LENGTH: Final = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def of_answer(answer: Answer) -> Table:
    """The answer of a query as a table; addresses of the house are shortened to their prefixes."""
    rows = tuple({name: _short(value) for name, value in row.items()} for row in answer)
    return Table(headings=answer.variables, rows=rows, caption=wording.count(len(rows), "row"))


def _short(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    for prefix, address in _BY_LENGTH:
        if value.startswith(address):
            return f"{prefix}:{value.removeprefix(address)}"
    return value


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
    return Table(headings=EVENT, rows=rows, caption=wording.count(len(rows), "event"), brief=BRIEF)


def _time(event: Event) -> tuple[bool, str, str]:
    return event.facts.when.start is None, event.facts.when.edtf, event.id


EVENT: Final = (
    "event", "when", "what", "type", "subtype", "status", "states", "guests", "host", "place", "people",
    "occasion", "issues", "confidence", "reports", "quote", "source", "published",
)  # fmt: skip
BRIEF: Final = ("event", "when", "what", "status", "reports", "source")


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


BALANCE: Final = ("a", "b", "a_to_b", "b_to_a", "difference", "events")


def of_balances(balances: Iterable[Balance], names: Mapping[str, str]) -> Table:
    """One row for each dyad: visits both ways."""
    rows = tuple(
        {
            "a": names.get(one.a, one.a),
            "b": names.get(one.b, one.b),
            "a_to_b": len(one.out),
            "b_to_a": len(one.back),
            "difference": one.difference,
            "events": [*one.out, *one.back],
        }
        for one in balances
    )
    return Table(headings=BALANCE, rows=rows, caption=wording.count(len(rows), "pair"))


RETURN: Final = ("guest", "host", "when", "place", "answer", "days", "returned", "event", "return_event")


def of_returns(returns: Iterable[Return], names: Mapping[str, str]) -> Table:
    """One row for each visit, with the visit that answered it."""
    rows = tuple(
        {
            "guest": names.get(one.visit.guest, one.visit.guest),
            "host": names.get(one.visit.host, one.visit.host),
            "when": one.visit.when.edtf or None,
            "place": one.visit.place,
            "answer": one.answer.value,
            "days": str(one.days) if one.days else None,
            "returned": one.by.when.edtf if one.by else None,
            "event": one.visit.event,
            "return_event": one.by.event if one.by else None,
        }
        for one in returns
    )
    return Table(headings=RETURN, rows=rows, caption=wording.count(len(rows), "visit"))


GAP: Final = ("from", "to", "days", "broken", "events")


def of_gaps(tempo: Tempo) -> Table:
    """One row for each gap between visits of a dyad."""
    rows = tuple(
        {
            "from": gap.before.when.edtf,
            "to": gap.after.when.edtf if gap.after else None,
            "days": str(gap.days),
            "broken": gap.broken,
            "events": list(gap.events),
        }
        for gap in tempo.gaps
    )
    usual = f"; usually {tempo.usual:.0f} days" if tempo.usual is not None else ""
    return Table(headings=GAP, rows=rows, caption=f"{wording.count(len(rows), 'gap')}{usual}")


EDGE: Final = ("guest", "host", "visits", "first", "last", "events")


def of_edges(found: Iterable[Journey], names: Mapping[str, str]) -> Table:
    """One row for each direction between two states: how many journeys, from when to when."""
    edges: dict[tuple[str, str], list[Journey]] = {}
    for journey in found:
        edges.setdefault((journey.guest, journey.host), []).append(journey)
    rows = tuple(
        {
            "guest": names.get(guest, guest),
            "host": names.get(host, host),
            "visits": len(journeys),
            "first": journeys[0].when.edtf or None,
            "last": journeys[-1].when.edtf or None,
            "events": [journey.event for journey in journeys],
        }
        for (guest, host), journeys in sorted(edges.items(), key=lambda edge: (-len(edge[1]), edge[0]))
    )
    return Table(headings=EDGE, rows=rows, caption=wording.count(len(rows), "directed edge"))
