"""The process that makes pages, reads texts, and takes them into the graph; without network, like the engine.

``run`` takes tasks from standard input (see ``wire``): ``page`` with an address, ``results`` of a query,
``read`` and ``take`` with a text, ``update`` with SPARQL. Each is split off by a ``nursery``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from diplograph.app import cage, previews, wire
from diplograph.app.view import stamp
from diplograph.errors import DiplographError, MissingExtraError, QueryError, SourceError, StoreError
from diplograph.errors import UnknownPluginError as Unknown

Task = Callable[["Desk", Mapping[str, Any], bytes], tuple[dict[str, Any], bytes]]

_PRINTING: Final = (
    "a PDF is printed by a browser, and what answers here may start none; "
    "use `diplograph dossier --format pdf`, or print the page"
)
_STATUS: Final = (
    (QueryError, 400),
    (SourceError, 400),
    (StoreError, 404),
    (Unknown, 404),
    (MissingExtraError, 501),
)


class Desk:
    """Keeps the graph open between tasks, and opens it anew when it has changed.

    Args:
        folder: The folder of the store.
    """

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self._stamp: tuple[object, ...] | None = None
        self._store: Any = None

    def store(self) -> Any:
        """The graph, to be read.

        Raises:
            Unopened: If it cannot be opened.
        """
        from diplograph import store

        seen = stamp(self.folder / "graph")
        if self._store is None or seen != self._stamp:
            self.close()
            try:
                with cage.unbound():
                    self._store = store.open(self.folder, read_only=True)
            except StoreError as fault:
                raise UnopenedError(str(fault)) from fault
            self._stamp = seen
        return self._store

    def close(self) -> None:
        """Let go of the graph."""
        if self._store is not None:
            self._store.close()
            self._store = None


class UnopenedError(DiplographError):
    """The graph itself cannot be opened, whatever was asked for."""


def _page(desk: Desk, head: Mapping[str, Any], _body: bytes) -> tuple[dict[str, Any], bytes]:
    from diplograph import pages

    if head["address"].endswith(".pdf"):
        raise StoreError(_PRINTING)
    found = pages.answer(desk.store(), head["address"], head["given"])
    return {"media": found.media, "policy": found.policy}, found.body


def _results(_desk: Desk, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    from diplograph import pages
    from diplograph.store import Answer

    found = pages.results(head["query"], Answer.of_json(body) if body else None, head["problem"])
    return {"media": found.media, "policy": found.policy}, found.body


def _read(_desk: Desk, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    read = previews.read(head["name"], body, head["published"])
    if head["json"]:
        return {"media": "application/json"}, previews.as_json(read)
    return {"media": "text/html; charset=utf-8"}, previews.as_page(read, head["token"], head["ticket"])


def _take(desk: Desk, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    desk.close()
    return {"media": "application/json"}, previews.take(desk.folder, head["name"], body, head["published"])


def _update(desk: Desk, _head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    from diplograph.app import changing

    desk.close()
    changing.update(desk.folder, body.decode())
    return {"media": "text/plain"}, b""


TASKS: Final[Mapping[str, Task]] = {
    "page": _page,
    "results": _results,
    "read": _read,
    "take": _take,
    "update": _update,
}


def _done(desk: Desk, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Do a task; what is wrong becomes a status and words."""
    try:
        told, given = TASKS[head["task"]](desk, head, body)
        return {"status": 200, **told}, given
    except MemoryError:
        return _problem(503, "the page needs more memory than it may use; ask for less")
    except DiplographError as fault:
        return _problem(
            next((status for kind, status in _STATUS if isinstance(fault, kind)), 503), str(fault)
        )
    except Exception as fault:  # noqa: BLE001 - a bug costs its page, and the next one is made
        return _problem(500, f"a fault of diplograph: {type(fault).__name__}: {fault}")


def _problem(status: int, words: str) -> tuple[dict[str, Any], bytes]:
    return {"status": status, "media": "text/plain"}, words.encode("utf-8", "replace")


def prepare() -> None:
    """Import what every page needs, and what is known of the world."""
    from diplograph import pages, store  # noqa: F401
    from diplograph.knowledge import gazetteer

    gazetteer.load()


def run(folder: str, memory: str) -> None:
    """Do tasks until there are no more.

    Args:
        folder: The folder of the store.
        memory: Megabytes that this process may use.
    """
    desk = Desk(folder)
    # What a library prints must not end up in the middle of an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    cage.shut()
    cage.bound(int(memory))
    wire.serve(sys.stdin.buffer, answers, lambda head, body: _done(desk, head, body))
