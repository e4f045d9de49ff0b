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

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from diplograph.analysis import answering, columns, levels
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Ints
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import Level
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


def returns(
    events: Iterable[Event],
    *,
    within: int = WITHIN,
    level: Collection[Level] = travel.EVERY_LEVEL,
    answered_by: Collection[Level] | None = None,
    multilateral: bool = False,
    as_of: date | None = None,
    codes: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[Return, ...]:
    """Every dated, held visit with its return, by dyad and time.

    Args:
        events: Events of any kind.
        within: Days within which a return counts.
        level: Levels of traveller whose visits are judged.
        answered_by: Levels of traveller whose visits are returns; None for the same.
        multilateral: Whether visits to gatherings count.
        as_of: The day to look from; visits that are too recent to judge are ``open``.
        codes: Event id → codes of guest and host, to tell partners apart as a table of event data did;
            see ``journeys.recoded``.
    """
    wanted = frozenset(level), frozenset(level if answered_by is None else answered_by)
    every = travel.journeys(events, level=wanted[0] | wanted[1], multilateral=multilateral, as_of=as_of)
    told = every if codes is None else travel.recoded(every, codes)
    dated = [j for j in told if j.dated]
    judged, others = ([j for j in dated if j.level in each] for each in wanted)
    return of_journeys(judged, others if wanted[0] != wanted[1] else None, within=within, as_of=as_of)


def of_journeys(
    judged: Sequence[Journey],
    others: Sequence[Journey] | None = None,
    *,
    within: int = WITHIN,
    as_of: date | None = None,
) -> tuple[Return, ...]:
    """The same of dated journeys, whichever they are; ``others`` are those that can be returns."""
    both = [*judged, *(others or ())]
    visits = columns.of_journeys(both)
    until = as_of.toordinal() if as_of else None
    way = visits.way if others is None else _apart(visits.way, len(judged))
    told = answering.answers(
        way, visits.first, visits.last, visits.events, visits.guest, within=within, as_of=until
    )
    rows = columns.order(visits.dyad, visits.first, visits.last, visits.events, visits.guest)
    return tuple(_row(both, told, row) for row in rows.tolist() if row < len(judged))


def _apart(way: Ints, judged: int) -> Ints:
    """Directions in which a judged visit looks at returns alone, and a return at judged visits alone."""
    return np.concatenate((way[:judged] * 2, (way[judged:] ^ 1) * 2 + 1))


def _row(found: Sequence[Journey], told: answering.Answers, row: int) -> Return:
    by = int(told.by[row])
    return Return(
        visit=found[row],
        answer=Answer(answering.NAMES[told.answer[row]]),
        by=found[by] if by >= 0 else None,
        days=Days(at_least=int(told.least[row]), at_most=int(told.most[row])) if by >= 0 else None,
    )


def rate(rows: Iterable[Return]) -> Rate:
    """The share of visits returned, from the rows of ``returns``."""
    answers = [row.answer for row in rows]
    still_open = answers.count(Answer.OPEN)
    return Rate(
        returned=answers.count(Answer.RETURNED),
        perhaps=answers.count(Answer.PERHAPS),
        at_risk=len(answers) - still_open,
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
    events: Iterable[Event],
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = False,
    as_of: date | None = None,
) -> Reciprocity:
    """Weighted reciprocity of all held visits.

    Args:
        events: Events of any kind; undated visits count too.
        scheme: A weighing scheme of ``data/weights.csv``.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
    """
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    minmax, weighted = from_weights(weights(held, scheme))
    dyads = len({journey.dyad for journey in held})
    return Reciprocity(minmax=minmax, weighted=weighted, dyads=dyads, events=travel.ids(held))


def over_chance(found: float, expected: float) -> float | None:
    """ρ = (r − ⟨r⟩)/(1 − ⟨r⟩): 0 for chance, 1 for full reciprocity; None if chance already gives 1."""
    return None if expected == 1 else (found - expected) / (1 - expected)
