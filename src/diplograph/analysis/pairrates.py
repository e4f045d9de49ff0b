"""Sums up returned visits by pair, by guest or by host.

Definition: of the visits of a group, how many were returned within N days, surely and perhaps, how many are
still open, and the share of the others that was (``reciprocity.rate``); for a pair also the visits both ways
and what of them is reciprocated, 2·min(w, w')/(w + w').

Takes what ``reciprocity.returns`` gives; gives a ``GroupRate`` for each group, the largest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from diplograph.analysis import columns, ordering
from diplograph.analysis.columns import Visits
from diplograph.analysis.ordering import Flags, Floats, Ints
from diplograph.analysis.reciprocity import Returns


class Group(StrEnum):
    """What visits are summed up by."""

    PAIR = "pair"
    GUEST = "guest"
    HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRate:
    """The returned visits of one group.

    Attributes:
        states: Codes: of a pair both, else of the guest or host.
        visits: Dated visits judged.
        there: Of a pair, visits of the first to the second.
        back: Of a pair, visits of the second to the first.
        returned: Visits surely returned in time.
        perhaps: Visits perhaps returned in time.
        open: Visits too recent to judge.
        share: Returned over those that are not open; None if all are.
        share_at_most: The same with those perhaps returned.
        reciprocity: Of a pair, 2·min/sum of the weights; else None.
        own: The visits with their returns.
    """

    states: tuple[str, ...]
    visits: int
    there: int | None
    back: int | None
    returned: int
    perhaps: int
    open: int
    share: float | None
    share_at_most: float | None
    reciprocity: float | None
    own: Returns = field(repr=False)

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids of the visits and of what answered them."""
        return self.own.events


def grouped(found: Returns, by: Group, *, scheme: str = "equal") -> tuple[GroupRate, ...]:
    """The rates of each group.

    Args:
        found: From ``reciprocity.returns``.
        by: What visits are summed up by.
        scheme: A weighing scheme of ``data/weights.csv``, for a pair's reciprocity.
    """
    visits = found.judged
    key = {Group.PAIR: visits.dyad, Group.GUEST: visits.guest, Group.HOST: visits.host}[by]
    weight = columns.weights(visits, scheme)
    made = [_rate(found, visits, rows, by, weight) for rows in ordering.groups(key)]
    return tuple(sorted(made, key=lambda one: (-one.visits, one.states)))


def _rate(found: Returns, visits: Visits, rows: Ints, by: Group, weight: Floats) -> GroupRate:
    first = int(rows[0])
    there = visits.guest[rows] < visits.host[rows]
    own = found.where(rows)
    rate, pair = own.rate, by is Group.PAIR
    codes = {Group.GUEST: visits.guest, Group.HOST: visits.host}
    return GroupRate(
        states=visits.pair_of(first) if pair else (visits.states[codes[by][first]],),
        visits=len(rows),
        there=int(there.sum()) if pair else None,
        back=int((~there).sum()) if pair else None,
        returned=rate.returned,
        perhaps=rate.perhaps,
        open=rate.open,
        share=rate.at_least,
        share_at_most=rate.at_most,
        reciprocity=_reciprocity(weight[rows], there) if pair else None,
        own=own,
    )


def _reciprocity(weight: Floats, there: Flags) -> float | None:
    out, home = (float(weight[way].sum()) for way in (there, ~there))
    return 2 * min(out, home) / (out + home) if out + home else None
