"""Asks in which of three ways each of two states answers the other: the models of Patchen and Bogumil.

With x(t) what one state does to the other in period t, and y(t) what it is done:

- *simple*: its level follows the other's: x(t) = α + β·y(t−1);
- *trend*: its change follows the other's change: Δx(t) = α + β·Δy(t−1);
- *comparative*: its change follows the difference between the two: Δx(t) = α + β·(y(t−1) − x(t−1)).

β > 0 is reciprocity in that sense. Reference: Patchen and Bogumil (1995), "Testing alternative models of
reciprocity against interaction during the Cold War", Conflict Management and Peace Science 14:163.

p is one-sided and exact under the hypothesis that the two series are not aligned in time: the share of all
circular shifts of y, the observed one among them, whose β is at least as large. So it needs no normal errors
and keeps the autocorrelation of each series, but with n periods it cannot be below 1/n. Caution: x(t−1)
stands on both sides of the comparative model, so that β is above 0 by regression to the mean alone, which
the shifts, unlike a t test, take into account.

Takes two series of numbers of equal length, or a ``series.Series``; gives a ``Response`` for each model and
each side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from diplograph.analysis.ordering import Floats
from diplograph.analysis.series import Point, Series

SHORTEST: Final = 6
SMALL: Final = 1e-12


class Way(StrEnum):
    """How a state answers."""

    SIMPLE = "simple"
    TREND = "trend"
    COMPARATIVE = "comparative"


class What(StrEnum):
    """What is taken for a state's conduct in a period."""

    VISITS = "visits"
    SCORE = "score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How one state answers the other under one model.

    Attributes:
        actor: Code of the state that answers.
        other: Code of the state it answers.
        way: The model.
        beta: The slope; None if the other's conduct never varies or there are too few periods.
        alpha: The level.
        r2: The share of the variance that the model accounts for.
        p: One-sided p value by circular shifts.
        periods: How many periods enter.
        events: Event ids behind the series.
    """

    actor: str
    other: str
    way: Way
    beta: float | None
    alpha: float | None
    r2: float | None
    p: float | None
    periods: int
    events: tuple[str, ...] = ()


def responses(given: Series, what: What = What.VISITS) -> tuple[Response, ...]:
    """All three models for both sides of a pair, from its series."""
    a, b = given.states
    x, y = ([_conduct(point, side, what) for point in given.points] for side in (0, 1))
    events = tuple(dict.fromkeys(event for point in given.points for event in point.events))
    return tuple(
        _named(respond(mine, theirs, way), actor, other, events)
        for way in Way
        for actor, other, mine, theirs in ((a, b, x, y), (b, a, y, x))
    )


def _conduct(point: Point, side: int, what: What) -> float:
    if what is What.SCORE:
        return (point.a_score, point.b_score)[side]
    return float((point.a_to_b, point.b_to_a)[side].sure)


def _named(found: Response, actor: str, other: str, events: tuple[str, ...]) -> Response:
    from dataclasses import replace

    return replace(found, actor=actor, other=other, events=events)


def respond(mine: Sequence[float], theirs: Sequence[float], way: Way) -> Response:
    """One model of one side.

    Args:
        mine: What the state does in each period.
        theirs: What the other does in each period.
        way: The model.

    Raises:
        ValueError: If the two are not of equal length.
    """
    if len(mine) != len(theirs):
        raise ValueError(f"the two series must be as long as one another: {len(mine)} and {len(theirs)}")
    x, y = np.array(mine, dtype=np.float64), np.array(theirs, dtype=np.float64)
    if len(x) < SHORTEST:
        return _unknown(way, len(x))
    outcome, cause = _sides(x, y, way)
    fitted = _fit(cause, outcome)
    if fitted is None:
        return _unknown(way, len(outcome))
    alpha, beta, r2 = fitted
    shifted = (_fit(*_sides(x, np.roll(y, shift), way)[::-1]) for shift in range(1, len(y)))
    others = [found[1] if found else 0.0 for found in shifted]
    p = (1 + sum(other >= beta - SMALL for other in others)) / (1 + len(others))
    return Response(actor="", other="", way=way, beta=beta, alpha=alpha, r2=r2, p=p, periods=len(outcome))


def _unknown(way: Way, periods: int) -> Response:
    return Response(actor="", other="", way=way, beta=None, alpha=None, r2=None, p=None, periods=periods)


def _sides(x: Floats, y: Floats, way: Way) -> tuple[Floats, Floats]:
    """What is explained, and by what."""
    if way is Way.SIMPLE:
        return x[1:], y[:-1]
    if way is Way.TREND:
        return np.diff(x)[1:], np.diff(y)[:-1]
    return np.diff(x), (y - x)[:-1]


def _fit(cause: Floats, outcome: Floats) -> tuple[float, float, float] | None:
    """Least squares: level, slope and share of variance; None if the cause does not vary."""
    spread = cause - cause.mean()
    total = float(spread @ spread)
    if total < SMALL:
        return None
    rest = outcome - outcome.mean()
    beta = float(spread @ rest) / total
    variance = float(rest @ rest)
    r2 = beta**2 * total / variance if variance > SMALL else 0.0
    return float(outcome.mean() - beta * cause.mean()), beta, r2
