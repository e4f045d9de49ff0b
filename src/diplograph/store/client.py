"""Speaks SPARQL 1.1 over HTTP: query, update and graph store protocol.

Takes addresses and credentials; gives answers as text. What fails for a moment is tried again, each time
after a longer pause; what a server refuses is told in its own words.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from diplograph.errors import QueryError, StoreError

_TRIES: Final = 6
_PAUSE: Final = 0.2  # seconds before the second try; twice as long before each further one
_LONGEST: Final = 5.0
_FOR_A_MOMENT: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED: Final = frozenset({400, 413, 414, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a server answers, and who asks.

    Attributes:
        query: Address of the query protocol.
        update: Address of the update protocol.
        graphs: Address of the graph store protocol; empty if there is none.
        user: Who asks; empty if nobody in particular.
        password: The user's.
        timeout: Seconds to wait for an answer.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 120.0


class Client:
    """Asks a server.

    Args:
        address: Where it is.
    """

    def __init__(self, address: Address) -> None:
        for where in filter(None, (address.query, address.update, address.graphs)):
            if urlsplit(where).scheme not in {"http", "https"}:
                raise StoreError(f"{where!r} is no address of a server; write it as http://host/sparql")
        self.address = address
        self._opener = _opener(address)

    def query(self, sparql: str, accept: str, graph: str | None = None) -> str:
        """The answer of a query.

        Args:
            sparql: The query.
            accept: The media type wanted.
            graph: The graph that a pattern without GRAPH is matched against.

        Raises:
            QueryError: If the server refuses the query.
            StoreError: If it cannot be reached.
        """
        fields = {"query": sparql} | ({"default-graph-uri": graph} if graph else {})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self._send(self.address.query, urlencode(fields).encode(), headers)

    def update(self, sparql: str) -> None:
        """Make a change.

        Raises:
            StoreError: If the server refuses it or cannot be reached.
        """
        headers = {"Content-Type": "application/sparql-update"}
        try:
            self._send(self.address.update or self.address.query, sparql.encode(), headers)
        except QueryError as fault:
            raise StoreError(f"the change was refused: {fault}") from fault

    def put(self, graph: str, triples: str, *, replace: bool) -> None:
        """Put N-Triples into a graph, or in the place of all that it holds.

        Raises:
            StoreError: If the server refuses them or cannot be reached.
        """
        headers = {"Content-Type": "text/turtle"}
        where = f"{self.address.graphs}?graph={quote(graph, safe='')}"
        try:
            self._send(where, triples.encode(), headers, "PUT" if replace else "POST")
        except QueryError as fault:
            raise StoreError(f"the graph {graph} was refused: {fault}") from fault

    def _send(self, where: str, body: bytes, headers: Mapping[str, str], method: str = "POST") -> str:
        pause, fault = _PAUSE, "no answer"
        for tried in range(_TRIES):
            if tried:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST)
            asked = urllib.request.Request(where, body, dict(headers), method=method)  # noqa: S310 - checked
            try:
                with self._opener.open(asked, timeout=self.address.timeout) as answer:
                    told: bytes = answer.read()
                    return told.decode()
            except urllib.error.HTTPError as error:
                fault = _said(error)
                if error.code not in _FOR_A_MOMENT or _is_about_the_query(fault):
                    raise _refusal(where, error.code, fault) from error
            except (OSError, HTTPException) as error:
                fault = str(getattr(error, "reason", error)) or type(error).__name__
        raise StoreError(f"{where} did not answer after {_TRIES} tries: {fault}; is the server running?")


def _refusal(where: str, code: int, fault: str) -> Exception:
    if code in {401, 403}:
        return StoreError(f"{where} refuses ({code}): name a user and password that may do this")
    if code in _REFUSED or _is_about_the_query(fault):
        return QueryError(f"the query cannot be answered: {fault}")
    return StoreError(f"{where} refuses ({code}): {fault}")


def _is_about_the_query(fault: str) -> bool:
    """Virtuoso answers what it cannot compile as if it had failed itself; 40001 is a deadlock, and passes."""
    return bool(re.match(r"Virtuoso (?!40001|08|S1)", fault))


def _said(error: urllib.error.HTTPError) -> str:
    try:
        told = error.read(2000).decode(errors="replace")
    except (OSError, HTTPException):
        told = ""
    return " ".join(told.split())[:300] or str(error.reason)


def _opener(address: Address) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if address.user:
        known = urllib.request.HTTPPasswordMgrWithPriorAuth()
        for where in filter(None, (address.query, address.update, address.graphs)):
            root = "{0.scheme}://{0.netloc}/".format(urlsplit(where))
            known.add_password(None, root, address.user, address.password)
        handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
    return urllib.request.build_opener(*handlers)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A server that sends us elsewhere is told, not followed: credentials stay where they belong."""

    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Do not follow."""
