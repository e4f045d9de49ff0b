"""What every request passes before anything looks at it, and what every answer bears.

``Gate`` wraps an ASGI application. It refuses requests under foreign names, from foreign pages, too many from
one address, too large and too slow ones; each with the status that says so.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from diplograph.app.limits import LARGEST_QUERY, Limits

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADERS: Final = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
UPLOADS: Final = ("/read", "/ingest", "/read.json", "/ingest.json")
"""Addresses whose requests may be as large as an upload."""

_SLACK: Final = 20_000  # bytes of a form around what is uploaded
_PATIENCE: Final = 20.0  # seconds that a body may take to arrive
_DRAINED: Final = 20_000_000  # bytes of a refused body that are still received
_REMEMBERED: Final = 10_000  # addresses whose requests are counted


class _Refused(Exception):  # noqa: N818 - an answer, not a fault
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Gate:
    """An application behind a gate.

    Args:
        application: What is served.
        limits: How much and how often may be asked.
        host: The address that is listened on.
        names: Further names that the server answers to.
    """

    def __init__(
        self, application: Application, limits: Limits, host: str, names: Iterable[str] = ()
    ) -> None:
        self._application = application
        self._limits = limits
        self._names = {"localhost", host.lower(), *(name.lower() for name in names)}
        # A name can be made to lead here by others (DNS rebinding); an address cannot.
        self._own_only = is_loopback(host)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _with_headers(message.get("headers", ()))
            await send(message)

        try:
            headers = _read(scope["headers"])
            self._check(scope, headers)
            await self._application(scope, self._measured(scope, headers, receive), sending)
        except _Refused as refused:
            if not started:
                if refused.status == 413:
                    await _drain(receive)
                await _refuse(sending, refused)

    def _check(self, scope: Scope, headers: dict[str, list[str]]) -> None:
        self._check_host(headers.get("host", []))
        self._check_rate(scope.get("client"))
        _check_site(scope, headers)

    def _check_host(self, told: list[str]) -> None:
        name = _host(told[0]) if len(told) == 1 else ""
        if name in self._names or _is_address(name, own_only=self._own_only):
            return
        raise _Refused(421, "this server goes by another name; ask it as localhost")

    def _check_rate(self, client: Any) -> None:
        """A bucket for each address: it fills at the rate, and a request takes one from it."""
        if not self._limits.rate:
            return
        name, now = str(client[0]) if client else "", time.monotonic()
        left, since = self._buckets.pop(name, (float(self._limits.burst), now))
        left = min(self._limits.burst, left + (now - since) * self._limits.rate)
        self._buckets[name] = (max(left - 1, 0), now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        if left < 1:
            raise _Refused(429, "too many requests; come again in a second")

    def _measured(self, scope: Scope, headers: dict[str, list[str]], receive: Receive) -> Receive:
        """What is received, as long as it is not too much and does not take too long."""
        upload = scope["path"] in UPLOADS
        largest = self._limits.largest_upload + _SLACK if upload else LARGEST_QUERY
        length = headers.get("content-length", ["0"])[-1]
        if length.isdecimal() and int(length) > largest:
            raise _too_large(largest)
        until, size, over = 0.0, 0, False

        async def receiving() -> Message:
            nonlocal until, size, over
            if over:  # the body is complete: what comes now is that the client leaves
                return await receive()
            until = until or time.monotonic() + _PATIENCE
            try:
                message = await asyncio.wait_for(receive(), max(until - time.monotonic(), 0.001))
            except TimeoutError:
                raise _Refused(408, f"the request did not arrive within {_PATIENCE:g} s") from None
            size += len(message.get("body", b""))
            over = not message.get("more_body", False)
            if size > largest:
                raise _too_large(largest)
            return message

        return receiving


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _too_large(largest: int) -> _Refused:
    return _Refused(413, f"a request here has at most {largest} bytes")


def _read(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _host(told: str) -> str:
    """The name in a header ``Host``, without port and in small letters."""
    name = told.strip().lower()
    return name[1:].partition("]")[0] if name.startswith("[") else name.rpartition(":")[0] or name


def _is_address(name: str, *, own_only: bool) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not own_only


def _check_site(scope: Scope, headers: dict[str, list[str]]) -> None:
    """Nothing but a link may lead here from a page of others: no form, no picture, no script."""
    site = headers.get("sec-fetch-site", ["none"])[0]
    mode = headers.get("sec-fetch-mode", [""])[0]
    safe = scope["method"] in ("GET", "HEAD")
    foreign = site not in ("none", "same-origin") and not (safe and mode == "navigate")
    for origin in headers.get("origin", []):
        if origin == "null" and site == "same-origin":
            continue  # a form of our own pages, which tell no referrer; only the browser itself says the site
        told = urlsplit(origin) if origin.startswith(("http://", "https://")) else None
        foreign = foreign or told is None or told.netloc.lower() != headers["host"][0].strip().lower()
    if foreign:
        raise _Refused(403, "this request comes from a page of another site; open the address itself")


def _with_headers(told: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = list(told)
    names = {name.lower() for name, _ in kept}
    more = ((name.encode(), value.encode()) for name, value in HEADERS.items())
    return kept + [(name, value) for name, value in more if name not in names]


async def _drain(receive: Receive) -> None:
    """Let the rest of a body run out: who still sends when the connection ends never reads why."""
    left = _DRAINED
    with suppress(TimeoutError):
        async with asyncio.timeout(2):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


async def _refuse(send: Send, refused: _Refused) -> None:
    body = f"{refused}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if refused.status == 429:
        headers.append((b"retry-after", b"1"))
    if refused.status in (408, 413):
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
