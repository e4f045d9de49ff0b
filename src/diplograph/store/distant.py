"""Opens a store behind a server, and keeps its ledger there.

Takes the address of the server's endpoint; gives an open store. Where its endpoints differ, or want a user,
the environment says so: ``DIPLOGRAPH_REMOTE_UPDATE``, ``_GRAPHS``, ``_USER`` and ``_PASSWORD``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from diplograph.errors import StoreError
from diplograph.graph.background import Background
from diplograph.graph.ntriples import node
from diplograph.store.checking import missing, recover
from diplograph.store.client import Address, Client
from diplograph.store.engine import LEDGER, Change, Engine, local
from diplograph.store.keeping import GraphStore
from diplograph.store.ledger import Entry, ledger_note, noted
from diplograph.store.remote import RemoteEngine

_ENVIRONMENT = "DIPLOGRAPH_REMOTE_"


def open_remote(
    where: str,
    *,
    read_only: bool = False,
    background: Background | None = None,
    address: Address | None = None,
) -> GraphStore:
    """The store behind a server.

    Args:
        where: Address of the query endpoint.
        read_only: Whether only to read.
        background: What is known of states, persons and places.
        address: All endpoints and the user; the environment says what is not given.

    Raises:
        StoreError: If the server cannot be reached, or does not hold what the ledger says.
    """
    engine = engine_at(where, address)
    ledger = RemoteLedger(engine)
    store = GraphStore(engine, ledger, where=where, read_only=read_only, background=background)
    if ledger.pending and not read_only:
        # A server takes a change in parts: what was cut short is made anew from the evidence.
        for source in recover(engine, ledger):
            if source not in ledger.entries:
                engine.change(Change(cleared=[node("source", source)[1:-1]]))
        store.rebuild()
    found = missing(engine, ledger, counting=True)
    if found:
        raise StoreError(f"{where} does not hold what its ledger says: {found[0]}; restore it from a backup")
    return store


def engine_at(where: str, address: Address | None = None) -> RemoteEngine:
    """What answers queries at an address, whether or not a ledger of ours lies there.

    Args:
        where: Address of the query endpoint.
        address: All endpoints and the user; the environment says what is not given.
    """
    return RemoteEngine(Client(address or _from_environment(where)))


def _from_environment(where: str) -> Address:
    def told(name: str) -> str:
        return os.environ.get(f"{_ENVIRONMENT}{name}", "")

    return Address(
        query=where,
        update=told("UPDATE"),
        graphs=told("GRAPHS"),
        user=told("USER"),
        password=told("PASSWORD"),
    )


class RemoteLedger:
    """The ledger of a store behind a server, as statements of a graph of its own.

    Args:
        engine: The server.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.entries: dict[str, Entry] = {}
        self.pending: dict[str, Entry | None] = {}
        for told in engine.all("holds", LEDGER):
            self.entries[local(told.subject)] = noted(told.value) or Entry(quads=0, digest="")
        for told in engine.all("changes", LEDGER):
            self.pending[local(told.subject)] = noted(told.value)

    def begin(self, changes: Mapping[str, Entry | None]) -> None:
        """Note what is about to change."""
        self.pending.update(changes)
        change = Change()
        change.insert(LEDGER, (ledger_note(source, "changes", entry) for source, entry in changes.items()))
        self._engine.change(change)

    def end(self, sources: Iterable[str]) -> None:
        """Note that a change has been made."""
        change = Change()
        for source in sources:
            entry = self.pending.pop(source)
            change.delete(LEDGER, [ledger_note(source, "changes", entry)])
            if source in self.entries:
                change.delete(LEDGER, [ledger_note(source, "holds", self.entries.pop(source))])
            if entry:
                self.entries[source] = entry
                change.insert(LEDGER, [ledger_note(source, "holds", entry)])
        self._engine.change(change)

    def abandon(self, sources: Iterable[str]) -> None:
        """Note that a change was not made."""
        change = Change()
        for source in sources:
            change.delete(LEDGER, [ledger_note(source, "changes", self.pending.pop(source))])
        self._engine.change(change)
