"""What of a store goes onto a page: its events with their evidence, as a ``World``.

Takes an open store; gives a ``World``. What a page is about is asked of the graph, so that only pages about
all of it read all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from diplograph import record
from diplograph.errors import StoreError
from diplograph.model import Document, Event, Report
from diplograph.store import Store
from diplograph.views.ways import ALONE, Ways, slug
from diplograph.views.world import World
from diplograph.vocab import ID


def state_names() -> dict[str, str]:
    """State code → name."""
    from diplograph.knowledge import gazetteer

    return {code: state.name for code, state in gazetteer.load().states.items()}


MOST: Final = 10_000
"""Events that a page about the whole graph looks at: of more, the latest; it says how many it left out."""
_LATEST: Final = """
SELECT ?event { ?event a dg:Event OPTIONAL { ?event dg:earliestStart ?start } }
ORDER BY DESC(?start) ?event LIMIT %d
"""


def world(store: Store, ways: Ways = ALONE) -> World:
    """All of a store, or the latest of it."""
    (row,) = store.query("SELECT (COUNT(?event) AS ?n) { ?event a dg:Event }")
    if row["n"] > MOST:
        return replace(_of(store, _ids(store, _LATEST % MOST), ways), left_out=row["n"] - MOST)
    reports, documents = record.evidence(store)
    return _world(store, store.events(), reports, ways, documents)


def world_of_nothing(store: Store, ways: Ways = ALONE) -> World:
    """No event: for pages that show none."""
    return _world(store, (), {}, ways)


def world_of_states(store: Store, codes: Iterable[str], ways: Ways = ALONE) -> World:
    """The events that involve all of some states, with their evidence."""
    return _of(store, _involving(store, *codes), ways)


def world_of_state(store: Store, code: str, ways: Ways = ALONE) -> World:
    """The events that a state is in, be it as host of others, with their evidence."""
    if slug(code) != code:
        return world_of_nothing(store, ways)
    query = "SELECT DISTINCT ?event ?a { ?event dg:involves|dg:guest|dg:host ?a }"
    return _of(store, _ids(store, query, {"a": f"{ID}state/{code}"}), ways)


def world_of_thing(store: Store, kind: str, key: str, ways: Ways = ALONE) -> World:
    """The events that name a person, an issue or a gathering, with their evidence.

    Args:
        store: An open store.
        kind: One of ``NAMING``.
        key: The piece of the address that names the thing. What has no such address of its own in the graph
            is looked for among all events.
        ways: The ways between pages.
    """
    if slug(key) != key:
        # No piece of an address that leads to a page.
        return world_of_nothing(store, ways)
    term, node = NAMING[kind]
    found = _ids(store, f"SELECT DISTINCT ?event ?a {{ ?event dg:{term} ?a }}", {"a": f"{ID}{node}/{key}"})
    if not found:
        return world(store, ways)
    return _of(store, found, ways, _said_by(store, key) if kind == "leader" else ())


NAMING: Final = {
    "leader": ("hasParticipant", "person"),
    "issue": ("issue", "issue"),
    "gathering": ("occasion", "gathering"),
}
"""Kinds of pages about a thing that events name: the property that names it, and what it is."""


def _said_by(store: Store, person: str) -> set[str]:
    """Ids of reports that are attributed to somebody of one of a person's names."""
    from diplograph.knowledge import gazetteer

    terms = [tenure for tenure in gazetteer.load().tenures.values() if tenure.person == person]
    names = {name.casefold() for term in terms for name in (term.name, *term.aliases) if name}
    answer = store.query("SELECT ?report ?words { GRAPH ?source { ?report dg:attribution ?words } }")
    return {_local(row["report"]) for row in answer if any(name in row["words"].casefold() for name in names)}


def _involving(store: Store, *codes: str) -> list[str]:
    names = [f"s{n}" for n in range(len(codes))]
    told = " ".join(f"?event dg:involves ?{name} ." for name in names)
    states = {name: f"{ID}state/{code}" for name, code in zip(names, codes, strict=True)}
    return _ids(store, f"SELECT DISTINCT ?event ?{' ?'.join(names)} {{ {told} }}", states)


def _ids(store: Store, query: str, values: Mapping[str, str] | None = None) -> list[str]:
    return [_local(row["event"]) for row in store.query(query, values)]


def _local(address: str) -> str:
    return address.rpartition("/")[2]


def _of(store: Store, ids: Iterable[str], ways: Ways, more: Iterable[str] = ()) -> World:
    """The events of these ids with their reports, and some reports besides."""
    events = tuple(store.event(name) for name in sorted(set(ids)))
    told = (report for event in events for report in store.reports(event.id))
    reports = {report.id: report for report in (*told, *(store.report(name) for name in more))}
    return _world(store, events, reports, ways)


def world_of_event(store: Store, name: str, ways: Ways = ALONE) -> World:
    """One event with its evidence, and beside it those that it may belong to, hold or have returned.

    Raises:
        StoreError: If there is none.
    """
    found = store.event(record.event_id(store, name))
    facts = found.facts
    pairs = {frozenset((guest, facts.host)) for guest in facts.guests if facts.host and guest != facts.host}
    near = {name for pair in pairs for name in _involving(store, *sorted(pair))}
    near |= set(_ids(store, "SELECT ?event ?a { ?event dg:partOf ?a }", {"a": f"{ID}event/{found.id}"}))
    near |= {found.part_of} if found.part_of else set()
    events = {found.id: found} | {name: store.event(name) for name in sorted(near)}
    reports = {report.id: report for report in store.reports(found.id)}
    return _world(store, tuple(events[name] for name in sorted(events)), reports, ways)


def world_of_source(store: Store, name: str, ways: Ways = ALONE) -> World:
    """One source with what was read in it, and the events that this tells of.

    Raises:
        StoreError: If there is none.
    """
    identity = _source_id(store, name)
    document = store.document(identity)
    reports = {report.id: report for report in store.reports_of_source(identity)}
    told = store.query(_TOLD_IN, {"source": f"{ID}source/{identity}"})
    events = tuple(store.event(_local(row["event"])) for row in told)
    return _world(store, events, reports, ways, {identity: document})


_TOLD_IN: Final = (
    "SELECT DISTINCT ?event ?source { GRAPH ?source { ?report a dg:Report } ?report dg:denotes ?event }"
    " ORDER BY ?event"
)


def _source_id(store: Store, name: str) -> str:
    if store.has(name):
        return name
    named = store.sources_named(name)
    begins = [source for source in store.sources() if source.startswith(name)] if len(name) >= 6 else []
    if not (named or begins):
        raise StoreError(f"no source is called {name!r}; list them with `diplograph stats`")
    return (*named, *begins)[0]


def _world(
    store: Store,
    events: tuple[Event, ...],
    reports: dict[str, Report],
    ways: Ways,
    documents: dict[str, Document] | None = None,
) -> World:
    from diplograph.knowledge import gazetteer

    if documents is None:
        sources = sorted({report.source for report in reports.values()})
        documents = {source: store.document(source) for source in sources}
    return World(
        events=events,
        reports=reports,
        documents=documents,
        names=state_names(),
        as_of=store.newest(),
        known=gazetteer.load(),
        ways=ways,
    )
