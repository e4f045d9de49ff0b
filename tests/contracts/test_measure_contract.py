"""What every measure does: our own, and that of a package from outside."""

from __future__ import annotations

import json
from datetime import date

import pytest

from diplograph.analysis import plugged
from diplograph.analysis.periods import Period
from diplograph.plugins import BUILTINS, Socket
from made_reports import TENURES

NAMES = [*BUILTINS[Socket.MEASURE], "hosts"]
OFFERED = {"names": {"KOR": "South Korea", "JPN": "Japan"}, "tenures": TENURES, "as_of": date(2026, 1, 31)}
OPTIONS = {"compare": {"first": Period.years(2024, 2024), "second": Period.years(2025, 2025)}}

pytestmark = pytest.mark.usefixtures("example")


def rows_of(name, events):
    """What a measure gives of two states."""
    return plugged.measured(name, events, ("KOR", "JPN"), offered=OFFERED, options=OPTIONS.get(name))


@pytest.mark.parametrize("name", NAMES)
def test_rows_carry_event_ids(name, in_memory):
    """Every row names events that it rests on, of those that were given, and is plain enough for JSON."""
    events = in_memory.events()

    for row in rows_of(name, events):
        told = json.dumps(row, ensure_ascii=False)
        assert [event.id for event in events if event.id in told], row


@pytest.mark.parametrize("name", NAMES)
def test_order_does_not_matter(name, in_memory):
    """The order in which events come does not show in the rows."""
    events = in_memory.events()

    assert rows_of(name, events) == rows_of(name, events[::-1])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_measured_of_nothing(name):
    """Without events a measure gives no row that rests on one, and no error."""
    assert not [row for row in rows_of(name, ()) if row.get("events")]


def test_most_find_something(in_memory):
    """The history that the measures are tried on is not empty for them."""
    found = {name for name in NAMES if rows_of(name, in_memory.events())}

    assert {"balance", "hosts", "returns", "series", "shuttles", "tempo", "travellers", "whose-turn"} <= found
