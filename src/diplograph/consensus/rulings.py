"""What persons decided: that reports are of one event, or that they are not.

A ruling is evidence like a report: it has an author, a reason and a date, survives a rebuild, and is taken
back by taking it out. Takes rulings; says of two reports whether they are held together or apart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, product


class Verdict(StrEnum):
    """What a ruling says."""

    SAME = "same"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A person's decision on reports; immutable.

    Attributes:
        verdict: Whether they are of one event or not.
        one: Ids of reports, sorted.
        other: Ids of the reports that they are held together with, or apart from; sorted.
        author: Who decided.
        reason: Why, in the author's words.
        decided: On which day, if it was told.
    """

    verdict: Verdict
    one: tuple[str, ...]
    other: tuple[str, ...]
    author: str
    reason: str = ""
    decided: date | None = None

    @property
    def id(self) -> str:
        """64 hexadecimal digits, a hash of what was decided, by whom, when and why."""
        day = self.decided.isoformat() if self.decided else None
        identity = [self.verdict, self.one, self.other, self.author, self.reason, day]
        return hashlib.sha256(json.dumps(identity).encode()).hexdigest()

    @property
    def reports(self) -> frozenset[str]:
        """The ids of all reports that it is about."""
        return frozenset((*self.one, *self.other))


class Rulings:
    """Rulings together: of two that speak of the same two reports, the later one holds.

    Args:
        told: The rulings, in any order.
    """

    def __init__(self, told: Iterable[Ruling] = ()) -> None:
        self.told = tuple(sorted(told, key=lambda r: (r.decided or date.min, r.id)))
        self.named = frozenset(report for ruling in self.told for report in ruling.reports)
        self._pairs: dict[frozenset[str], Verdict] = {}
        for ruling in self.told:
            for pair in _pairs(ruling):
                self._pairs[pair] = ruling.verdict
        self._group: dict[str, str] = {}
        for pair, verdict in sorted(self._pairs.items(), key=lambda item: sorted(item[0])):
            if verdict is Verdict.SAME:
                self._join(*sorted(pair))

    def apart(self, one: str, other: str) -> bool:
        """Whether two reports are held apart."""
        return self._pairs.get(frozenset((one, other))) is Verdict.APART

    def partners(self, report: str) -> frozenset[str]:
        """The reports that are held to be of one event with this one, itself among them."""
        if report not in self._group:
            return frozenset()
        root = self._root(report)
        return frozenset(name for name in self._group if self._root(name) == root)

    def on(self, reports: Iterable[str]) -> tuple[Ruling, ...]:
        """The rulings about any of these reports."""
        asked = set(reports)
        return tuple(ruling for ruling in self.told if ruling.reports & asked)

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._group[second] = first

    def _root(self, report: str) -> str:
        above = self._group.setdefault(report, report)
        return report if above == report else self._root(above)


def _pairs(ruling: Ruling) -> Iterable[frozenset[str]]:
    """The pairs of reports that a ruling speaks of; what is one event is one with each other throughout."""
    if ruling.verdict is Verdict.SAME:
        return (frozenset(pair) for pair in combinations(sorted(ruling.reports), 2))
    return (frozenset(pair) for pair in product(ruling.one, ruling.other))
