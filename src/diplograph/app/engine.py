"""The process that answers queries: opened on a snapshot of the graph, without network, with little memory.

``run`` takes queries from standard input and gives answers in the form that was asked for (see ``wire``). A
request names a folder of a database, or a store and the day to look from. Each is split off by a ``nursery``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplograph.app import cage, wire
from diplograph.app.counting import rows_of
from diplograph.errors import DiplographError
from diplograph.vocab import GRAPH, ID, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store as Database

    Found = Any

CONSENSUS: Final = f"{GRAPH}consensus"
"""The name by which requests ask for the unnamed graph."""

ROWS: Final = "application/sparql-results+json"
PREFIXED: Final = frozenset({"text/turtle", "application/trig", "text/n3"})

_BEHIND: Final = 3
_TRIES: Final = 10
_PAUSE: Final = 0.05  # seconds; a reader may meet a file that the writer is just replacing


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """What is told instead of an answer: the name of one of our errors, and words."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


class Opened:
    """The database that was asked last; another one when the graph has changed."""

    def __init__(self) -> None:
        self._place = ""
        self._database: Database | None = None

    @contextlib.contextmanager
    def asked(self, head: Mapping[str, Any]) -> Iterator[Database]:
        """The database that a request names: the ``store`` of a folder, or the database at a ``place``.

        Raises:
            Refused: If it cannot be opened.
        """
        if "store" not in head:
            yield self.at(head["place"])
            return
        from diplograph import store

        day = date.fromisoformat(head["as_of"]) if head["as_of"] else None
        try:
            opened: Any = store.open(head["store"], read_only=True, as_of=day)
        except DiplographError as fault:
            raise Refused(type(fault).__name__, str(fault)) from fault
        with opened:
            yield opened.engine.database

    def at(self, place: str) -> Database:
        """The database in a folder.

        Raises:
            Refused: If it cannot be opened.
        """
        if self._database is None or place != self._place:
            self._database = None  # its memory goes before that of the next comes
            self._database, self._place = _open(place), place
        return self._database


def _open(place: str) -> Database:
    from pyoxigraph import Store as Database

    fault: Exception | None = None
    for _ in range(_TRIES):
        try:
            with cage.unbound():
                return Database.read_only(place)
        except (OSError, RuntimeError) as met:
            fault = met
            time.sleep(_PAUSE)
    raise Refused("StoreError", f"the graph cannot be opened: {fault}; run `diplograph doctor`")


class _Sink:
    """Keeps what is written to it, up to a limit."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._kept = bytearray()

    def write(self, more: bytes) -> int:
        """Keep some bytes."""
        self._kept += more
        if len(self._kept) > self._largest:
            words = f"the answer has more than {self._largest // 1_000_000} MB; ask for less, or with LIMIT"
            raise Refused("QueryLimitError", words)
        return len(more)

    def flush(self) -> None:
        """Nothing waits."""

    def whole(self) -> bytes:
        """All that was written."""
        return bytes(self._kept)


def answered(database: Database, head: Mapping[str, Any], query: str) -> tuple[dict[str, Any], bytes]:
    """The answer to a query.

    Args:
        database: What is asked.
        head: ``default`` and ``named`` graphs if the request names any, the media type for each kind of
            answer (``rows``, ``truth``, ``triples``; None where none will do), and the limits.
        query: The query, which was found to do no more than read.

    Raises:
        Refused: If it cannot be answered.
    """
    from pyoxigraph import QueryBoolean, QueryTriples

    try:
        found = database.query(query, base_iri=ID, prefixes=PREFIXES, **_dataset(head))
        kind = _kind(found, QueryBoolean, QueryTriples)
        media = head[kind]
        if media is None:
            raise Refused("NotAcceptable", kind)
        sink = _Sink(head["largest"])
        _write(found, kind, media, sink, head["limit"])
    except (SyntaxError, RuntimeError, ValueError, OSError) as fault:
        raise Refused("QueryError", f"the query cannot be answered: {fault}") from fault
    told = sink.whole()
    _check_rows(kind, media, told, head["limit"])
    return {"media": media, "kind": kind}, told


def _kind(found: Found, boolean: type, triples: type) -> str:
    return "truth" if isinstance(found, boolean) else "triples" if isinstance(found, triples) else "rows"


def _dataset(head: Mapping[str, Any]) -> dict[str, Any]:
    """The graphs that a request names take the place of those that the query names."""
    if not head.get("default") and not head.get("named"):
        return {}
    return {
        "default_graph": [_graph(name) for name in head["default"]],
        "named_graphs": [_graph(name) for name in head["named"] if name != CONSENSUS],
    }


def _graph(name: str) -> Any:
    from pyoxigraph import DefaultGraph, NamedNode

    return DefaultGraph() if name == CONSENSUS else NamedNode(name)


def _write(found: Found, kind: str, media: str, sink: _Sink, limit: int) -> None:
    from pyoxigraph import QueryResultsFormat, RdfFormat, serialize

    if kind != "triples":
        form = QueryResultsFormat.from_media_type(media)
        found.serialize(sink, format=form)
        return
    if media == ROWS:
        sink.write(_as_rows(found, limit))
        return
    triples = _distinct(found, limit)
    prefixes = _used("\n".join(map(str, triples))) if media in PREFIXED else None
    output: Any = sink  # it has what is asked of it: write and flush
    serialize(triples, output, format=RdfFormat.from_media_type(media), prefixes=prefixes)


def _distinct(found: Found, limit: int) -> list[Any]:
    """The triples, each once, as a graph has it; sorted, because their order is none that stays."""
    triples = {}
    for triple in found:
        triples[str(triple)] = triple
        if limit and len(triples) > limit:
            raise _too_many(limit)
    return [triples[told] for told in sorted(triples)]


def _as_rows(found: Found, limit: int) -> bytes:
    """Triples as rows, for a page."""
    from diplograph.store.asking import of_triples

    return json.dumps(of_triples(_distinct(found, limit)).to_json()).encode()


def _used(told: str) -> dict[str, str]:
    return {prefix: address for prefix, address in PREFIXES.items() if f"<{address}" in told}


def _check_rows(kind: str, media: str, told: bytes, limit: int) -> None:
    if kind == "rows" and limit and rows_of(media, told, limit) > limit:
        raise _too_many(limit)


def _too_many(limit: int) -> Refused:
    return Refused("QueryLimitError", f"the answer has more than {limit} rows; ask with LIMIT and OFFSET")


def prepare() -> None:
    """Import what every query needs."""
    import pyoxigraph  # noqa: F401


def run(place: str, memory: str) -> None:
    """Answer queries until there are no more.

    Args:
        place: The folder of the database that most of them are about; may be empty.
        memory: Megabytes that this process may use.
    """
    opened = Opened()

    def answer(head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            with opened.asked(head) as database:
                return answered(database, head, body.decode())
        except Refused as refused:
            return {"error": refused.kind, "message": str(refused)}, b""
        except MemoryError:
            return {"error": "QueryLimitError", "message": f"the query needs more than {memory} MB"}, b""

    # The server itself comes first, so that it can end others in time however many there are.
    os.nice(_BEHIND)
    cage.shut()
    with contextlib.suppress(Refused):  # told to those who ask
        if place:
            opened.at(place)
    cage.bound(int(memory))
    wire.serve(sys.stdin.buffer, sys.stdout.buffer, answer)
