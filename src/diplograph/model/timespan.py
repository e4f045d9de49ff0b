"""Time as texts tell it: never finer than what was said.

A ``TimeSpan`` has a start and, for a stretch, an end; each is a partial ISO date (``2026-01-13``, ``2025-08``
or ``2025``). Written in EDTF: ``2026-01-13/2026-01-14`` lasts from the one to the other, ``2025-08`` is
some time in that month. What cannot be resolved is the value ``UNRESOLVED``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Granularity(StrEnum):
    """The unit that a text fixes."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNRESOLVED = "unresolved"


def first_day(partial: str) -> date:
    """The earliest day that a partial ISO date allows.

    Raises:
        ValueError: If it is no partial ISO date.
    """
    year, month, day = _fields(partial)
    return date(year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """The latest day that a partial ISO date allows.

    Raises:
        ValueError: If it is no partial ISO date.
    """
    year, month, day = _fields(partial)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _fields(partial: str) -> tuple[int, int, int]:
    found = _PARTIAL.fullmatch(partial)
    if not found:
        raise ValueError(f"{partial!r} is no date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """When something was or will be, as precisely as it was told.

    Attributes:
        start: Partial ISO date, or None if nothing fixes the time.
        end: Partial ISO date of the end of a stretch; None if it is told as one day, month or year.
        phrase: The words of the text that told it.
        anchor: The ISO date from which a relative phrase was counted.
    """

    start: str | None = None
    end: str | None = None
    phrase: str = ""
    anchor: str | None = None

    def __post_init__(self) -> None:
        """Refuse bounds that are no dates or run backwards."""
        if self.start is None and self.end is not None:
            raise ValueError(f"a span that ends ({self.end}) must start somewhere")
        if self.start and self.earliest_start() > self.latest_end():
            raise ValueError(f"the span {self.edtf} ends before it starts")

    @classmethod
    def parse(cls, edtf: str, *, phrase: str = "") -> TimeSpan:
        """Read ``2026-01-13/2026-01-14``, ``2025-08``, ``2025`` or an empty string.

        Raises:
            ValueError: If the text is none of these.
        """
        start, _, end = edtf.partition("/")
        return cls(start=start or None, end=end or None, phrase=phrase)

    @property
    def edtf(self) -> str:
        """The span in Extended Date/Time Format; empty if unresolved."""
        return "/".join(part for part in (self.start, self.end) if part)

    @property
    def granularity(self) -> Granularity:
        """The unit that its start is known to."""
        if self.start is None:
            return Granularity.UNRESOLVED
        return {4: Granularity.YEAR, 7: Granularity.MONTH, 10: Granularity.DAY}[len(self.start)]

    def earliest_start(self) -> date:
        """The first day on which it can have begun."""
        return first_day(self._resolved())

    def latest_start(self) -> date:
        """The last day on which it can have begun."""
        return min(last_day(self._resolved()), self.latest_end())

    def earliest_end(self) -> date:
        """The first day on which it can have ended."""
        return max(first_day(self.end or self._resolved()), self.earliest_start())

    def latest_end(self) -> date:
        """The last day on which it can have ended."""
        return last_day(self.end or self._resolved())

    def overlaps(self, other: TimeSpan) -> bool:
        """Whether the two can be the same time; an unresolved span can be any time."""
        if self.start is None or other.start is None:
            return True
        return self.earliest_start() <= other.latest_end() and other.earliest_start() <= self.latest_end()

    def _resolved(self) -> str:
        if self.start is None:
            raise ValueError(f"the time {self.phrase!r} is unresolved and has no bounds")
        return self.start


UNRESOLVED = TimeSpan()
