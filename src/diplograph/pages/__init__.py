"""The pages of a graph: which there are, what goes into each, and where they stand.

``answer`` takes an open store and an address and gives a ``Reply``; ``page`` gives a lone file for notebooks
and the command line; ``site`` writes all pages as files. What a page looks like is settled in ``views``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from diplograph import plugins, record
from diplograph.display import Page
from diplograph.errors import UnknownPluginError
from diplograph.pages.gather import state_names
from diplograph.pages.places import PLACES, Place, answer, results
from diplograph.pages.reply import Reply
from diplograph.plugins import Socket
from diplograph.views.ways import ALONE

if TYPE_CHECKING:
    from diplograph.store import Store

__all__ = [
    "PAGES",
    "PLACES",
    "Place",
    "Reply",
    "answer",
    "kinds",
    "network",
    "page",
    "results",
    "state_names",
]


def network(store: Store, *states: str) -> Page:
    """The interactive graph of all events, or of those that involve all the states named."""
    from diplograph.pages import gather
    from diplograph.views import network as view
    from diplograph.views import world

    codes = sorted({record.state_code(word) for word in states})
    given = gather.world_of_states(store, codes) if codes else gather.world(store)
    sheet = view.sheet(given, codes)
    return Page(text=world.written(sheet, given), title=sheet.title)


def _of(kind: str) -> Callable[..., Page]:
    """A page that stands alone; states may be named by any name."""

    def make(store: Store, *subjects: str) -> Page:
        named = (
            [record.state_code(word) for word in subjects] if kind in ("pair", "state") else list(subjects)
        )
        key = "-".join(named)
        place = f"/{kind}/{key}" if key else f"/{kind}".replace("/start", "/")
        found = answer(store, place, own=ALONE)
        return Page(text=found.text, title=found.title)

    return make


PAGES: Final[Mapping[str, Callable[..., Page]]] = {
    "network": network,
    **{kind: _of(kind) for kind in PLACES if kind != "graph"},
}


def kinds() -> tuple[str, ...]:
    """All kinds of pages and pictures, sorted: those in ``PAGES`` and the views that are plugged in."""
    return tuple(sorted({*PAGES, *(plug.name for plug in plugins.plugs(Socket.VIEW))}))


def page(store: Store, kind: str, *subjects: str) -> Page:
    """A page of one of the ``kinds``, as a file that stands alone.

    Raises:
        UnknownPluginError: If there is no such kind.
        PluginError: If a view of another package breaks.
    """
    if kind not in kinds():
        raise UnknownPluginError("page", kind, kinds())
    if kind in PAGES and kind not in {plug.name for plug in plugins.outside(Socket.VIEW)}:
        return PAGES[kind](store, *subjects)
    from diplograph.pages import gather
    from diplograph.views import plugged

    states = [record.state_code(word) for word in subjects]
    return Page(text=plugged.rendered(kind, gather.world(store), states), title=" ".join((kind, *states)))
