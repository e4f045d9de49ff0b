"""The map of a pair: its journeys from capital to town, each way in its colour, and where the two met else.

Takes the events of two states and the ``World``; gives an SVG picture that needs no script, empty where there
is nothing to draw. What is planned is dashed; a line leads to its latest event in the record.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.analysis.journeys import Journey
from diplograph.errors import MissingExtraError
from diplograph.model import Event, PlaceName, Status
from diplograph.views import cards, outlines, svg
from diplograph.views.outlines import Point
from diplograph.views.svg import Svg
from diplograph.views.world import TALKS, World

WIDTH: Final = 720.0
HEIGHT: Final = 400.0
MARGIN: Final = 70.0  # for names at the rim
NARROWEST: Final = 9.0  # degrees of latitude that are shown at least
_SIZE: Final = 12.0
_DRAWN: Final = frozenset({Status.HELD, Status.PLANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Journeys from one state to one place."""

    start: Point
    end: Point
    place: str
    journeys: tuple[Journey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How degrees become places on the picture."""

    lon: float
    lat: float
    scale: float

    def at(self, point: Sequence[float]) -> Point:
        """Where a point lies, the short way round."""
        return self.flat((self.lon + _short(point[0] - self.lon), point[1]))

    def flat(self, point: Sequence[float]) -> Point:
        """Where a point lies whose longitude may go beyond half the globe."""
        shrink = math.cos(math.radians(self.lat))
        return (
            WIDTH / 2 + (point[0] - self.lon) * shrink * self.scale,
            HEIGHT / 2 - (point[1] - self.lat) * self.scale,
        )


def _short(degrees: float) -> float:
    """A difference of longitudes, the short way round."""
    return (degrees + 180) % 360 - 180


def figure(own: Sequence[Event], a: str, b: str, given: World) -> str:
    """The map of a pair; A's journeys are in A's colour.

    Args:
        own: The events of both states.
        a: Code of one state.
        b: Code of the other.
        given: Where names and places come from.
    """
    try:
        lines = _lines(own, (a, b), given)
        land = outlines.outlines()
    except MissingExtraError:
        return ""
    if not lines:
        return ""
    met = _venues(own, given)
    view = _view([p for line in lines for p in (line.start, line.end)])
    names = {line.start: _capital(line.journeys[0].guest, given) for line in lines} | met
    drawn = [_land(land, view), *(_arc(line, a, given, view) for line in lines), *_marks(lines, names, view)]
    return svg.element(
        "svg",
        svg.element("title", svg.words(f"Journeys between {given.name(a)} and {given.name(b)} on a map")),
        *drawn,
        viewBox=f"0 0 {svg.number(WIDTH)} {svg.number(HEIGHT)}",
        class_="legs",
        role="group",
    )


def _lines(own: Sequence[Event], pair: tuple[str, str], given: World) -> list[Line]:
    homes = outlines.capitals({code: s for code, s in given.states().items() if code in pair})
    places = {event.id: event.facts.place for event in own}
    found: dict[tuple[str, str, Point], list[Journey]] = {}
    every = travel.journeys(own, statuses=_DRAWN, as_of=None)
    for journey in every:
        if {journey.guest, journey.host} == set(pair) <= homes.keys():
            end = _point(places[journey.event], given) or homes[journey.host]
            found.setdefault((journey.guest, journey.place or "", end), []).append(journey)
    return [
        Line(start=homes[guest], end=end, place=place, journeys=tuple(journeys))
        for (guest, place, end), journeys in sorted(found.items())
        if homes[guest] != end
    ]


def _point(place: PlaceName | None, given: World) -> Point | None:
    """Where a place lies: the one of its id, or of its name in its state."""
    if given.known is None or place is None:
        return None
    known = given.known.places.get(place.id or "")
    if known is None and place.state:
        named = given.known.places_named(place.name, place.state)
        known = next((one for one in named if one.state == place.state), None)
    if known is None or known.lat is None or known.lon is None:
        return None
    return known.lon, known.lat


def _venues(own: Sequence[Event], given: World) -> dict[Point, str]:
    """Where the two met otherwise: places of held meetings that belong to no visit."""
    met = (e for e in own if e.facts.type in TALKS and e.facts.status is Status.HELD and not e.part_of)
    found = ((_point(e.facts.place, given), e.facts.place) for e in met)
    return {point: place.name for point, place in found if point and place}


def _view(points: Sequence[Point]) -> View:
    """The view in which all points lie, a margin around them."""
    lon, lat, _ = outlines.middle(points)
    shrink = math.cos(math.radians(lat))
    wide = 2 * max(abs(_short(x - lon)) for x, _ in points) * shrink
    high = 2 * max(abs(y - lat) for _, y in points)
    scale = min(
        (WIDTH - 2 * MARGIN) / max(wide, 0.1), (HEIGHT - 1.4 * MARGIN) / max(high, 0.1), HEIGHT / NARROWEST
    )
    return View(lon=lon, lat=lat, scale=scale)


def _land(land: Iterable[Mapping[str, Any]], view: View) -> Svg:
    rings = (ring for one in land for polygon in one["geometry"]["coordinates"] for ring in polygon)
    return svg.path("".join(_ring(ring, view) for ring in rings), class_="land")


def _ring(ring: Sequence[Sequence[float]], view: View) -> str:
    """A ring as a path, as often as it is on the picture, which may show both ends of the globe."""
    whole = [(view.lon + _short(ring[0][0] - view.lon), ring[0][1])]
    for (before, _), (x, y) in pairwise(ring):
        # In one piece, also where it crosses the edge of the globe.
        whole.append((whole[-1][0] + _short(x - before), y))
    found = ""
    for turn in (-360, 0, 360):
        points = [view.flat((x + turn, y)) for x, y in whole]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if not (max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT):
            found += f"M{'L'.join(_pair(point) for point in points)}Z"
    return found


def _pair(point: Point) -> str:
    # Far beyond the rim a number need not be exact, and a short one is smaller.
    return f"{round(point[0])},{round(point[1])}"


def _arc(line: Line, a: str, given: World, view: View) -> Svg:
    points = [view.at(point) for point in outlines.arc(line.start, line.end)["coordinates"]]
    guest, count = line.journeys[0].guest, len(line.journeys)
    held = any(journey.status is Status.HELD for journey in line.journeys)
    side = "from-a" if guest == a else "from-b"
    days = wording.listing(
        wording.span(journey.when) + ("" if journey.status is Status.HELD else " (planned)")
        for journey in line.journeys
    )
    goal = line.place or given.name(line.journeys[0].host)
    said = f"{given.name(guest)} to {goal}, {wording.count(count, 'visit')}: {days}"
    return svg.element(
        "a",
        svg.element("title", svg.words(said)),
        svg.path(
            "M" + "L".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points),
            class_=f"leg {side}{'' if held else ' planned'}",
            stroke_width=1.6 + 1.2 * math.sqrt(count - 1),
        ),
        href=f"#{cards.anchor(line.journeys[-1].event)}",
        aria_label=said,
    )


def _capital(code: str, given: World) -> str:
    state = given.states().get(code)
    return state.capitals[0] if state and state.capitals else given.name(code)


def _marks(lines: Sequence[Line], names: Mapping[Point, str], view: View) -> list[Svg]:
    """Towns as marks with their names, the most visited first; a name that finds no room is left out."""
    visits = Counter({line.end: 0 for line in lines} | {line.start: 0 for line in lines})
    said = dict(names)
    for line in lines:
        visits[line.end] += len(line.journeys)
        said[line.end] = line.place or said.get(line.end, "")
    taken: list[tuple[float, float, float, float]] = []
    drawn = []
    for point in sorted({*visits, *said}, key=lambda point: (-visits[point], point)):
        x, y = view.at(point)
        town = point in visits
        drawn.append(
            svg.element("circle", cx=x, cy=y, r=4.5 if town else 3.5, class_="town" if town else "venue")
        )
        drawn += _name(said.get(point, ""), x, y, taken)
    return drawn


def _name(name: str, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> list[Svg]:
    """A name beside its mark, right or left, where no other name stands."""
    wide = svg.width_of(name, _SIZE)
    for left in (x + 8, x - 8 - wide):
        box = (left, y - _SIZE, left + wide, y + _SIZE / 2)
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if name and inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return [svg.text(left, y + 4, name)]
    return []


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
