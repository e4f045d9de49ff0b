"""What was on the agenda of some events, year by year: issues that came up, the most frequent first.

Takes events; gives rows that the page of a pair and the dossier lay out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from diplograph.model import Event
from diplograph.views import cards, clean
from diplograph.views.world import World

MOST: Final = 12
"""Issues that are told; the rest is counted."""


def agenda(own: Sequence[Event], given: World) -> Mapping[str, Any]:
    """The issues of events with the years in which they came up, and how many were left out."""
    found: dict[str, dict[str, Any]] = {}
    for event in own:
        for topic in event.facts.issues:
            key = cards.issue_key(topic)
            row = found.setdefault(key, {"name": topic.name, "known": topic.id is not None, "events": {}})
            row["events"][event.id] = event
    ranked = sorted(found.items(), key=lambda item: (-item[1]["known"], -len(item[1]["events"]), item[0]))
    rows = [_row(key, row, given) for key, row in ranked[:MOST]]
    years = sorted({year for row in rows for year in row["years"]})
    return {"rows": rows, "years": years, "left_out": max(0, len(ranked) - MOST)}


def _row(key: str, row: Mapping[str, Any], given: World) -> dict[str, Any]:
    years: dict[int, list[Event]] = {}
    for event in row["events"].values():
        if event.facts.when.start:
            years.setdefault(event.facts.when.earliest_start().year, []).append(event)
    return {
        "part": cards.Part(text=clean.short(row["name"], 60), kind="issue", key=key),
        "count": len(row["events"]),
        "years": {year: (cards.anchor(events[0].id), len(events)) for year, events in sorted(years.items())},
        "anchors": [cards.anchor(event) for event in row["events"]],
        "href": given.ways.to("issue", key),
    }
