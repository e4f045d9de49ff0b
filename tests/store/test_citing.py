"""Which words of a report tell a field."""

from __future__ import annotations

import pytest

from diplograph.model import EventType, Evidence, Facts, Report, Status
from diplograph.store.citing import spans

WORDS = {"event": "Lee went to Tokyo.", "participants": "Lee", "place": "Tokyo", "type": "went to"}


def report(*fields):
    told = tuple(
        Evidence(start=n * 30, end=n * 30 + len(WORDS[f]), field=f, quote=WORDS[f])
        for n, f in enumerate(fields)
    )
    facts = Facts(type=EventType.VISIT, status=Status.HELD, states=("KOR", "JPN"))
    return Report(id="r", source="s", facts=facts, evidence=told)


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        (("event", "participants", "place"), "states", ["Lee", "Tokyo"]),
        (("event", "participants", "place"), "host", ["Tokyo"]),
        (("event", "participants"), "guests", ["Lee"]),
        (("event", "participants"), "host", []),
        (("event", "type"), "type", ["went to"]),
        (("event",), "states", []),
    ],
)
def test_what_tells_a_state(fields, field, told):
    """A president tells his state and a town its country, where the report names neither."""
    assert told == [words.quote for words in spans(report(*fields), field)]
