"""The sockets: where an importer, an extractor, a store, a measure or a view is plugged in.

Takes a socket and a name; gives what is plugged in there. Built-ins stand in one visible table and outside
packages declare entry points of the group ``diplograph.<socket>``; both are used in the same way.
A plug is named ``module:attribute`` and imported only when it is loaded.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module, metadata
from typing import Final

from diplograph.errors import UnknownPluginError


class Socket(StrEnum):
    """A kind of plug, and what a plug of this kind is.

    - ``source``: a callable from a name and an open file to drafts of documents.
    - ``extractor``: a callable from a ``Document`` to a tuple of ``Report``.
    - ``store``: a callable from a location to an open store.
    - ``measure``: a callable from a sequence of ``Event`` to a table whose rows carry event ids.
    - ``view``: a callable from events, and what else it names, to the text of a page or picture.
    """

    SOURCE = "source"
    EXTRACTOR = "extractor"
    STORE = "store"
    MEASURE = "measure"
    VIEW = "view"


BUILTINS: Final[Mapping[Socket, Mapping[str, str]]] = {
    Socket.SOURCE: {
        "html": "diplograph.sources.html:read",
        "jsonl": "diplograph.sources.jsonl:read",
        "text": "diplograph.sources.plain:read",
    },
    Socket.EXTRACTOR: {"rules": "diplograph.extract.reader:extract"},
    Socket.STORE: {
        "folder": "diplograph.store.folder:open_folder",
        "memory": "diplograph.store.memory:open_memory",
        "server": "diplograph.store.distant:open_remote",
    },
    Socket.MEASURE: {
        "against-chance": "diplograph.analysis.significance:against_chance",
        "balance": "diplograph.analysis.balance:balances",
        "compare": "diplograph.analysis.periods:compare",
        "encounters": "diplograph.analysis.actors:encounters",
        "first-trips": "diplograph.analysis.leaders:first_trips",
        "gatherings": "diplograph.analysis.gatherings:attendances",
        "leader-change": "diplograph.analysis.leaders:effect",
        "mediations": "diplograph.analysis.mediation:mediations",
        "omens": "diplograph.analysis.agenda:omens",
        "pairs-against-chance": "diplograph.analysis.pairtests:pairs",
        "reciprocity": "diplograph.analysis.reciprocity:reciprocity",
        "returns": "diplograph.analysis.reciprocity:returns",
        "series": "diplograph.analysis.series:series",
        "shuttles": "diplograph.analysis.shuttle:shuttles",
        "tempo": "diplograph.analysis.tempo:tempo",
        "third-party-shuttles": "diplograph.analysis.thirdparty:third_party_shuttles",
        "ties": "diplograph.analysis.signed:ties",
        "travellers": "diplograph.analysis.actors:travellers",
        "trends": "diplograph.analysis.agenda:trends",
        "whose-turn": "diplograph.analysis.turn:whose_turn",
    },
    Socket.VIEW: {
        "event": "diplograph.views.event:render",
        "network": "diplograph.views.network:render",
        "pair": "diplograph.views.pair:render",
        "source": "diplograph.views.document:render",
        "sparkline": "diplograph.views.sparkline:render",
        "strip": "diplograph.views.strip:render",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Plug:
    """One thing that is plugged in.

    Attributes:
        socket: Where.
        name: Under which name.
        target: What, as ``module:attribute``.
        package: The distribution that brings it.
    """

    socket: Socket
    name: str
    target: str
    package: str

    def load(self) -> object:
        """Import the plug.

        Raises:
            UnknownPluginError: If the target is not there.
        """
        module, _, attribute = self.target.partition(":")
        loaded: object = import_module(module)
        for part in filter(None, attribute.split(".")):
            if not hasattr(loaded, part):
                raise UnknownPluginError(self.socket, self.target, dir(loaded))
            loaded = getattr(loaded, part)
        return loaded

    def where(self) -> str:
        """File and line of the plug, as ``file:line``."""
        loaded = self.load()
        file = inspect.getsourcefile(loaded) or "?"  # type: ignore[arg-type]  # functions, classes and modules
        return f"{file}:{inspect.getsourcelines(loaded)[1]}"  # type: ignore[arg-type]  # as above

    def purpose(self) -> str:
        """The first line of the plug's docstring."""
        return (inspect.getdoc(self.load()) or "").partition("\n")[0]


def plugs(socket: Socket) -> tuple[Plug, ...]:
    """Everything in a socket, sorted by name; an outside plug takes the place of a built-in of its name."""
    found = {
        name: Plug(socket=socket, name=name, target=target, package="diplograph")
        for name, target in BUILTINS[socket].items()
    }
    for entry in sorted(metadata.entry_points(group=f"diplograph.{socket}"), key=lambda entry: entry.name):
        package = entry.dist.name if entry.dist else "?"
        found[entry.name] = Plug(socket=socket, name=entry.name, target=entry.value, package=package)
    return tuple(found[name] for name in sorted(found))


def find(socket: Socket, name: str) -> Plug:
    """The plug of a name.

    Raises:
        UnknownPluginError: If there is none; lists the names there are.
    """
    known = {plug.name: plug for plug in plugs(socket)}
    if name not in known:
        raise UnknownPluginError(socket, name, known)
    return known[name]


def load(socket: Socket, name: str) -> object:
    """The imported plug of a name.

    Raises:
        UnknownPluginError: If there is none; lists the names there are.
    """
    return find(socket, name).load()
