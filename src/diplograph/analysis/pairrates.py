"""Sums up returned visits by pair, by guest or by host.

Definition: of the visits of a group, how many were returned within N days, surely and perhaps, how many are
still open, and the share of the others that was (``reciprocity.rate``); for a pair also the visits both ways
and what of them is reciprocated, 2·min(w, w')/(w + w').

Takes the rows of ``reciprocity.returns``; gives a ``GroupRate`` for each group, the largest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from diplograph.analysis import journeys as travel
from diplograph.analysis import reciprocity
from diplograph.analysis.reciprocity import Return


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
        events: Event ids of the visits and of what answered them.
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
    events: tuple[str, ...]


def grouped(rows: Iterable[Return], by: Group, *, scheme: str = "equal") -> tuple[GroupRate, ...]:
    """The rates of each group.

    Args:
        rows: From ``reciprocity.returns``.
        by: What visits are summed up by.
        scheme: A weighing scheme of ``data/weights.csv``, for a pair's reciprocity.
    """
    found: dict[tuple[str, ...], list[Return]] = {}
    for row in rows:
        key = {
            Group.PAIR: row.visit.dyad,
            Group.GUEST: (row.visit.guest,),
            Group.HOST: (row.visit.host,),
        }[by]
        found.setdefault(key, []).append(row)
    made = [_rate(key, own, by, scheme) for key, own in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.visits, one.states)))


def _rate(key: tuple[str, ...], own: list[Return], by: Group, scheme: str) -> GroupRate:
    rate = reciprocity.rate(own)
    visits = [row.visit for row in own]
    pair = by is Group.PAIR
    return GroupRate(
        states=key,
        visits=len(own),
        there=sum(visit.guest == key[0] for visit in visits) if pair else None,
        back=sum(visit.host == key[0] for visit in visits) if pair else None,
        returned=rate.returned,
        perhaps=rate.perhaps,
        open=rate.open,
        share=rate.at_least,
        share_at_most=rate.at_most,
        reciprocity=reciprocity.from_weights(reciprocity.weights(visits, scheme))[1] if pair else None,
        events=tuple(dict.fromkeys((*travel.ids(visits), *(e for row in own for e in row.events)))),
    )
