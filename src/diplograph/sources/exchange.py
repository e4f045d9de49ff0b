"""Sends one request and reads the answer, within limits of size and time.

``request`` takes the parts of an address and the numeric addresses to connect to; gives the ``Answer``,
whatever its status. The connection goes to one of those numbers and nowhere else, so that a name cannot
change its meaning between check and use.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from urllib.parse import SplitResult, quote

from diplograph.errors import SourceError
from diplograph.sources.addresses import shown

_BLOCK = 65_536
_ANY_HEADER = 47  # zlib reads the headers of gzip and zlib alike
_HEADERS = {
    "Accept": "text/html, application/rss+xml, application/atom+xml, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_AGENT = "diplograph/{version} (reads news for research; respects robots.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of the web is taken, and how fast.

    Attributes:
        timeout: Seconds to wait for the next byte.
        deadline: Seconds that a whole answer may take.
        largest: Bytes of an answer, unpacked.
        redirects: How many are followed.
        delay: Seconds between requests to one server.
        entries: Articles that are taken from one feed.
    """

    timeout: float = 20.0
    deadline: float = 60.0
    largest: int = 20_000_000
    redirects: int = 5
    delay: float = 1.0
    entries: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered.

    Attributes:
        url: The address that was asked.
        status: The status code.
        kind: Type of the content, in small letters, such as ``text/html``.
        body: The content, unpacked.
        location: Where a redirect leads.
        retry_after: Seconds after which to ask again; 0 if not told.
    """

    url: str
    status: int
    kind: str
    body: bytes
    location: str | None = None
    retry_after: float = 0.0


class _Plain(http.client.HTTPConnection):
    """A connection to a number instead of a name."""

    numbers: Sequence[str] = ()

    def connect(self) -> None:
        """Connect."""
        self.sock = _connected(self.numbers, self.port, self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same, encrypted, with a certificate for the name."""

    numbers: Sequence[str] = ()

    def connect(self) -> None:
        """Connect and check the certificate."""
        sock = _connected(self.numbers, self.port, self.timeout)
        self.sock = _certificates().wrap_socket(sock, server_hostname=self.host)


def _connected(numbers: Sequence[str], port: int, timeout: float | None) -> socket.socket:
    """A connection to the first of some addresses that takes one."""
    for number in numbers[:-1]:
        try:
            return socket.create_connection((number, port), timeout)
        except OSError:
            continue
    return socket.create_connection((numbers[-1], port), timeout)


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def request(address: SplitResult, numbers: Sequence[str], limits: Limits) -> Answer:
    """Ask for an address.

    Args:
        address: Its parts.
        numbers: The numeric addresses to connect to, one after the other until one answers.
        limits: The limits.

    Raises:
        SourceError: If the answer is too large or takes too long.
        OSError: If the connection fails.
        http.client.HTTPException: If the answer is none of HTTP.
    """
    kind = _Secure if address.scheme == "https" else _Plain
    connection = kind(address.hostname or "", address.port, timeout=limits.timeout)
    connection.numbers = numbers
    with _ended(connection, limits.deadline) as late:
        try:
            connection.request("GET", _target(address), headers=_HEADERS | {"User-Agent": _agent()})
            with connection.getresponse() as response:
                answer = _answer(address, response, limits)
        except (OSError, http.client.HTTPException):
            if late.is_set():
                raise SourceError(_too_long(address, limits)) from None
            raise
        # An answer without a length looks whole when it was cut.
        if late.is_set():
            raise SourceError(_too_long(address, limits))
        return answer


def _answer(address: SplitResult, response: http.client.HTTPResponse, limits: Limits) -> Answer:
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"{shown(address)}: the answer is packed as {packed!r}, which was not asked for")
    blocks = _blocks(address, response, limits)
    return Answer(
        url=shown(address),
        status=response.status,
        kind=response.headers.get_content_type() if response.headers.get("Content-Type") else "",
        body=_joined(
            address, _unpacked(blocks, limits) if packed not in ("", "identity") else blocks, limits
        ),
        location=response.headers.get("Location"),
        retry_after=_seconds(response.headers.get("Retry-After")),
    )


def _blocks(address: SplitResult, response: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    end = time.monotonic() + limits.deadline
    while block := response.read1(_BLOCK):
        if time.monotonic() > end:
            raise SourceError(_too_long(address, limits))
        yield block
    if response.length:
        raise OSError(f"the answer broke off {response.length} bytes before its end")


def _unpacked(blocks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    unpack = zlib.decompressobj(_ANY_HEADER)
    try:
        for block in blocks:
            # One block more than allowed is enough to see that it is too much.
            yield unpack.decompress(block, limits.largest + 1)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, limits.largest + 1)
    except zlib.error as wrong:
        raise OSError(f"its packing is broken: {wrong}") from wrong


def _joined(address: SplitResult, blocks: Iterator[bytes], limits: Limits) -> bytes:
    found = bytearray()
    for block in blocks:
        found += block
        if len(found) > limits.largest:
            raise SourceError(f"{shown(address)}: is larger than {limits.largest:,} bytes; it is no article")
    return bytes(found)


@contextmanager
def _ended(connection: http.client.HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """Cuts the connection after a time, however slowly bytes trickle in, and closes it at the end."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            _shut(connection.sock)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield late
    finally:
        clock.cancel()
        connection.close()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was quicker.
        return


def _too_long(address: SplitResult, limits: Limits) -> str:
    return f"{shown(address)}: took longer than {limits.deadline:.0f} s; try again later"


def _target(address: SplitResult) -> str:
    path = quote(address.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(address.query, safe='/%:@!$&()*+,;=~-._?')}" if address.query else path


def _seconds(told: str | None) -> float:
    return float(told) if told and told.isascii() and told.isdigit() else 0.0


@cache
def _agent() -> str:
    return _AGENT.format(version=version("diplograph"))
