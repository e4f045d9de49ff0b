"""The twins of a page: what it says as JSON, and the triples it rests on as Turtle.

Takes a ``Sheet`` and its ``World``; gives text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from diplograph import record
from diplograph.graph import background, rdf
from diplograph.graph.facts import issue_node, occasion_node
from diplograph.graph.ntriples import LABEL, TYPE, dg, node
from diplograph.model import Event, Report
from diplograph.views import cards, clean, ways, world
from diplograph.views.world import Sheet, World
from diplograph.vocab import DG, ID, OA, PROV, RDF, RDFS, XSD

MOST: Final = 2000
"""Events that a twin holds; it says how many it left out."""
BRIEF: Final = frozenset({"start", "state", "leader", "issue", "gathering", "graph", "map"})
"""Pages that list events which have a twin of their own: theirs names them, and does not repeat them."""
WHOLE: Final = frozenset({"event", "why"})
"""Pages whose triples are all of their event's."""
SHORT: Final = ("event", "when", "what", "type", "status", "states")

_KINDS: Final = (
    "change decision event evidence gathering issue occasion office org participation person place report "
    "selector series source state tenure topic"
).split()
_PREFIXES: Final = {
    "dg": DG, "oa": OA, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "xsd": XSD,
    **{scheme: f"{DG}{scheme}/" for scheme in ("event-type", "polarity", "role", "status")},
    **{kind: f"{ID}{kind}/" for kind in _KINDS},
}  # fmt: skip


def as_json(sheet: Sheet, given: World) -> str:
    """What a page says, as JSON: its sentence, its events with their quotes, and what is its own."""
    shown = sheet.events[-MOST:]
    table = record.of_events(shown, given.reports, given.documents, given.names)
    told: dict[str, Any] = {
        "kind": sheet.kind,
        "key": sheet.key,
        "address": ways.address(sheet.kind, sheet.key),
        "title": clean.plain(sheet.title),
        "sentence": clean.plain(sheet.sentence),
        "as_of": given.as_of.isoformat() if given.as_of else None,
        "cite": world.cite(sheet.title, sheet.events, given),
        **sheet.facts,
        "events": [_event(row, brief=sheet.kind in BRIEF) for row in table],
        "left_out": len(sheet.events) - len(shown) + given.left_out,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str)
    # A half of a pair of surrogates is no character, and no file can hold it.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\n"


def _event(row: Mapping[str, Any], *, brief: bool) -> dict[str, Any]:
    kept = {name: row[name] for name in SHORT} if brief else dict(row)
    return {**kept, "address": ways.address("event", str(row["event"]))}


def as_turtle(sheet: Sheet, given: World) -> str:
    """The triples that a page rests on: its events and what they name, or for a source its evidence."""
    if sheet.kind == "ontology":
        return _ontology()
    known = background.load()
    lines: set[str] = set()
    if sheet.kind == "source":
        own = [report for report in given.reports.values() if report.source == sheet.key]
        return serialised(rdf.source_triples(given.documents[sheet.key], own), _short(own))
    subjects = _subjects(sheet)
    for event in sheet.events[-MOST:]:
        # A page about a thing says which events it has; how each was settled is said by the event's twin.
        lines.update(_of_event(event, known) if sheet.kind in WHOLE else _in_short(event, known))
    for address in subjects:
        lines.update(line for line in known.lines(address) if line.startswith(f"{address} "))
    return serialised(lines)


def _subjects(sheet: Sheet) -> set[str]:
    """The nodes that a page is about, which its twin describes in full."""
    key, every = sheet.key, [event.facts for event in sheet.events]
    found = {
        "state": {node("state", key)},
        "leader": {node("person", key)},
        "issue": {issue_node(t) for facts in every for t in facts.issues if cards.issue_key(t) == key},
        "gathering": {occasion_node(facts.occasion) for facts in every if facts.occasion},
    }
    return found.get(sheet.kind, set())


def _in_short(event: Event, known: background.Background) -> Iterable[str]:
    subject = node("event", event.id)
    kept = tuple(f"{subject} {term} " for term in (TYPE, LABEL, *map(dg, ("edtf", "status", "involves"))))
    return (line for line in rdf.event_triples(event, known) if line.startswith(kept))


def _of_event(event: Event, known: background.Background) -> Iterable[str]:
    yield from rdf.event_triples(event, known)
    for address in rdf.things(event):
        # Class and name are enough here; the twin of its own page describes a thing in full.
        kept = (f"{address} {TYPE} ", f"{address} {LABEL} ")
        yield from (line for line in known.lines(address) if line.startswith(kept))


def _short(reports: Iterable[Report]) -> dict[str, str]:
    """A prefix for the spans of each report: their names are long, and there are many."""
    ids = sorted(report.id for report in reports)
    return {
        f"{kind[0]}{n}": f"{ID}{kind}/{i}-" for n, i in enumerate(ids) for kind in ("evidence", "selector")
    }


def serialised(lines: Iterable[str], more: Mapping[str, str] | None = None) -> str:
    """Statements of N-Triples as Turtle; the same statements give the same bytes."""
    from pyoxigraph import RdfFormat, parse, serialize

    text = "\n".join(sorted(lines))
    triples = (quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES))
    given = {**_PREFIXES, **more} if more else _PREFIXES
    prefixes = {prefix: base for prefix, base in given.items() if f"<{base}" in text}
    if more:
        # Two prefixes for one name would leave the choice between them open.
        prefixes = {p: b for p, b in prefixes.items() if p not in ("evidence", "selector")}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _ontology() -> str:
    """The modules of the ontology, one after the other."""
    from diplograph import resources

    modules = ("core", "events", "issues", "time", "provenance")
    return "\n".join(resources.path(f"ontology/{name}.ttl").read_text(encoding="utf-8") for name in modules)
