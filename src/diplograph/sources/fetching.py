"""Fetches addresses of the web: politely, and with a limit on everything.

``Fetcher.fetch`` takes an address and gives the ``Answer``. It respects robots.txt, waits between requests to
one server, follows few redirects, and refuses what is too large or too slow; ``Limits`` holds the figures.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

from diplograph.errors import MissingExtraError, SourceError
from diplograph.sources.addresses import Doorkeeper, origin_of, settled, shown, split
from diplograph.sources.exchange import Answer, Limits, request

AGENT = "diplograph"
_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_NO_SUCH, _SERVER_FAULT = 400, 500
_ROBOTS = 500_000
_LONGEST_WAIT = 60.0
_TRIES = 3

Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """The rules of a server.

    Attributes:
        allowed: Tells which addresses robots may ask for.
        delay: Seconds between requests.
        closed: Why nothing of it is read; empty if it is open.
    """

    allowed: Allowed = lambda _address: True
    delay: float = 0.0
    closed: str = ""


class Fetcher:
    """Fetches pages for one run; remembers the rules of each server, and when it was last asked.

    Args:
        limits: The limits.
        sleep: How to wait; for tests.
    """

    def __init__(self, limits: Limits | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.limits = limits or Limits()
        self.doors = Doorkeeper()
        self._sleep = sleep
        self._houses: dict[str, _House] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, address: str) -> Answer:
        """What stands at an address.

        Args:
            address: It may lie on a private machine only if ``doors.admit`` was told so.

        Raises:
            SourceError: If it cannot be had, with the reason; among others that robots.txt forbids it.
            MissingExtraError: If the extra ``web`` is not installed.
        """
        here = address
        for _ in range(self.limits.redirects + 1):
            self._knock(here)
            answer = self._patiently(here)
            if answer.status not in _MOVED:
                return self._checked(answer)
            here = _next(here, answer)
        raise SourceError(
            f"{address}: was redirected more than {self.limits.redirects} times; name its last address"
        )

    def _checked(self, answer: Answer) -> Answer:
        if answer.status != HTTPStatus.OK:
            raise SourceError(f"{answer.url}: the server answered {_status(answer.status)}")
        return answer

    def _patiently(self, address: str) -> Answer:
        """An answer; asked again where the server asks for patience."""
        for number in range(_TRIES):
            self._wait(address)
            answer = self._ask(address)
            if answer.status not in _LATER or number == _TRIES - 1 or answer.retry_after > _LONGEST_WAIT:
                break
            self._sleep(max(answer.retry_after, self.limits.delay))
        return answer

    def _ask(self, address: str) -> Answer:
        parts = split(address)
        numbers = self.doors.resolve(parts)
        try:
            return request(parts, numbers, self.limits)
        except (OSError, http.client.HTTPException) as wrong:
            why = str(wrong) or type(wrong).__name__
            raise SourceError(f"{shown(parts)}: cannot be fetched ({why}); try again later") from wrong

    def _wait(self, address: str) -> None:
        """Keep the distance between requests to one server."""
        origin = origin_of(split(address))
        house = self._houses.get(origin)
        pause = max(self.limits.delay, house.delay if house else 0.0)
        if origin in self._asked:
            self._sleep(max(0.0, self._asked[origin] + pause - time.monotonic()))
        self._asked[origin] = time.monotonic()

    def _knock(self, address: str) -> None:
        """See what the server says of robots.

        Raises:
            SourceError: If robots may not ask this, or only at a pace that would take forever.
        """
        parts = split(address)
        origin = origin_of(parts)
        if origin not in self._houses:
            self._houses[origin] = self._house(urljoin(address, "/robots.txt"))
        house = self._houses[origin]
        if house.closed:
            raise SourceError(
                f"{shown(parts)}: its robots.txt cannot be had, so it is not read ({house.closed})"
            )
        if not house.allowed(address):
            raise SourceError(f"{shown(parts)}: robots.txt of this server forbids it; save the page yourself")
        if house.delay > _LONGEST_WAIT:
            raise SourceError(
                f"{shown(parts)}: this server wants {house.delay:.0f} s between requests; save it yourself"
            )

    def _house(self, address: str) -> _House:
        """The rules of a server, read by RFC 9309: without a file all is open, in doubt nothing."""
        try:
            from protego import Protego
        except ImportError as missing:
            raise MissingExtraError(f"{address}: reading the web", "web") from missing
        try:
            answer = self._robots(address)
        except SourceError as wrong:
            return _House(closed=str(wrong))
        if _NO_SUCH <= answer.status < _SERVER_FAULT:
            return _House()
        if answer.status != HTTPStatus.OK:
            return _House(closed=f"the server answered {_status(answer.status)}")
        rules = Protego.parse(answer.body[:_ROBOTS].decode("utf-8", "replace"))
        delay = float(rules.crawl_delay(AGENT) or 0)
        return _House(allowed=lambda asked: bool(rules.can_fetch(asked, AGENT)), delay=delay)

    def _robots(self, address: str) -> Answer:
        here = address
        for _ in range(self.limits.redirects + 1):
            answer = self._ask(here)
            if answer.status not in _MOVED:
                break
            here = _next(here, answer)
        return answer


def _next(here: str, answer: Answer) -> str:
    """Where a redirect leads.

    Raises:
        SourceError: If it leads nowhere, or out of the web.
    """
    if not answer.location:
        raise SourceError(f"{here}: the server redirects without saying where to")
    return settled(shown(split(urljoin(here, answer.location))))


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
