"""Counts visits both ways.

Definition: for a dyad (a, b), with a before b in the alphabet, *balance* = visits a→b − visits b→a; positive
where a travels more. Weighted by a scheme of ``data/weights.csv`` on request. Undated visits count.

Takes events; gives a row for each dyad, or for each state (journeys made and received).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from diplograph.analysis import journeys as travel
from diplograph.analysis.journeys import Journey
from diplograph.analysis.levels import Level
from diplograph.analysis.reciprocity import weights
from diplograph.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The visits of one dyad both ways.

    Attributes:
        a: Code of one state.
        b: Code of the other.
        out: Event ids of visits a→b, in order of time.
        back: Event ids of visits b→a, in order of time.
        weight_out: Weighted number of visits a→b.
        weight_back: Weighted number of visits b→a.
    """

    a: str
    b: str
    out: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    weight_out: float = 0.0
    weight_back: float = 0.0

    @property
    def difference(self) -> int:
        """Visits a→b less visits b→a."""
        return len(self.out) - len(self.back)

    @property
    def weighted_difference(self) -> float:
        """The same of the weights."""
        return self.weight_out - self.weight_back


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBalance:
    """The journeys that one state made and received, by event id."""

    state: str
    made: tuple[str, ...]
    received: tuple[str, ...]

    @property
    def difference(self) -> int:
        """Journeys made less journeys received."""
        return len(self.made) - len(self.received)


def _row(a: str, b: str, visits: Collection[Journey], scheme: str) -> Balance:
    totals = weights(visits, scheme)
    return Balance(
        a=a,
        b=b,
        out=travel.ids([j for j in visits if j.guest == a]),
        back=travel.ids([j for j in visits if j.guest == b]),
        weight_out=totals.get((a, b), 0.0),
        weight_back=totals.get((b, a), 0.0),
    )


def balances(
    events: Iterable[Event],
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> tuple[Balance, ...]:
    """The balance of each dyad with held visits, sorted by dyad.

    Args:
        events: Events of any kind.
        scheme: A weighing scheme of ``data/weights.csv``.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
    """
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    return tuple(_row(a, b, visits, scheme) for (a, b), visits in travel.by_dyad(held).items())


def balance(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Balance:
    """The balance of one dyad as asked, a first; all zero where no visit is recorded."""
    held = travel.journeys(events, level=level, multilateral=multilateral, as_of=as_of)
    return _row(a, b, travel.between_states(held, a, b), scheme)


def states(
    events: Iterable[Event], *, multilateral: bool = True, as_of: date | None = None
) -> tuple[StateBalance, ...]:
    """Journeys made and received by each state that has any, sorted by code."""
    held = travel.journeys(events, multilateral=multilateral, as_of=as_of)
    made: dict[str, list[Journey]] = {}
    received: dict[str, list[Journey]] = {}
    for journey in held:
        made.setdefault(journey.guest, []).append(journey)
        received.setdefault(journey.host, []).append(journey)
    return tuple(
        StateBalance(
            state=code, made=travel.ids(made.get(code, [])), received=travel.ids(received.get(code, []))
        )
        for code in sorted({*made, *received})
    )
