"""The nouns of diplograph: frozen dataclasses without I/O and without third-party imports."""

from diplograph.model.document import Document, Segment, SegmentKind
from diplograph.model.entity import Occasion, Participant, PlaceName, State, Tenure, Topic
from diplograph.model.event import Decision, Event, StatusStep
from diplograph.model.evidence import Evidence
from diplograph.model.report import EventType, Facts, Polarity, Report, Status
from diplograph.model.timespan import UNRESOLVED, Granularity, TimeSpan, first_day, last_day

__all__ = [
    "UNRESOLVED",
    "Decision",
    "Document",
    "Event",
    "EventType",
    "Evidence",
    "Facts",
    "Granularity",
    "Occasion",
    "Participant",
    "PlaceName",
    "Polarity",
    "Report",
    "Segment",
    "SegmentKind",
    "State",
    "Status",
    "StatusStep",
    "Tenure",
    "TimeSpan",
    "Topic",
    "first_day",
    "last_day",
]
