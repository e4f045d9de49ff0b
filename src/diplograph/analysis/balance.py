"""Counts visits both ways.

Definition: for a dyad (a, b), with a before b in the alphabet, *balance* = visits a→b − visits b→a; positive
where a travels more. Weighted by a scheme of ``data/weights.csv`` on request. Undated visits count.

Takes events, or columns of visits; gives a row for each dyad, or for each state (journeys made and received).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from diplograph.analysis import columns, picking
from diplograph.analysis import journeys as travel
from diplograph.analysis.columns import Visits
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import Floats, Ints
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
    def turned(self) -> Balance:
        """The same, seen from the other state."""
        return Balance(
            a=self.b,
            b=self.a,
            out=self.back,
            back=self.out,
            weight_out=self.weight_back,
            weight_back=self.weight_out,
        )

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


def balances(
    given: Iterable[Event] | Visits,
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> tuple[Balance, ...]:
    """The balance of each dyad with held visits, sorted by dyad.

    Args:
        given: Events of any kind, or columns of visits.
        scheme: A weighing scheme of ``data/weights.csv``.
        level: Levels of traveller that count.
        multilateral: Whether visits to gatherings count.
        as_of: Leave out what had not begun by that day.
    """
    visits = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    weight = columns.weights(visits, scheme)
    return tuple(_row(visits, weight, own) for own in columns.in_groups(visits, visits.dyad))


def balance(
    given: Iterable[Event] | Visits,
    a: str,
    b: str,
    *,
    scheme: str = "equal",
    level: Collection[Level] = travel.EVERY_LEVEL,
    multilateral: bool = True,
    as_of: date | None = None,
) -> Balance:
    """The balance of one dyad as asked, a first; all zero where no visit is recorded."""
    every = columns.held(given, level=level, multilateral=multilateral, as_of=as_of)
    found = next(iter(balances(columns.between(every, a, b), scheme=scheme)), Balance(a=a, b=b))
    return found if found.a == a else found.turned


def _row(visits: Visits, weight: Floats, rows: Ints) -> Balance:
    a, b = visits.pair_of(int(rows[0]))
    there = visits.guest[rows] < visits.host[rows]
    return Balance(
        a=a,
        b=b,
        out=_ids(visits, rows[there]),
        back=_ids(visits, rows[~there]),
        weight_out=float(weight[rows[there]].sum()),
        weight_back=float(weight[rows[~there]].sum()),
    )


def _ids(visits: Visits, rows: Ints) -> tuple[str, ...]:
    return tuple(dict.fromkeys(picking.many(visits.events, rows)))


def states(
    given: Iterable[Event] | Visits, *, multilateral: bool = True, as_of: date | None = None
) -> tuple[StateBalance, ...]:
    """Journeys made and received by each state that has any, sorted by code."""
    visits = columns.held(given, multilateral=multilateral, as_of=as_of)
    made, received = (
        {int(code[own[0]]): _ids(visits, own) for own in columns.in_groups(visits, code)}
        for code in (visits.guest, visits.host)
    )
    return tuple(
        StateBalance(state=visits.states[code], made=made.get(code, ()), received=received.get(code, ()))
        for code in sorted({*made, *received})
    )
