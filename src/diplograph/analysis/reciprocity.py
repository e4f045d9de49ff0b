"""Measures how far visits are returned.

*Return*: a visit A→B is returned within N days if a visit B→A begins after it and at most N days after it
began. Where dates are coarse the answer can be ``perhaps``; where N days have not passed by the as-of day
it is ``open`` (censored). Several visits may be answered by the same return, as one stay answers all that
went before.

*Balance of weights* over dyads, with w(A,B) the weighted number of visits from A to B:
r_minmax = Σ min(w(A,B), w(B,A)) / Σ max(w(A,B), w(B,A)) over pairs, and
r_weighted = 2 Σ min(w(A,B), w(B,A)) / Σ (w(A,B) + w(B,A)) over pairs, the weighted reciprocity of Squartini,
Picciolo, Ruzzenenti and Garlaschelli (2013), "Reciprocity of weighted networks", Scientific Reports 3:2729.
ρ = (r − ⟨r⟩) / (1 − ⟨r⟩) sets it against its expectation by chance (see ``significance``).

Takes events; gives rows that carry event ids. ``networkx.overall_reciprocity`` is not used: it ignores
weights and time and refuses multigraphs.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import numpy as np

from diplograph.analysis import answering, columns, levels, ordering, picking, tables
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import Flags, Ints
from diplograph.model import Event

WITHIN: Final = 180
"""Days within which a return counts, unless told otherwise."""


class Answer(StrEnum):
    """Whether a visit was returned in time."""

    RETURNED = "returned"
    PERHAPS = "perhaps"
    NOT_RETURNED = "not-returned"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """One visit and the visit that answered it.

    Attributes:
        visit: The visit.
        answer: Whether it was returned within the days asked.
        by: The first visit the other way that can have begun after it, however late.
        days: Days from the one to the other.
    """

    visit: Journey
    answer: Answer
    by: Journey | None = None
    days: Days | None = None

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the visit and its return."""
        return travel.ids([j for j in (self.visit, self.by) if j])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The share of visits returned, as bounds; ``at_risk`` leaves out what is still open."""

    returned: int
    perhaps: int
    at_risk: int
    open: int

    @property
    def at_least(self) -> float | None:
        """The share that was surely returned; None if no visit is at risk."""
        return self.returned / self.at_risk if self.at_risk else None

    @property
    def at_most(self) -> float | None:
        """The share that can have been returned; None if no visit is at risk."""
        return (self.returned + self.perhaps) / self.at_risk if self.at_risk else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity:
    """Weighted reciprocity over dyads.

    Attributes:
        minmax: Σmin/Σmax; None without visits.
        weighted: 2Σmin/Σw; None without visits.
        dyads: How many pairs of states have visits.
        events: Event ids of all visits counted.
    """

    minmax: float | None
    weighted: float | None
    dyads: int
    events: tuple[str, ...]


class Returns(Sequence[Return]):
    """Visits with their returns, by dyad and time: columns, of which a row is made when it is looked at.

    Args:
        visits: Visits that were judged and visits that can be returns.
        told: What became of each of them.
        rows: Positions of those judged, in order.
    """

    def __init__(self, visits: Visits, told: answering.Answers, rows: Ints) -> None:
        self.visits, self.told, self.rows = visits, told, rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return list(self._made(self.rows[index]))
        return next(self._made(self.rows[[index]]))

    def __iter__(self) -> Iterator[Return]:
        for at in range(0, len(self), picking.BLOCK):
            yield from self._made(self.rows[at : at + picking.BLOCK])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of any sequence that is compared by its items

    @property
    def judged(self) -> Visits:
        """The visits judged, as columns."""
        return self.visits.take(self.rows)

    @property
    def answer(self) -> Ints:
        """The answers, a column of ``answering``."""
        return self.told.answer[self.rows]

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the visits judged, then of those that answered them."""
        by = self.told.by[self.rows]
        rows = np.concatenate((self.rows, by[by >= 0]))
        return tuple(dict.fromkeys(picking.many(self.visits.events, rows)))

    @property
    def rate(self) -> Rate:
        """The share of visits returned."""
        return of_counts(np.bincount(self.answer, minlength=len(answering.NAMES)).tolist())

    def where(self, kept: Flags | Ints) -> Returns:
        """Those of a mask, or at positions."""
        return Returns(self.visits, self.told, self.rows[kept])

    def of(self, events: Container[str]) -> Returns:
        """Those whose visit is one of some events."""
        return self.where(np.array([event in events for event in self.judged.events], dtype=np.bool_))

    def _made(self, rows: Ints) -> Iterator[Return]:
        by = self.told.by[rows]
        answered = by >= 0
        visits = picking.many(self.visits.journeys, rows)
        back = iter(picking.many(self.visits.journeys, by[answered]))
        bounds = zip(self.told.least[rows].tolist(), self.told.most[rows].tolist(), strict=True)
        for visit, number, has, (least, most) in zip(
            visits, self.told.answer[rows].tolist(), answered.tolist(), bounds, strict=True
        ):
            yield Return(
                visit=visit,
                answer=Answer(answering.NAMES[number]),
                by=next(back) if has else None,
                days=Days(at_least=least, at_most=most) if has else None,
            )


