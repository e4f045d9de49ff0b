"""The sockets: where a source, an importer, an extractor, a store, a measure or a view is plugged in.

Takes a socket and a name; gives what is plugged in there. Built-ins stand in one visible table and outside
packages declare entry points of the group ``diplograph.<socket>``; both are used in the same way.
A plug is named ``module:attribute`` and imported only when it is used, so that one that is broken costs
nothing but itself. ``docs/plugins.md`` tells how to write one.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from diplograph.errors import DiplographError, PluginError, UnknownPluginError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

OWN: Final = "diplograph"
"""The package that brings the built-ins."""


class Socket(StrEnum):
    """A kind of plug, and what a plug of this kind is.

    - ``source``: a callable from a name and an open file to drafts of documents; named as the ending of the
      files that it reads, such as ``eml``.
    - ``importer``: a ``sources.tables.Format`` that tells what the columns of a table of event data mean.
    - ``extractor``: a callable from a ``Document`` to ``Report``s of it.
    - ``store``: a callable from a location (what follows ``name:``) and ``read_only`` to an open store.
    - ``measure``: a callable from events, and what else it asks for by name, to rows with event ids.
    - ``view``: a callable from events, and what else it asks for by name, to the text of a page or picture.
    """

    SOURCE = "source"
    IMPORTER = "importer"
    EXTRACTOR = "extractor"
    STORE = "store"
    MEASURE = "measure"
    VIEW = "view"


BUILTINS: Final[Mapping[Socket, Mapping[str, str]]] = {
    Socket.SOURCE: {
        "htm": "diplograph.sources.html:read",
        "html": "diplograph.sources.html:read",
        "jsonl": "diplograph.sources.jsonl:read",
        "jsonl.gz": "diplograph.sources.jsonl:read_compressed",
        "markdown": "diplograph.sources.plain:read",
        "md": "diplograph.sources.plain:read",
        "ndjson": "diplograph.sources.jsonl:read",
        "text": "diplograph.sources.plain:read",
        "txt": "diplograph.sources.plain:read",
        "warc": "diplograph.sources.warc:read",
        "warc.gz": "diplograph.sources.warc:read",
        "xhtml": "diplograph.sources.html:read",
    },
    Socket.IMPORTER: {
        "colt": "diplograph.sources.tables.colt:FORMAT",
        "gdelt": "diplograph.sources.tables.gdelt:FORMAT",
        "historyatstate-travels": "diplograph.sources.tables.historyatstate:TRAVELS",
        "historyatstate-visits": "diplograph.sources.tables.historyatstate:VISITS",
        "icews": "diplograph.sources.tables.icews:FORMAT",
        "polecat": "diplograph.sources.tables.polecat:FORMAT",
        "quadruples": "diplograph.sources.tables.quadruples:FORMAT",
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

    @property
    def title(self) -> str:
        """What to call it in a message."""
        return f"the {self.socket} {self.name!r} of the package {self.package}"

    def load(self) -> Any:
        """Import the plug.

        Raises:
            PluginError: If that fails; says why.
        """
        module, _, attribute = self.target.partition(":")
        try:
            loaded: Any = import_module(module)
            for part in filter(None, attribute.split(".")):
                loaded = getattr(loaded, part)
        except Exception as fault:
            told = f"{self.title} cannot be loaded from {self.target}: {_words(fault)}"
            raise PluginError(f"{told}; mend or remove the package") from fault
        return loaded

    def call(self, *given: Any, **named: Any) -> Any:
        """Call the plug.

        Raises:
            PluginError: If a plug from outside breaks; one of our own shows where it did.
        """
        with self._guarded(self.load()) as function:
            return function(*given, **named)

    def each(self, *given: Any) -> Iterator[Any]:
        """Call the plug and take what it gives one by one; a generator may break on the way.

        Raises:
            PluginError: As for ``call``.
        """
        with self._guarded(self.load()) as function:
            yield from function(*given)

    @contextmanager
    def _guarded(self, loaded: Any) -> Iterator[Any]:
        try:
            yield loaded
        except Exception as fault:
            if self.package == OWN or isinstance(fault, DiplographError):
                raise
            raise self.broken(fault) from fault

    def broken(self, fault: Exception | str) -> PluginError:
        """What is said of this plug when it breaks."""
        told = fault if isinstance(fault, str) else _words(fault)
        return PluginError(f"{self.title} broke: {told}; tell its authors")

    def where(self) -> str:
        """File and line of the plug, as ``file:line``."""
        loaded = self.load()
        if not (inspect.isroutine(loaded) or inspect.isclass(loaded)):
            return f"{import_module(self.target.partition(':')[0]).__file__}:1"
        return f"{inspect.getsourcefile(loaded)}:{inspect.getsourcelines(loaded)[1]}"

    def purpose(self) -> str:
        """What the plug is for: the ``about`` of a format, or the first line of the docstring."""
        loaded = self.load()
        return getattr(loaded, "about", None) or (inspect.getdoc(loaded) or "").partition("\n")[0]


def plugs(socket: Socket) -> tuple[Plug, ...]:
    """Everything in a socket, sorted by name; an outside plug takes the place of a built-in of its name."""
    found = {name: builtin(socket, name) for name in BUILTINS[socket]}
    found |= {plug.name: plug for plug in outside(socket)}
    return tuple(found[name] for name in sorted(found))


def outside(socket: Socket) -> tuple[Plug, ...]:
    """What other packages plug into a socket, sorted; of equal names the last package's counts."""
    return _outside(socket, tuple(sys.path))


