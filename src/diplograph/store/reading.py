"""Reads documents, reports and events back out of the graph.

Takes the engine; gives the nouns of the model, in a settled order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from diplograph.errors import StoreError
from diplograph.graph.ntriples import text
from diplograph.graph.records import document_from, event_from, report_from
from diplograph.model import Document, Event, Report
from diplograph.store.engine import DEFAULT, INDEX, RECORDS, Engine, address, first, local
from diplograph.vocab import ID

_SOURCE: Final = f"{ID}source/"
_REPORT: Final = f"{ID}report/"


def source_ids(engine: Engine) -> list[str]:
    """The ids of all sources, sorted."""
    return sorted(name.removeprefix(_SOURCE) for name in engine.graphs() if name.startswith(_SOURCE))


def sources_named(engine: Engine, name: str, url: str | None) -> list[str]:
    """The ids of the sources of a name or an address, sorted."""
    found = {s for told in engine.subjects("name", [text(name)], None).values() for s in told}
    if url:
        found |= {s for told in engine.subjects("url", [text(url)], None).values() for s in told}
    return sorted(local(source) for source in found if source.startswith(_SOURCE))


def document(engine: Engine, source: str, raw: Path | None = None) -> Document:
    """A stored document.

    Args:
        engine: Where it is stored.
        source: Its id.
        raw: The folder of the bytes that are not those of the text.

    Raises:
        StoreError: If there is no such source.
    """
    node = address("source", source)
    record, words = (first(engine, node, term, node) for term in ("record", "text"))
    if record is None or words is None:
        raise StoreError(f"no source has the id {source!r}; list them with `diplograph stats`")
    kept = raw / source if raw else None
    return document_from(record, words, kept.read_bytes() if kept and kept.exists() else None)


def reports(engine: Engine, ids: Iterable[str] | None = None) -> tuple[Report, ...]:
    """Reports with their quotes, sorted by id: those asked for, or all.

    Raises:
        StoreError: If one that was asked for is not there.
    """
    if ids is None:
        told = (t for t in engine.all("record", None) if t.subject.startswith(_REPORT))
        records = [(t.graph, t.value) for t in told]
    else:
        records = _records(engine, sorted(set(ids)))
    texts: dict[str, str] = {}
    for graph in sorted({graph for graph, _ in records}):
        texts[graph] = first(engine, graph, "text", graph) or ""
    return tuple(sorted((report_from(value, texts[graph]) for graph, value in records), key=lambda r: r.id))


def reports_of_source(engine: Engine, source: str) -> tuple[Report, ...]:
    """The reports of one source, sorted by id."""
    graph = address("source", source)
    words = first(engine, graph, "text", graph) or ""
    told = (t.value for t in engine.all("record", graph) if t.subject != graph)
    return tuple(sorted((report_from(record, words) for record in told), key=lambda r: r.id))


def events(engine: Engine) -> tuple[Event, ...]:
    """All events, sorted by id."""
    return tuple(sorted((event_from(t.value) for t in engine.all("record", RECORDS)), key=lambda e: e.id))


def event(engine: Engine, name: str) -> Event:
    """An event by its id or the id of one that merged into it.

    Raises:
        StoreError: If there is none.
    """
    node = address("event", name)
    node = first(engine, node, "mergedInto", DEFAULT) or node
    record = first(engine, node, "record", RECORDS)
    if record is None:
        raise StoreError(f"no event has the id {name!r}; list them with `diplograph timeline`")
    return event_from(record)


def event_of_report(engine: Engine, report: str) -> str | None:
    """The id of the event that a report denotes; None if it denotes none."""
    denoted = first(engine, address("report", report), "denotes", DEFAULT)
    return local(denoted) if denoted else None


def _records(engine: Engine, ids: list[str]) -> list[tuple[str, str]]:
    """The records of reports, each with the graph of its source."""
    nodes = {address("report", name): name for name in ids}
    homes = {report: told[0] for report, told in engine.values(nodes, "reportedIn", INDEX).items()}
    if missing := [name for node, name in nodes.items() if node not in homes]:
        raise StoreError(f"no report has the id {missing[0]!r}")
    of_source: dict[str, list[str]] = defaultdict(list)
    for node, source in homes.items():
        of_source[source].append(node)
    return [
        (source, told[0])
        for source, group in sorted(of_source.items())
        for told in engine.values(group, "record", source).values()
    ]


def newest(engine: Engine) -> date | None:
    """The day on which the newest source was published; None if none tells."""
    days = [told.value for told in engine.all("published", None) if told.subject == told.graph]
    return date.fromisoformat(max(days)) if days else None
