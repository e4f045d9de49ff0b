"""The ground of the shuttle strip: lanes, years, folded silences, breaks and the tenures of leaders.

Takes a ``Strip`` and its scale; gives the groups of SVG that lie under the marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from diplograph.analysis import tempo
from diplograph.model import Event, Tenure, TimeSpan, first_day, last_day
from diplograph.views import clean, saying, scale, svg
from diplograph.views.scale import Scale
from diplograph.views.svg import Svg

WIDTH: Final = 1080
HEIGHT: Final = 318
LEFT: Final = 118
RIGHT: Final = 22
UPPER, MIDDLE, LOWER = 104.0, 150.0, 196.0
AGREED, TENSE, AXIS = 44.0, 250.0, 272.0
BAR: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What is drawn: the two states, their events, and the day up to which it is drawn."""

    a: str
    b: str
    events: tuple[Event, ...]
    names: Mapping[str, str]
    as_of: date | None
    tenures: tuple[Tenure, ...] = ()
    links: bool = False

    def about(self, state: str) -> str:
        """The name of one of the two."""
        return clean.plain(self.names.get(state, state))


def time_scale(strip: Strip, dated: Sequence[Event]) -> Scale:
    """The scale on which all dated events and the as-of day lie."""
    days = [day for e in dated for day in (e.facts.when.earliest_start(), e.facts.when.latest_end())]
    return scale.scale(days + ([strip.as_of] if strip.as_of else []), LEFT, WIDTH - RIGHT)


def lanes(strip: Strip) -> Svg:
    """The three lanes with what they are called."""
    a, b = strip.about(strip.a), strip.about(strip.b)
    rows = []
    for y, lane in ((UPPER, "a"), (MIDDLE, "contact"), (LOWER, "b")):
        rows.append(svg.line(LEFT - 6, y, WIDTH - RIGHT, y, class_=f"lane {lane}"))
    for y, lane, first, second in (
        (UPPER, "a", clean.short(a, 15), f"→ {clean.short(b, 14)}"),
        (LOWER, "b", clean.short(b, 15), f"→ {clean.short(a, 14)}"),
    ):
        rows.append(svg.text(4, y - 3, first, class_=f"side {lane}"))
        rows.append(svg.text(4, y + 12, second, class_="side soft"))
    rows.append(svg.text(4, MIDDLE + 4, "elsewhere", class_="side soft"))
    return svg.group(*rows, class_="lanes")


def axis(line: Scale) -> Svg:
    """The years."""
    marks, last = [], -100.0
    for year, x in line.years():
        marks.append(svg.line(x, 62, x, AXIS - 14, class_="year"))
        if x - last > 34:
            marks.append(svg.text(x, AXIS + 8, str(year), class_="tick", text_anchor="middle"))
            last = x
    for stretch in line.stretches:
        if not stretch.folded and not any(stretch.left <= x <= stretch.right for _, x in line.years()):
            middle = (stretch.left + stretch.right) / 2
            marks.append(
                svg.text(middle, AXIS + 8, str(stretch.end.year), class_="tick", text_anchor="middle")
            )
    return svg.group(*marks, class_="axis")


def folds(strip: Strip, line: Scale) -> Svg:
    """Folded silences; shaded where the rhythm of visits was broken, with the length of the break."""
    rhythm = tempo.tempo(strip.events, strip.a, strip.b, as_of=strip.as_of)
    parts: list[Svg] = []
    for gap in rhythm.breaks:
        start = line.x(gap.before.when.latest_end())
        end = line.x(gap.after.when.earliest_start()) if gap.after else line.x(strip.as_of or date.max)
        parts.append(svg.rect(start, 62, end - start, AXIS - 76, class_="break"))
        words = scale.length(gap.days.at_least)
        if end - start > svg.width_of(words, 10.5):
            parts.append(svg.text((start + end) / 2, 77, words, class_="gap", text_anchor="middle"))
    for fold in line.folds:
        x = (fold.left + fold.right) / 2
        for shift in (-3, 3):
            steps = f"M{svg.number(x + shift - 3)} {AXIS - 8}l6 -12"
            parts.append(svg.path(steps, class_="fold"))
    return svg.group(*parts, class_="folds")


def tenures(strip: Strip, line: Scale) -> Svg:
    """The leaders' times in office, A's along the upper edge and B's along the lower."""
    begin, end = line.stretches[0].start, strip.as_of or line.stretches[-1].end
    bands: list[Svg] = []
    for tenure in sorted(strip.tenures, key=lambda t: (t.state, t.start or "", t.id)):
        start = first_day(tenure.start) if tenure.start else begin
        stop = min(last_day(tenure.end) if tenure.end else end, end)
        if stop <= begin or start >= end:
            continue
        x, right = line.x(max(start, begin)), line.x(stop)
        y, lane = (18.0, "a") if tenure.state == strip.a else (AXIS + 32, "b")
        if right - x < 3:
            continue
        said = next((s for s in (tenure.name, tenure.surname) if svg.width_of(s, 11) < right - x - 6), "")
        bands.append(
            svg.group(
                svg.rect(x + 0.5, y - 11, right - x - 1, 15, class_=f"tenure {lane}", rx=3),
                svg.text(x + 5, y, said, class_="leader"),
                svg.element("title", svg.words(f"{tenure.name}, {tenure.title}")),
            )
        )
    return svg.group(*bands, class_="tenures")


def today(strip: Strip, line: Scale) -> Svg:
    """The as-of day."""
    if strip.as_of is None:
        return Svg("")
    x = line.x(strip.as_of)
    return svg.group(
        svg.line(x, 62, x, AXIS - 14, class_="today"),
        svg.text(
            min(x, WIDTH - 4),
            64,
            saying.short_date(TimeSpan(start=strip.as_of.isoformat())),
            class_="tick",
            text_anchor="end",
        ),
    )


def leading(tenures: Iterable[Tenure], state: str, events: Sequence[Event]) -> list[Tenure]:
    """The tenures of the office that leads the state abroad: its holders take part in most events."""
    roles: dict[str, list[Tenure]] = {}
    for tenure in tenures:
        if tenure.state == state and tenure.role in ("head-of-state", "head-of-government"):
            roles.setdefault(tenure.role, []).append(tenure)
    seen = [person.person for event in events for person in event.facts.participants]

    def times(role: str) -> int:
        holders = {tenure.person for tenure in roles[role]}
        return sum(person in holders for person in seen)

    return roles[max(sorted(roles), key=times)] if roles else []
