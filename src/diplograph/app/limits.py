"""What a request may cost, and what it may change: every limit of the server in one place.

Takes nothing but numbers; gives a frozen ``Limits`` that all parts of the server share.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final

LARGEST_QUERY: Final = 200_000
"""Bytes that a request to the endpoint may have; a query has at most ``guard.LONGEST`` characters."""


def _cores() -> int:
    return os.cpu_count() or 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a server.

    Attributes:
        timeout: Seconds that a query may take, from its arrival on.
        page_timeout: Seconds that a page or the reading of a text may take.
        change_timeout: Seconds that taking in a text or an update may take.
        memory: Megabytes that a process which answers may use.
        rows: Rows that an answer may have; 0 for no limit.
        largest_answer: Bytes that an answer may have.
        largest_upload: Bytes that a text or a file that is read may have.
        warm: Processes that wait for queries, so that a rush of hard ones leaves some for easy ones.
        quick: Queries that run at once in their first moment.
        long: Queries that run at once after it.
        waiting: Queries that may wait, stopped, until one of those ends.
        pages: Pages and texts that are worked on at once.
        moment: Seconds of work that are the first moment.
        demotion: Seconds of work after which a query gives way to others, and again.
        rate: Requests a second that one address may send in the long run; 0 for no limit.
        burst: Requests that it may send at once.
        reads: Whether texts may be read and taken in.
        names: Further names that the server answers to.
        token: What a request that changes the graph by SPARQL must bear; empty if none may.
    """

    timeout: float = 10.0
    page_timeout: float = 30.0
    change_timeout: float = 120.0
    memory: int = 512
    rows: int = 100_000
    largest_answer: int = 50_000_000
    largest_upload: int = 2_000_000
    warm: int = 20
    quick: int = field(default_factory=lambda: max(4, 2 * _cores()))
    long: int = 24
    waiting: int = 8
    pages: int = field(default_factory=lambda: max(2, _cores()))
    moment: float = 0.01
    demotion: float = 0.25
    rate: float = 200.0
    burst: int = 2000
    reads: bool = True
    names: tuple[str, ...] = ()
    token: str = ""
