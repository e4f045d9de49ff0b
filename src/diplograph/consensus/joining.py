"""Whether a report can join the reports of an event, and which of several events it joins.

Takes a report and clusters of reports, each with its seed first; gives the one it joins, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.consensus.likeness import (
    compatible,
    same_occasion,
    same_place,
    score,
    shared_persons,
    undated_match,
)
from diplograph.consensus.touch import family_of
from diplograph.model import EventType, Facts, Granularity, Report

LONGEST_STAY = 15  # days; a longer span tells when a visit may fall, not how long it lasts
_UNDATED = 10**6


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked of a report again and again while events are formed.

    Attributes:
        report: The report.
        family: What can be one event with it at all.
        order: When its turn comes: fine times before coarse ones before none; of a visit's dates in days,
            the whole stay first.
        first: First day that it can be of, as a number; 0 if it tells no time.
        last: The last day.
        fine: Whether its time is told in days.
    """

    report: Report
    family: str
    order: tuple[int, int, str]
    first: int
    last: int
    fine: bool

    @property
    def id(self) -> str:
        """The id of the report."""
        return self.report.id


def card_of(report: Report) -> Card:
    """The card of a report."""
    when = report.facts.when
    first = when.earliest_start().toordinal() if when.start else 0
    last = when.latest_end().toordinal() if when.start else 0
    days = last - first + 1 if first else _UNDATED
    fine = when.granularity is Granularity.DAY and days <= LONGEST_STAY
    rank = -days if fine and report.facts.type is EventType.VISIT else days
    order = (0 if fine else 1, rank, report.id)
    return Card(report, family_of(report), order, first, last, fine)


def can_join(card: Card, cluster: Sequence[Card]) -> bool:
    """Whether a report can tell of the same event as all of these."""
    if not _times_agree(card, cluster):
        return False
    report, head = card.report, cluster[0]
    if not all(compatible(report, member.report) for member in cluster):
        return False
    if not card.first or not head.first:
        return any(undated_match(report, member.report) for member in cluster)
    if report.facts.when.granularity is Granularity.YEAR:
        return any(_in_common(report.facts, member.report.facts) for member in cluster)
    return True


def home(card: Card, choices: list[Sequence[Card]]) -> Sequence[Card] | None:
    """The cluster that a report joins, of those that it can join."""
    if not choices:
        return None
    if card.fine:
        return min(choices, key=lambda c: ([-points for points in score(card.report, c[0].report)], c[0].id))
    # A vague report joins only where there is no doubt; a place or an occasion may settle it.
    choices = [c for c in choices if is_named(card, c)] or choices
    if len(choices) > 1:
        told = card.report.facts.when.edtf
        choices = [c for c in choices if c[0].report.facts.when.edtf == told]
    return choices[0] if len(choices) == 1 else None


def is_named(card: Card, cluster: Sequence[Card]) -> bool:
    """Whether a report names the place or the occasion of any of these."""
    return any(_same_where(card.report.facts, member.report.facts) for member in cluster)


def _times_agree(card: Card, cluster: Sequence[Card]) -> bool:
    """Whether the report falls into the time of the whole cluster.

    The stops of a visit lie anywhere within its whole stay, which is the seed of its cluster.
    """
    if not card.first:
        return True
    stay = card.fine and card.report.facts.type is EventType.VISIT
    members = cluster[:1] if stay else cluster
    return all(not m.first or (card.first <= m.last and m.first <= card.last) for m in members)


def _same_where(one: Facts, other: Facts) -> bool:
    return same_place(one.place, other.place) or same_occasion(one, other)


def _in_common(one: Facts, other: Facts) -> bool:
    return _same_where(one, other) or shared_persons(one, other) > 0
