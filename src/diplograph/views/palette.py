"""The colours and shapes of every picture: the Okabe–Ito palette, which colour-blind readers can tell apart.

Kinds of thing differ by colour and by shape; certainty is form (filled, hollow, dashed, struck). The same
names are variables of ``templates/style.css``, where light and dark are set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from diplograph.model import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one kind of thing is drawn in the graph: the shape of vis-network, and the colour in light mode."""

    kind: str
    label: str
    shape: str
    colour: str


STATE: Final = Look(kind="state", label="State", shape="box", colour="#1f2933")
LEADER: Final = Look(kind="leader", label="Leader", shape="dot", colour="#CC79A7")
ISSUE: Final = Look(kind="issue", label="Issue", shape="hexagon", colour="#E69F00")

EVENTS: Final[Mapping[EventType, Look]] = {
    EventType.VISIT: Look(kind="visit", label="Visit", shape="box", colour="#0072B2"),
    EventType.MEETING: Look(kind="meeting", label="Meeting", shape="ellipse", colour="#767676"),
    EventType.CALL: Look(kind="call", label="Call", shape="triangleDown", colour="#767676"),
    EventType.AGREEMENT: Look(kind="agreement", label="Agreement", shape="star", colour="#009E73"),
    EventType.TENSION: Look(kind="tension", label="Tension", shape="diamond", colour="#D55E00"),
    EventType.STATEMENT_OF_INTENT: Look(
        kind="statement-of-intent", label="Statement of intent", shape="triangle", colour="#56B4E9"
    ),
    EventType.OTHER: Look(kind="other", label="Other act", shape="square", colour="#8a8f98"),
}

CONTACT: Final = "#0072B2"
TENSION: Final = "#D55E00"
