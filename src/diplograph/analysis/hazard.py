"""Tells how likely the next visit is, given how long there has been none.

Definitions: the time at risk runs from the first day of a visit to the first day of the pair's next visit; a
gap that still lasts on the as-of day is *censored* there. S(t), the probability that no visit has come within
t days, is estimated by Kaplan and Meier (1958, J. Am. Stat. Assoc. 53:457), the cumulative hazard H(t) by
Nelson and Aalen (Aalen 1978, Ann. Stat. 6:701), the variance of S by Greenwood's formula. Two groups of gaps
are compared by the log-rank test (Mantel 1966, Cancer Chemother. Rep. 50:163), two-sided, χ² with one degree
of freedom.
Where dates are coarse each gap has bounds, and so has S: it is estimated once with all gaps at their shortest
and once at their longest, and the truth lies between.

Preconditions: one gap at least; a curve says nothing beyond the longest gap.
Takes gaps (of ``tempo``), of one pair or of many; gives a ``Curve``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diplograph.analysis.tempo import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time at risk: its days, whether a visit ended it, and the event ids around it."""

    days: int
    ended: bool
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The curve from one day on.

    Attributes:
        days: The day.
        at_risk: Gaps that had lasted as long.
        visits: Gaps that a visit ended on that day.
        survival: S, the probability that a gap lasts longer.
        error: Its standard error.
        hazard: H, the cumulative hazard.
        events: Event ids around the gaps that ended on that day.
    """

    days: int
    at_risk: int
    visits: int
    survival: float
    error: float
    hazard: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How long gaps last.

    Attributes:
        steps: One for each length at which a gap ended, in order.
        gaps: How many gaps there are.
        open: How many of them still last.
    """

    steps: tuple[Step, ...]
    gaps: int
    open: int

    def survival(self, days: float) -> float:
        """The probability that a gap lasts longer than so many days."""
        return next((step.survival for step in reversed(self.steps) if step.days <= days), 1.0)

    @property
    def median(self) -> int | None:
        """Days within which half of the gaps have ended; None if fewer ever did."""
        return next((step.days for step in self.steps if step.survival <= 0.5), None)

    def next_within(self, days: int, waited: int) -> float | None:
        """The probability of a visit within so many days, given how long one has waited.

        None where no gap lasted so long, so that nothing is known.
        """
        left = self.survival(waited)
        return None if left <= 0 else 1 - self.survival(waited + days) / left


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The curve with all gaps at their shortest and at their longest; the same where dates are exact."""

    shortest: Curve
    longest: Curve


def spells(gaps: Iterable[Gap], *, longest: bool = False) -> tuple[Spell, ...]:
    """Gaps as times at risk, at their shortest or at their longest."""
    return tuple(
        Spell(
            days=gap.days.at_most if longest else max(0, gap.days.at_least),
            ended=gap.after is not None,
            events=gap.events,
        )
        for gap in gaps
    )


def bounds(gaps: Sequence[Gap]) -> Bounds:
    """The curves of gaps at their shortest and at their longest."""
    return Bounds(shortest=curve(spells(gaps)), longest=curve(spells(gaps, longest=True)))


def curve(given: Sequence[Spell]) -> Curve:
    """The Kaplan–Meier and Nelson–Aalen estimates."""
    steps: list[Step] = []
    survival, hazard, sum_of_terms = 1.0, 0.0, 0.0
    for days in sorted({spell.days for spell in given if spell.ended}):
        at_risk = sum(spell.days >= days for spell in given)
        here = [spell for spell in given if spell.ended and spell.days == days]
        survival *= 1 - len(here) / at_risk
        hazard += len(here) / at_risk
        if at_risk > len(here):
            sum_of_terms += len(here) / (at_risk * (at_risk - len(here)))
        events = tuple(dict.fromkeys(event for spell in here for event in spell.events))
        steps.append(
            Step(
                days=days,
                at_risk=at_risk,
                visits=len(here),
                survival=survival,
                error=survival * math.sqrt(sum_of_terms),
                hazard=hazard,
                events=events,
            )
        )
    return Curve(steps=tuple(steps), gaps=len(given), open=sum(not spell.ended for spell in given))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """Two groups of gaps compared: visits seen and expected in the first, χ² and p."""

    seen: int
    expected: float
    chi2: float
    p: float


def log_rank(one: Sequence[Spell], other: Sequence[Spell]) -> LogRank | None:
    """Whether gaps of two groups end equally fast; None where nothing can tell them apart."""
    seen, expected, variance = 0, 0.0, 0.0
    for days in sorted({spell.days for spell in (*one, *other) if spell.ended}):
        mine = sum(spell.days >= days for spell in one)
        all_ = mine + sum(spell.days >= days for spell in other)
        ended = sum(spell.ended and spell.days == days for spell in (*one, *other))
        seen += sum(spell.ended and spell.days == days for spell in one)
        expected += ended * mine / all_
        if all_ > 1:
            variance += ended * (mine / all_) * (1 - mine / all_) * (all_ - ended) / (all_ - 1)
    if variance <= 0:
        return None
    chi2 = (seen - expected) ** 2 / variance
    # The tail of χ² with one degree of freedom is that of a squared normal.
    return LogRank(seen=seen, expected=expected, chi2=chi2, p=math.erfc(math.sqrt(chi2 / 2)))
