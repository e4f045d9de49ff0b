"""The visits of the HistoryAtState tables as events: foreign leaders to the United States, its own abroad.

Facts (who, where, when) of the Office of the Historian, US Department of State, in the public domain; see
``data/README.md``. They ship so that figures and examples can be computed anywhere, without a store.

Takes nothing; gives events, and the partners as the tables code them (``journeys.recoded``).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Final

from diplograph import resources
from diplograph.model import Event, EventType, Facts, Participant, Status, TimeSpan

TABLE: Final = "data/historyatstate.csv"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with resources.path(TABLE).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def historyatstate() -> tuple[Event, ...]:
    """The visits as held events, in order of time; none has a report in a store."""
    return tuple(_event(row) for row in _rows())


def codes() -> Mapping[str, tuple[str, str]]:
    """For each event the codes of guest and host in the tables, such as ``korea-south``."""
    return {row["event"]: (row["guest_code"], row["host_code"]) for row in _rows()}


def _event(row: Mapping[str, str]) -> Event:
    traveller = Participant(
        name=row["name"], person=row["person"], state=row["guest"], office=row["office"] or None
    )
    facts = Facts(
        type=EventType.VISIT,
        status=Status.HELD,
        states=(row["guest"], row["host"]),
        guests=(row["guest"],),
        host=row["host"],
        when=TimeSpan.parse(row["edtf"]),
        participants=(traveller,) if row["name"] else (),
    )
    return Event(id=row["event"], facts=facts, reports=())
