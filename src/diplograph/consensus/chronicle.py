"""When an event is, and how its status moved: the two fields in which reports build on each other.

Takes the reports of one event by date of publication; gives steps and values with their decisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.model import (
    UNRESOLVED,
    Decision,
    EventType,
    Granularity,
    Report,
    Status,
    StatusStep,
    TimeSpan,
)

# On one day of publication the later stage is the newer news.
_STAGES = (Status.PROPOSED, Status.PLANNED, Status.POSTPONED, Status.CANCELLED, Status.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status that holds, and the decision if reports differ."""

    value: Status
    decision: Decision | None = None


def history(reports: Sequence[Report]) -> tuple[tuple[StatusStep, ...], Verdict]:
    """Every step of the status by date of publication, and where it stands at the end.

    What was held stays held; before that, the latest word counts.
    """
    ordered = sorted(reports, key=_by_publication)
    steps = [StatusStep(status=r.facts.status, report=r.id, published=r.published) for r in ordered]
    stood = Status.HELD if any(s.status is Status.HELD for s in steps) else steps[-1].status
    supporting = tuple(sorted(s.report for s in steps if s.status is stood))
    others = tuple(sorted(s.report for s in steps if s.status is not stood))
    if not others:
        return tuple(steps), Verdict(value=stood)
    # Earlier stages do not contradict; a status told after the final one does.
    last = max(n for n, s in enumerate(steps) if s.status is stood)
    late = tuple(sorted(s.report for s in steps[last + 1 :]))
    rule = "held-stays" if late else "latest-publication"
    decision = Decision(field="status", rule=rule, supporting=supporting, contradicting=late)
    return tuple(steps), Verdict(value=stood, decision=decision)


def _by_publication(report: Report) -> tuple[str, int, str]:
    day = report.published.isoformat() if report.published else ""
    return day, _STAGES.index(report.facts.status), report.id


def decide_when(reports: Sequence[Report]) -> tuple[TimeSpan, Decision | None]:
    """The time that holds: the finest told, and of a visit the whole stay.

    A vaguer time that contains it agrees; only a time that goes beyond it on either side contradicts.
    """
    dated = [r for r in reports if r.facts.when.start]
    if not dated:
        return _phrased(UNRESOLVED, reports), None
    counts = Counter(r.facts.when.edtf for r in dated)
    chosen = min(dated, key=lambda r: (*_precision(r), -counts[r.facts.when.edtf], r.facts.when.edtf))
    when = chosen.facts.when
    if len(counts) == 1:
        return _phrased(when, dated), None
    agreeing = tuple(sorted(r.id for r in dated if _agrees(r.facts.when, when)))
    against = tuple(sorted(r.id for r in dated if not _agrees(r.facts.when, when)))
    decision = Decision(field="when", rule="finest", supporting=agreeing, contradicting=against)
    return _phrased(when, dated), decision


def _precision(report: Report) -> tuple[int, int]:
    when = report.facts.when
    unit = (Granularity.DAY, Granularity.MONTH, Granularity.YEAR).index(when.granularity)
    days = (when.latest_end() - when.earliest_start()).days
    stay = report.facts.type is EventType.VISIT and unit == 0
    return unit, -days if stay else days


def _agrees(told: TimeSpan, holds: TimeSpan) -> bool:
    """Whether one of the two lies within the other, or one is told so vaguely that both can be right."""
    if told.granularity is not holds.granularity:
        return told.overlaps(holds)
    inner, outer = sorted((told, holds), key=lambda w: w.latest_end() - w.earliest_start())
    return outer.earliest_start() <= inner.earliest_start() and inner.latest_end() <= outer.latest_end()


def _phrased(when: TimeSpan, reports: Sequence[Report]) -> TimeSpan:
    """The span in the words of the report that comes first by id, so that order does not show."""
    same = [r for r in reports if r.facts.when.edtf == when.edtf]
    return min(same, key=lambda r: r.id).facts.when if same else when