def returns(
    given: Iterable[Event] | Visits,
    *,
    within: int = WITHIN,
    level: Collection[Level] = travel.EVERY_LEVEL,
    answered_by: Collection[Level] | None = None,
    multilateral: bool = False,
    as_of: date | None = None,
    codes: Mapping[str, tuple[str, str]] | None = None,
) -> Returns:
    """Every dated, held visit with its return, by dyad and time.

    Args:
        given: Events of any kind, or columns of visits.
        within: Days within which a return counts.
        level: Levels of traveller whose visits are judged.
        answered_by: Levels of traveller whose visits are returns; None for the same.
        multilateral: Whether visits to gatherings count.
        as_of: The day to look from; visits that are too recent to judge are ``open``.
        codes: Event id → codes of guest and host, to tell partners apart as a table of event data did;
            see ``journeys.recoded``.
    """
    wanted = frozenset(level), frozenset(level if answered_by is None else answered_by)
    every = columns.held(given, level=wanted[0] | wanted[1], multilateral=multilateral, as_of=as_of)
    if codes is not None:
        every = columns.of_journeys(travel.recoded(every.journeys, codes))
    dated = every.take(every.dated)
    if wanted[0] == wanted[1]:
        return _answered(dated, len(dated), dated.way, within, as_of)
    judged, others = (np.flatnonzero(columns.of_level(dated, each)) for each in wanted)
    both = dated.take(np.concatenate((judged, others)))
    return _answered(both, len(judged), _apart(both.way, len(judged)), within, as_of)


def _answered(visits: Visits, judged: int, way: Ints, within: int, as_of: date | None) -> Returns:
    """What became of the first rows of some visits, of which those that follow can only be returns."""
    until = as_of.toordinal() if as_of else None
    told = answering.answers(
        way, visits.first, visits.last, visits.events, visits.guest, within=within, as_of=until
    )
    rows = ordering.order(visits.dyad, visits.first, visits.last, visits.events, visits.guest)
    return Returns(visits, told, rows[rows < judged])


def _apart(way: Ints, judged: int) -> Ints:
    """Directions in which a judged visit looks at returns alone, and a return at judged visits alone."""
    return np.concatenate((way[:judged] * 2, (way[judged:] ^ 1) * 2 + 1))


def rate(rows: Iterable[Return]) -> Rate:
    """The share of visits returned, from some of the rows of ``returns``."""
    answers = [row.answer for row in rows]
    return of_counts([answers.count(Answer(name)) for name in answering.NAMES])


def of_counts(counts: Sequence[int]) -> Rate:
    """The same of how many visits have each answer, in the order of ``answering.NAMES``."""
    still_open = counts[answering.OPEN]
    return Rate(
        returned=counts[answering.RETURNED],
        perhaps=counts[answering.PERHAPS],
        at_risk=sum(counts) - still_open,
        open=still_open,
    )


def weights(found: Iterable[Journey], scheme: str = "equal") -> dict[tuple[str, str], float]:
    """The weighted number of visits for each ordered pair (guest, host)."""
    totals: dict[tuple[str, str], float] = {}
    for journey in found:
        value = levels.weight(scheme, journey.level, journey.subtype, multilateral=journey.multilateral)
        way = (journey.guest, journey.host)
        totals[way] = totals.get(way, 0.0) + value
    return totals


def from_weights(totals: dict[tuple[str, str], float]) -> tuple[float | None, float | None]:
    """(Σmin/Σmax, 2Σmin/Σw) of weights by ordered pair; None where nothing weighs anything."""
    pairs = sorted({(min(way), max(way)) for way in totals})
    both = [(totals.get((a, b), 0.0), totals.get((b, a), 0.0)) for a, b in pairs]
    least, most = sum(map(min, both)), sum(map(max, both))
    if not most:
        return None, None
    return least / most, 2 * least / (least + most)


def reciprocity(
    given: Iterable[Event] | Visits,
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = False,
    as_of: date | None = None,
) -> Reciprocity:
    """Weighted reciprocity of all held visits.

    Args:
        given: Events of any kind, or columns of visits; undated visits count too.
        scheme: A weighing scheme of ``data/weights.csv``.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
    """
    held = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    minmax, weighted = tables.reciprocity(held, scheme=scheme)
    ids = tuple(dict.fromkeys(columns.in_order(held).events))
    return Reciprocity(minmax=minmax, weighted=weighted, dyads=len(held.pairs), events=ids)


def over_chance(found: float, expected: float) -> float | None:
    """ρ = (r − ⟨r⟩)/(1 − ⟨r⟩): 0 for chance, 1 for full reciprocity; None if chance already gives 1."""
    return None if expected == 1 else (found - expected) / (1 - expected)
