"""An event: what the reports that tell of it come to, and how that was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diplograph.model.report import Facts, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusStep:
    """A status that the event had, by the report that said so."""

    status: Status
    report: str
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why a field of an event has its value: the rule, and the reports for and against."""

    field: str
    rule: str
    supporting: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A cluster of reports of one event.

    Attributes:
        id: 32 hexadecimal digits, derived from its reports.
        facts: The consensus.
        reports: Ids of its reports, sorted.
        history: How its status moved, by date of publication.
        decisions: One for each field on which reports differ.
        confidence: Of the consensus, 0 to 1.
        part_of: Id of the visit that a meeting belongs to.
    """

    id: str
    facts: Facts
    reports: tuple[str, ...]
    history: tuple[StatusStep, ...] = ()
    decisions: tuple[Decision, ...] = ()
    confidence: float = 1.0
    part_of: str | None = None
