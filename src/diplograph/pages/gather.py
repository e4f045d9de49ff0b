"""What of a store goes onto a page: its events with their evidence, as a ``World``.

Takes an open store; gives a ``World``. Pages of one event or one source read no more than that.
"""

from __future__ import annotations

from diplograph import record
from diplograph.errors import StoreError
from diplograph.model import Document, Event, Report
from diplograph.store import Store
from diplograph.views.ways import ALONE, Ways
from diplograph.views.world import World


def state_names() -> dict[str, str]:
    """State code → name."""
    from diplograph.knowledge import gazetteer

    return {code: state.name for code, state in gazetteer.load().states.items()}


def world(store: Store, ways: Ways = ALONE) -> World:
    """All of a store."""
    reports, documents = record.evidence(store)
    return _world(store.events(), reports, documents, ways)


def world_of_event(store: Store, name: str, ways: Ways = ALONE) -> World:
    """One event with its evidence, and beside it the other events of its states.

    Raises:
        StoreError: If there is none.
    """
    found = store.event(record.event_id(store, name))
    near = tuple(
        e for e in store.events() if e.id == found.id or set(found.facts.states) & set(e.facts.states)
    )
    reports = {report.id: report for report in store.reports(found.id)}
    documents = {source: store.document(source) for source in {r.source for r in reports.values()}}
    return _world(near, reports, documents, ways)


def world_of_source(store: Store, name: str, ways: Ways = ALONE) -> World:
    """One source with what was read in it, and the events that this tells of.

    Raises:
        StoreError: If there is none.
    """
    identity = _source_id(store, name)
    document = store.document(identity)
    reports = {report.id: report for report in store.reports_of_source(identity)}
    events = tuple(e for e in store.events() if reports.keys() & set(e.reports))
    return _world(events, reports, {identity: document}, ways)


def _source_id(store: Store, name: str) -> str:
    if store.has(name):
        return name
    named = store.sources_named(name)
    begins = [source for source in store.sources() if source.startswith(name)] if len(name) >= 6 else []
    if not (named or begins):
        raise StoreError(f"no source is called {name!r}; list them with `diplograph stats`")
    return (*named, *begins)[0]


def _world(
    events: tuple[Event, ...], reports: dict[str, Report], documents: dict[str, Document], ways: Ways
) -> World:
    from diplograph.knowledge import gazetteer

    days = [document.published for document in documents.values() if document.published]
    return World(
        events=events,
        reports=reports,
        documents=documents,
        names=state_names(),
        as_of=max(days, default=None),
        known=gazetteer.load(),
        ways=ways,
    )
