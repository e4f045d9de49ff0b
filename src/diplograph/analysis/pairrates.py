"""Sums up returned visits by pair, by guest or by host.

Definition: of the visits of a group, how many were returned within N days, surely and perhaps, how many are
still open, and the share of the others that was (``reciprocity.rate``); for a pair also the visits both ways
and what of them is reciprocated, 2·min(w, w')/(w + w').

Takes what ``reciprocity.returns`` gives; gives a ``GroupRate`` for each group, the largest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from diplograph.analysis import answering, columns, ordering, reciprocity
from diplograph.analysis.columns import Visits
from diplograph.analysis.ordering import Floats, Ints
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
    members = ordering.groups(key)
    place = np.unique(key, return_inverse=True)[1]
    there = visits.guest < visits.host
    weight = columns.weights(visits, scheme)
    sums = zip(
        _table(place, found.answer, len(members), len(answering.NAMES)),
        _table(place, there.astype(np.int64), len(members), 2),
        _table(place, there.astype(np.int64), len(members), 2, weight),
        strict=True,
    )
    made = [
        _rate(found.where(rows), _states(visits, int(rows[0]), by), *told, pair=by is Group.PAIR)
        for rows, told in zip(members, sums, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: (-one.visits, one.states)))


def _table(place: Ints, kind: Ints, groups: int, kinds: int, weight: Floats | None = None) -> list[Any]:
    """For each group how many rows there are of each kind, or how much they weigh."""
    counted = np.bincount(place * kinds + kind, weight, groups * kinds)
    table: list[Any] = counted.reshape(groups, kinds).tolist()
    return table


def _states(visits: Visits, row: int, by: Group) -> tuple[str, ...]:
    if by is Group.PAIR:
        return visits.pair_of(row)
    return (visits.states[(visits.guest if by is Group.GUEST else visits.host)[row]],)


def _rate(
    own: Returns,
    states: tuple[str, ...],
    answers: list[int],
    ways: list[int],
    weights: list[float],
    *,
    pair: bool,
) -> GroupRate:
    rate = reciprocity.of_counts(answers)
    both = sum(weights)
    return GroupRate(
        states=states,
        visits=len(own),
        there=ways[1] if pair else None,
        back=ways[0] if pair else None,
        returned=rate.returned,
        perhaps=rate.perhaps,
        open=rate.open,
        share=rate.at_least,
        share_at_most=rate.at_most,
        reciprocity=2 * min(weights) / both if pair and both else None,
        own=own,
    )
