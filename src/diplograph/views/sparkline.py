"""The shuttle strip at the size of a word, 120 × 24 pixels, for lists.

Takes events and two states; gives SVG text: A's journeys above the line, B's below it, contact on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.model import Event, EventType, Status
from diplograph.views import scale, svg
from diplograph.views.svg import Svg

WIDTH: Final = 120
HEIGHT: Final = 24
_MIDDLE: Final = 12.0


def render(
    events: Iterable[Event], a: str, b: str, *, names: Mapping[str, str], as_of: date | None = None
) -> str:
    """A pair's visits as a sparkline; an empty line where there is none."""
    pair = {a, b}
    chosen = [e for e in events if pair <= set(e.facts.states) and e.facts.when.start]
    marks = [svg.line(0, _MIDDLE, WIDTH, _MIDDLE, stroke="currentColor", opacity=0.3)]
    if chosen:
        days = [d for e in chosen for d in (e.facts.when.earliest_start(), e.facts.when.latest_end())]
        line = scale.scale(days + ([as_of] if as_of else []), 2, WIDTH - 2, folded=8)
        marks += _visits(chosen, a, b, line)
        marks += _contacts(chosen, line)
    title = svg.element("title", svg.words(_said(chosen, a, b, names)))
    return svg.element(
        "svg",
        title,
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        class_="spark",
    )


def _said(chosen: Iterable[Event], a: str, b: str, names: Mapping[str, str]) -> str:
    held = travel.between_states(travel.journeys(chosen), a, b)
    out = sum(journey.guest == a for journey in held)
    one, other = wording.state(a, names), wording.state(b, names)
    back = len(held) - out
    return f"{wording.count(out, 'visit')} from {one} to {other}, {wording.count(back, 'visit')} back"


def _visits(chosen: Iterable[Event], a: str, b: str, line: scale.Scale) -> list[Svg]:
    marks = []
    for journey in travel.between_states(travel.journeys(chosen, statuses=frozenset(Status)), a, b):
        if journey.status is Status.CANCELLED:
            continue
        up = journey.guest == a
        colour = "var(--a, #0072b2)" if up else "var(--b, #00795a)"
        left, right = line.x(journey.when.earliest_start()), line.x(journey.when.latest_end())
        held = journey.status is Status.HELD
        marks.append(
            svg.rect(
                left - 1,
                2 if up else _MIDDLE + 1,
                max(2.0, right - left),
                9,
                fill=colour if held else "none",
                stroke=None if held else colour,
            )
        )
    return marks


def _contacts(chosen: Iterable[Event], line: scale.Scale) -> list[Svg]:
    return [
        svg.element(
            "circle",
            cx=line.x(event.facts.when.earliest_start()),
            cy=_MIDDLE,
            r=1.6,
            fill="var(--contact, #6b7075)",
        )
        for event in chosen
        if event.facts.type in (EventType.MEETING, EventType.CALL)
        and event.facts.status is Status.HELD
        and event.part_of is None
    ]
