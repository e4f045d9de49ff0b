"""Asks a SPARQL endpoint on the web and refuses every answer that is not whole.

``select(endpoint, sparql)`` gives the rows, each a mapping from variable to ``Cell``; ``counted`` also has
the endpoint count them, because some cut an answer short without saying so.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, Final

from diplograph.errors import QueryLimitError, SourceError

MOST_BYTES: Final = 256 * 1024 * 1024
_LONGEST_ADDRESS: Final = 6000
_PIECE: Final = 1 << 16
_COME_BACK: Final = (429, 503)
_HANDLERS: Final = (
    # Named one by one, so that a redirect cannot lead to a file or an FTP server.
    urllib.request.ProxyHandler,
    urllib.request.UnknownHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPErrorProcessor,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask, and how long to wait.

    Attributes:
        url: Address of the endpoint, http or https.
        timeout: Seconds that one answer may take.
        patience: Seconds to wait in all if the endpoint asks to come back later.
    """

    url: str
    timeout: float = 60.0
    patience: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of an answer; ``kind`` is ``uri``, ``literal`` or ``bnode``."""

    value: str
    kind: str


Row = Mapping[str, Cell]


def select(endpoint: Endpoint, sparql: str) -> tuple[Row, ...]:
    """The rows that a SELECT query has at an endpoint.

    Raises:
        QueryLimitError: If the endpoint takes longer than the time it has.
        SourceError: If it cannot be reached, asks to come back too late, or its answer is broken.
    """
    return _rows(endpoint, _body(endpoint, sparql))


def counted(endpoint: Endpoint, prologue: str, head: str, pattern: str, order: str) -> tuple[Row, ...]:
    """The rows of a query, after the endpoint has said how many there are.

    Raises:
        QueryLimitError: If the endpoint takes longer than the time it has.
        SourceError: As ``select``, and if fewer rows come than were counted.
    """
    count = f"{prologue} SELECT (COUNT(*) AS ?rows) WHERE {{ SELECT DISTINCT {head} WHERE {{ {pattern} }} }}"
    told = select(endpoint, count)
    if len(told) != 1 or "rows" not in told[0] or not told[0]["rows"].value.isdigit():
        raise SourceError(f"{endpoint.url} counts no rows; is it a SPARQL 1.1 endpoint?")
    found = select(endpoint, f"{prologue} SELECT DISTINCT {head} WHERE {{ {pattern} }} ORDER BY {order}")
    wanted = int(told[0]["rows"].value)
    if len(found) < wanted:
        raise SourceError(
            f"{endpoint.url} gave {len(found)} of {wanted} rows: the answer is cut short; "
            "nothing was changed, so ask for fewer states"
        )
    return found


def _body(endpoint: Endpoint, sparql: str) -> bytes:
    deadline = time.monotonic() + endpoint.timeout
    patience = endpoint.patience
    while True:
        try:
            with _opener().open(_request(endpoint, sparql), timeout=endpoint.timeout) as answer:
                return _read(endpoint, answer, deadline)
        except urllib.error.HTTPError as refusal:
            with refusal:
                pause = _pause(endpoint, refusal, patience)
        except (TimeoutError, urllib.error.URLError, http.client.HTTPException, OSError) as fault:
            raise _failure(endpoint, fault) from fault
        time.sleep(pause)
        patience -= max(pause, 1.0)
        deadline = time.monotonic() + endpoint.timeout


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    return opener


def _request(endpoint: Endpoint, sparql: str) -> urllib.request.Request:
    if urllib.parse.urlsplit(endpoint.url).scheme not in ("http", "https"):
        raise SourceError(
            f"{endpoint.url!r} is no web address; give one that begins with https:// or http://"
        )
    fields = urllib.parse.urlencode({"query": sparql})
    headers = {
        "Accept": "application/sparql-results+json",
        "User-Agent": "diplograph (https://w3id.org/diplograph)",
    }
    joint = "&" if "?" in endpoint.url else "?"
    address = f"{endpoint.url}{joint}{fields}"
    if len(address) <= _LONGEST_ADDRESS:
        return urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme was looked at above
    return urllib.request.Request(endpoint.url, data=fields.encode(), headers=headers)  # noqa: S310 - the scheme was looked at above


def _read(endpoint: Endpoint, answer: Any, deadline: float) -> bytes:
    pieces, size = [], 0
    # read1 gives what has come; read would wait for a whole piece, however slowly it drips.
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise SourceError(
                f"{endpoint.url} answered with more than {MOST_BYTES} bytes; ask for fewer states"
            )
        if time.monotonic() > deadline:
            raise TimeoutError
    announced = answer.headers.get("Content-Length", "")
    if announced.isdigit() and size < int(announced):
        raise http.client.IncompleteRead(b"".join(pieces), int(announced) - size)
    return b"".join(pieces)


def _pause(endpoint: Endpoint, refusal: urllib.error.HTTPError, patience: float) -> float:
    """How long to wait before asking again.

    Raises:
        SourceError: If it makes no sense to ask again, or not within our patience.
    """
    if refusal.code not in _COME_BACK:
        words = " ".join(refusal.read(300).decode("utf-8", "replace").split())
        raise SourceError(f"{endpoint.url} answered {refusal.code} {refusal.reason}: {words}")
    wanted = _seconds(refusal.headers)
    if wanted is None or wanted > patience or patience <= 0:
        later = "later" if wanted is None else f"in {wanted:.0f} seconds"
        raise SourceError(
            f"{endpoint.url} answered {refusal.code} {refusal.reason} and asks to come back {later}; "
            "nothing was changed, so try again then"
        )
    return wanted


def _seconds(headers: Message) -> float | None:
    """What Retry-After says: seconds, or the time until a moment by the server's own clock."""
    told = headers.get("Retry-After", "")
    if told.strip().isdigit():
        return float(told)
    then, now = _moment(told), _moment(headers.get("Date", ""))
    return max((then - now).total_seconds(), 0.0) if then and now else None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _failure(endpoint: Endpoint, fault: Exception) -> Exception:
    reason = getattr(fault, "reason", fault)
    if isinstance(fault, TimeoutError) or isinstance(reason, TimeoutError):
        return QueryLimitError(
            f"{endpoint.url} gave no whole answer in {endpoint.timeout:g} seconds; nothing was changed; "
            "ask for fewer states or allow more with --timeout"
        )
    if isinstance(fault, http.client.IncompleteRead):
        return SourceError(
            f"{endpoint.url} broke off after {len(fault.partial)} bytes; nothing was changed, so try again"
        )
    return SourceError(f"{endpoint.url} cannot be asked: {reason}; nothing was changed")


def _rows(endpoint: Endpoint, body: bytes) -> tuple[Row, ...]:
    try:
        answer = json.loads(body.decode("utf-8"))
        bindings = answer["results"]["bindings"]
        return tuple(
            {name: Cell(value=str(cell["value"]), kind=str(cell["type"])) for name, cell in binding.items()}
            for binding in bindings
        )
    except ValueError as fault:
        start = " ".join(body[:60].decode("utf-8", "replace").split())
        raise SourceError(
            f"{endpoint.url} answered {len(body)} bytes that are no whole JSON ({fault}), "
            f"beginning {start!r}; nothing was changed"
        ) from fault
    except (KeyError, TypeError, AttributeError) as fault:
        raise SourceError(
            f"{endpoint.url} answered JSON that is no SPARQL result: {fault!r} is missing or of another kind"
        ) from fault
