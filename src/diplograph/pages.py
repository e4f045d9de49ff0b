"""The pages of a graph: which events, reports and documents go into each.

Takes an open store and what to show; gives a ``Page``. What a page looks like is settled in ``views``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from diplograph import record
from diplograph.display import Page
from diplograph.errors import StoreError, UnknownPluginError

if TYPE_CHECKING:
    from diplograph.store import Store


def state_names() -> dict[str, str]:
    """State code → name."""
    from diplograph.knowledge import gazetteer

    return {code: state.name for code, state in gazetteer.load().states.items()}


def network(store: Store, *states: str) -> Page:
    """The interactive graph of all events, or of those that involve all the states named."""
    from diplograph.views import network as view

    reports, documents = record.evidence(store)
    codes = {record.state_code(word) for word in states}
    names = state_names()
    title = " – ".join(names[code] for code in sorted(codes)) or "diplograph"
    text = view.render(
        [event for event in store.events() if codes <= set(event.facts.states)],
        reports.values(),
        names=names,
        title=title,
        as_of=record.newest(store),
        documents=documents.values(),
    )
    return Page(text=text, title=title)


def pair(store: Store, a: str, b: str) -> Page:
    """The page of two states: whose turn, the strip of their visits, the record."""
    from diplograph.knowledge import gazetteer
    from diplograph.views import pair as view

    reports, documents = record.evidence(store)
    one, other = record.state_code(a), record.state_code(b)
    names = state_names()
    text = view.render(
        store.events(),
        reports.values(),
        one,
        other,
        names=names,
        as_of=record.newest(store),
        documents=documents.values(),
        tenures=gazetteer.load().tenures.values(),
    )
    return Page(text=text, title=f"{names[one]} – {names[other]}")


def event(store: Store, name: str) -> Page:
    """The page of an event: each field with the reports for and against it."""
    from diplograph.views import event as view

    reports, documents = record.evidence(store)
    found = store.event(record.event_id(store, name))
    text = view.render(found, reports.values(), names=state_names(), documents=documents.values())
    return Page(text=text, title=f"Event {found.id}")


def source(store: Store, name: str) -> Page:
    """The page of a source, by id or name: its text with what was read in it."""
    from diplograph.views import document as view

    documents = record.evidence(store)[1]
    found = documents.get(name) or next((one for one in documents.values() if one.name == name), None)
    if found is None:
        raise StoreError(f"no source is called {name!r}; list them with `diplograph stats`")
    text = view.render(found, store.reports_of_source(found.id), names=state_names())
    return Page(text=text, title=found.title or found.name)


PAGES: Final[Mapping[str, Callable[..., Page]]] = {
    "network": network,
    "pair": pair,
    "event": event,
    "source": source,
}


def page(store: Store, kind: str, *subjects: str) -> Page:
    """A page of one of the kinds in ``PAGES``.

    Raises:
        UnknownPluginError: If there is no such kind.
    """
    if kind not in PAGES:
        raise UnknownPluginError("page", kind, PAGES)
    return PAGES[kind](store, *subjects)
