"""Draws any view that another package plugs in: gives it what it asks for and holds it to what a page is.

Takes a name, a ``World`` and states; gives the text of a page or picture. The first parameter of a view takes
the events; others ask by their names for ``a`` and ``b`` (two states), ``reports``, ``documents``, ``names``,
``tenures`` and ``as_of``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from diplograph.errors import PluginError
from diplograph.plugins import Plug, Socket, find, fitted
from diplograph.views.world import World

_REQUEST: Final = re.compile(
    r"""<(?:script|img|iframe|link|source|audio|video)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?//"""
    r"""|@import\s|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
"""What makes a page ask the network; a link that a reader may follow does not."""


def rendered(name: str, world: World, states: Sequence[str] = ()) -> str:
    """The text of a view.

    Args:
        name: As it is plugged in.
        world: The events with their evidence.
        states: Codes. A view of two states is told both; any other sees the events that involve them all.

    Raises:
        UnknownPluginError: If there is no such view; lists the names there are.
        PluginError: If it breaks, asks for what is not there, or would ask the network for something.
    """
    plug = find(Socket.VIEW, name)
    try:
        given = fitted(plug.load(), {**_offered(world), **dict(zip("ab", states, strict=False))})
    except PluginError as fault:
        raise PluginError(f"{plug.title} cannot be drawn so: {fault}; name two states") from fault
    seen = tuple(event for event in world.events if set(states) <= set(event.facts.states))
    return _checked(plug, plug.call(seen, **given))


def _offered(world: World) -> Mapping[str, Any]:
    return {
        "reports": tuple(world.reports.values()),
        "documents": tuple(world.documents.values()),
        "names": world.names,
        "tenures": world.tenures,
        "as_of": world.as_of,
    }


def _checked(plug: Plug, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise plug.broken(f"it gave {type(text).__name__}, where the text of a page is asked for")
    if found := _REQUEST.search(text):
        raise plug.broken(f"its page would ask the network: {found[0][:80]}")
    return text
