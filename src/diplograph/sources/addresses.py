"""Decides which machines may be asked: those that the user named, and public ones.

``Doorkeeper.resolve`` takes an address of the web and gives the numeric addresses to connect to. A page of
the web that redirects or links to a machine of the private network is refused, whatever it calls itself.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit, urlunsplit

from diplograph.errors import SourceError

_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id)=[^&]*(?:&|$)")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2000
Numeric = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorkeeper:
    """Knows which machines the user named; all others must be public.

    Attributes:
        named: Host and port of every address that the user gave.
    """

    named: set[tuple[str, int]] = field(default_factory=set)

    def admit(self, address: str) -> None:
        """Trust the machine of an address, because the user named it.

        Raises:
            SourceError: If it is no address of the web.
        """
        self.named.add(place_of(split(address)))

    def resolve(self, address: SplitResult) -> list[str]:
        """The numeric addresses of its machine, any of which may be connected to.

        Raises:
            SourceError: If the name is not known, or leads into a private network that nobody named.
        """
        host, port = place_of(address)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as wrong:
            raise SourceError(f"{shown(address)}: no machine of this name is known ({wrong})") from wrong
        numbers = [str(one[4][0]) for one in found]
        if (host, port) not in self.named and not all(is_public(number) for number in numbers):
            raise SourceError(
                f"{shown(address)}: leads to a machine of a private network ({numbers[0]}); "
                "name it yourself if that is meant"
            )
        return numbers


def split(address: str) -> SplitResult:
    """The parts of an address.

    Raises:
        SourceError: If it is none of http or https, or carries a password.
    """
    try:
        parts = urlsplit(address)
        sound = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or len(address) > _LONGEST or re.search(r"[\x00-\x20\x7f]", address):
        raise SourceError(f"{address[:200]!r} is no address that begins with http:// or https://")
    if parts.username is not None:
        raise SourceError(f"{shown(parts)}: carries a name or password, which would be stored; leave it out")
    return parts


def place_of(address: SplitResult) -> tuple[str, int]:
    """Host and port."""
    return (address.hostname or "").rstrip(".").lower(), address.port or _PORTS[address.scheme]


def origin_of(address: SplitResult) -> str:
    """Scheme, host and port in one word."""
    return f"{address.scheme}://{place_of(address)[0]}:{place_of(address)[1]}"


def shown(address: SplitResult) -> str:
    """An address for people, without a password."""
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2]))


def nameable(address: str) -> str:
    """What to call an address that may be malformed or carry a password."""
    try:
        return shown(urlsplit(address))
    except ValueError:
        return address.rpartition("@")[2]


def settled(address: str) -> str:
    """The address under which a page is kept: without the fragment and the marks of advertisers."""
    parts = urlsplit(address)
    query = _TRACKING.sub("", parts.query).rstrip("&")
    return urlunsplit(parts._replace(query=query, fragment=""))


def is_public(number: str) -> bool:
    """Whether a numeric address is one of the open internet, also behind the disguises that IPv6 offers."""
    return all(one.is_global and not one.is_multicast for one in _meant(number))


def _meant(number: str) -> list[Numeric]:
    """The address, and those that are spelled within it."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inner = [ip.ipv4_mapped, ip.sixtofour, ip.teredo and ip.teredo[1]]
    if ip in _NAT64:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    found: list[Numeric] = [each for each in inner if each]
    # A mapped address is as public as what it maps, and never global by itself.
    return found if ip.ipv4_mapped else [ip, *found]
