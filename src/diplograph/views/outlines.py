"""The outlines of states, from an installed package, and where states and venues lie.

Takes nothing, or what is known of states; gives GeoJSON features. The outlines are those of ``countryinfo``
(MIT), drawn coarsely; states that it has no outline of are drawn as marks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from diplograph.errors import MissingExtraError
from diplograph.model import State

Point = tuple[float, float]
Ring = list[list[float]]

STEPS: Final = 20
"""Straight pieces of an arc."""
LIFT: Final = 0.18
"""How far an arc bends aside, as a share of its length."""


@cache
def outlines() -> tuple[dict[str, Any], ...]:
    """The outline of every state that has one, by code.

    Raises:
        MissingExtraError: If countryinfo is not installed.
    """
    try:
        from countryinfo import CountryInfo
    except ImportError as error:
        raise MissingExtraError("the map", "map") from error
    found: dict[str, dict[str, Any]] = {}
    for told in CountryInfo.all().values():
        code = (told.get("ISO") or {}).get("alpha3")
        for feature in (told.get("geoJSON") or {}).get("features", ()):
            if code and code != "ATA" and feature.get("geometry"):
                found[code] = {
                    "type": "Feature",
                    "id": code,
                    "properties": {},
                    "geometry": _wound(feature["geometry"]),
                }
    return tuple(found[code] for code in sorted(found))


def _wound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The geometry with its rings as spherical drawing wants them: the outer ones clockwise."""
    given = geometry["coordinates"]
    polygons = given if geometry["type"] == "MultiPolygon" else [given]
    wound = [
        [_ring(ring, clockwise=number == 0) for number, ring in enumerate(polygon)] for polygon in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": wound}


def _ring(ring: Sequence[Sequence[float]], *, clockwise: bool) -> Ring:
    points = [[round(x, 1), round(y, 1)] for x, y, *_ in ring]
    kept = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
    area = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(kept, kept[1:] + kept[:1], strict=True))
    return kept if (area > 0) == clockwise else kept[::-1]


def capitals(states: Mapping[str, State]) -> dict[str, Point]:
    """Where each state's mark stands: its capital where that is known, else its middle."""
    from diplograph.knowledge import gazetteer

    known = gazetteer.load()
    found: dict[str, Point] = {}
    for code, state in states.items():
        named = (place for name in state.capitals[:1] for place in known.places_named(name, code))
        place = next((p for p in named if p.lat is not None and p.lon is not None), None)
        if place is not None and place.lat is not None and place.lon is not None:
            found[code] = (place.lon, place.lat)
        elif state.lat is not None and state.lon is not None:
            found[code] = (state.lon, state.lat)
    return found


def arc(start: Point, end: Point) -> dict[str, Any]:
    """A line that bends to the left of its way, so that the way back lies apart from it."""
    x1, y1 = start
    x2, y2 = end
    # The short way round: a line from Tokyo to Washington crosses the Pacific.
    x2 += 360 if x2 - x1 < -180 else -360 if x2 - x1 > 180 else 0
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    lift = LIFT * min(length, 60.0)
    bend = ((x1 + x2) / 2 - (y2 - y1) / length * lift, (y1 + y2) / 2 + (x2 - x1) / length * lift)
    points = []
    for step in range(STEPS + 1):
        t = step / STEPS
        x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * bend[0] + t**2 * x2
        y = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * bend[1] + t**2 * y2
        points.append([round((x + 180) % 360 - 180, 2), round(max(-88.0, min(88.0, y)), 2)])
    return {"type": "LineString", "coordinates": points}


def middle(points: Sequence[Point]) -> tuple[float, float, float]:
    """The longitude and latitude around which most points lie, and the degrees that show them all.

    Args:
        points: Each as often as it matters.
    """
    if not points:
        return 10.0, 15.0, 360.0
    x = math.fsum(math.cos(math.radians(lon)) for lon, _ in points)
    y = math.fsum(math.sin(math.radians(lon)) for lon, _ in points)
    lon = math.degrees(math.atan2(y, x)) if math.hypot(x, y) > 1e-6 * len(points) else 0.0
    wide = max(abs((one - lon + 180) % 360 - 180) for one, _ in points) * 2
    low, high = min(lat for _, lat in points), max(lat for _, lat in points)
    return round(lon, 1), round((low + high) / 2, 1), max(30.0, wide * 1.25, (high - low) * 2.6)