def find(socket: Socket, name: str) -> Plug:
    """The plug of a name.

    Raises:
        UnknownPluginError: If there is none; lists the names there are.
    """
    known = {plug.name: plug for plug in plugs(socket)}
    if name not in known:
        raise UnknownPluginError(socket, name, known)
    return known[name]


def load(socket: Socket, name: str) -> Any:
    """The imported plug of a name.

    Raises:
        UnknownPluginError: If there is none; lists the names there are.
        PluginError: If it cannot be loaded.
    """
    return find(socket, name).load()


def fitted(function: Callable[..., Any], offered: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is offered, that which a function asks for by the names of its parameters after the first.

    The first parameter is what the function is about, and stays for whoever calls it.

    Raises:
        PluginError: If it needs what is not offered; names it.
    """
    asked = dict(list(inspect.signature(function).parameters.items())[1:])
    needed = [name for name, one in asked.items() if one.default is one.empty and one.kind not in _REST]
    if absent := [name for name in needed if name not in offered]:
        raise PluginError(f"it needs {', '.join(absent)}, and only {', '.join(sorted(offered))} are there")
    return {name: offered[name] for name in asked if name in offered}


_REST: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def builtin(socket: Socket, name: str) -> Plug:
    """The built-in of a name, whatever else takes its place."""
    return Plug(socket=socket, name=name, target=BUILTINS[socket][name], package=OWN)


# Looking through all installed packages takes milliseconds, and their number does not change by itself.
@lru_cache(maxsize=32)
def _outside(socket: Socket, _path: tuple[str, ...]) -> tuple[Plug, ...]:
    return tuple(
        sorted(
            Plug(
                socket=socket,
                name=entry.name,
                target=entry.value,
                package=entry.dist.name if entry.dist else "?",
            )
            for entry in _entries(f"diplograph.{socket}")
        )
    )


def _entries(group: str) -> list[EntryPoint]:
    from importlib import metadata  # slow, and needed by few

    try:
        return list(metadata.entry_points(group=group))
    except Exception:  # noqa: BLE001 - a list that one package wrote wrongly is read without that package
        return [entry for one in metadata.distributions() for entry in _of(one) if entry.group == group]


def _of(distribution: Any) -> list[EntryPoint]:
    try:
        return list(distribution.entry_points)
    except Exception:  # noqa: BLE001 - as above: whatever stands there, it is not ours
        return []


def _words(fault: Exception) -> str:
    return " ".join(f"{type(fault).__name__}: {fault}".split())
