"""The chart of the map, as Vega-Lite: outlines, arcs from guest to host, and marks of states.

Takes journeys that can be put on a map and the ``World`` they are of; gives a specification made by Altair.
Colours are names of variables of the style sheet; the page puts in what they stand for, light or dark.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from diplograph.analysis.journeys import Journey
from diplograph.errors import MissingExtraError
from diplograph.views import clean, outlines
from diplograph.views.outlines import Point
from diplograph.views.world import World

WIDTH: Final = 1080
HEIGHT: Final = 560
LAND: Final = "@land"
COAST: Final = "@paper"
GUEST: Final = "@a"
VENUE: Final = "@b"
INK: Final = "@ink"
PAPER: Final = "@paper"
SOUTH, NORTH = -60.0, 85.0
"""Latitudes beyond which nobody travels."""


def specification(drawn: Sequence[Journey], given: World) -> dict[str, Any]:
    """The chart as Vega-Lite, made by Altair.

    Raises:
        MissingExtraError: If Altair is not installed.
    """
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("the map", "map") from error
    where = outlines.capitals(given.states())
    lon, lat, wide = outlines.middle([where[code] for j in drawn for code in (j.guest, j.host)])
    years = [j.when.earliest_start().year for j in drawn] or [0]
    lat = _within(lat, _zoom(wide))
    params = [
        alt.param(name="since", value=min(years)),
        alt.param(name="until", value=max(years)),
        alt.param(name="zoom", value=_zoom(wide)),
        alt.param(name="lon", value=lon),
        alt.param(name="lat", value=lat),
    ]
    edge = lon + 0.72 * 180 / _zoom(wide)
    layers = (_land(alt), _arcs(alt), *_marks(alt))
    chart = (
        alt.layer(*layers)
        .add_params(*params)
        .project(
            type="equirectangular",
            scale=alt.expr(f"{WIDTH / 6.3:.1f} * zoom"),
            rotate=alt.expr("[-lon, 0, 0]"),
            center=alt.expr("[0, lat]"),
            translate=[WIDTH / 2, HEIGHT / 2],
        )
        .properties(width=WIDTH, height=HEIGHT, background=PAPER, padding=0)
        .configure_view(stroke=None)
        .configure(autosize=alt.AutoSizeParams(type="none"))
    )
    made: dict[str, Any] = json.loads(chart.to_json(indent=None, sort_keys=True))
    # Put in afterwards: Altair would check every number of them, which takes longer than all else.
    made["datasets"] = {
        "land": [{**one, "properties": {}} for one in outlines.outlines()],
        "journeys": _journeys(drawn, given),
        "lines": _lines(drawn, where),
        "visits": _visits(drawn),
        "states": _states(drawn, where, given, edge),
    }
    return made


def _land(alt: Any) -> Any:
    data = alt.NamedData("land")
    return alt.Chart(data).mark_geoshape(fill=LAND, stroke=COAST, strokeWidth=0.7, aria=False, tooltip=None)


def _year(journey: Journey) -> int:
    return journey.when.earliest_start().year


def _journeys(drawn: Sequence[Journey], given: World) -> list[Mapping[str, Any]]:
    """How many journeys each way had in each year."""
    counted = Counter((j.guest, j.host, _year(j)) for j in drawn)
    return [
        {
            "route": f"{guest}-{host}",
            "label": f"{given.name(guest)} to {given.name(host)}",
            "href": given.ways.pair(guest, host) or "",
            "year": year,
            "n": n,
        }
        for (guest, host, year), n in sorted(counted.items())
    ]


def _lines(drawn: Sequence[Journey], where: Mapping[str, Point]) -> list[Mapping[str, Any]]:
    return [
        {
            "route": f"{guest}-{host}",
            "line": {"type": "Feature", "geometry": outlines.arc(where[guest], where[host])},
        }
        for guest, host in sorted({(j.guest, j.host) for j in drawn})
    ]


def _arcs(alt: Any) -> Any:
    """One arc for each direction between two states, as thick as the journeys of the years shown."""
    known = alt.LookupData(data=alt.NamedData("lines"), key="route", fields=["line"])
    return (
        alt.Chart(alt.NamedData("journeys"))
        .transform_filter("datum.year >= since && datum.year <= until")
        .transform_aggregate(journeys="sum(n)", groupby=["route", "label", "href"])
        .transform_lookup(lookup="route", from_=known)
        .transform_calculate(said="datum.label + ': ' + datum.journeys")
        .mark_geoshape(filled=False, stroke=GUEST, strokeOpacity=0.75, cursor="pointer")
        .encode(
            shape=alt.Shape("line:G"),
            strokeWidth=alt.StrokeWidth(
                "journeys:Q", scale=alt.Scale(type="sqrt", domain=[1, 12], range=[1.4, 7]), legend=None
            ),
            description="said:N",
            tooltip="said:N",
        )
    )


def _visits(drawn: Sequence[Journey]) -> list[Mapping[str, Any]]:
    """How many visits each state received in each year; a state that only travelled has none in its years."""
    came = Counter((j.host, _year(j)) for j in drawn)
    went = {(j.guest, _year(j)) for j in drawn}
    return [{"code": code, "year": year, "in": came[code, year]} for code, year in sorted({*came, *went})]


def _states(
    drawn: Sequence[Journey], where: Mapping[str, Point], given: World, edge: float
) -> list[Mapping[str, Any]]:
    """Where states stand; beyond the longitude ``edge`` a name stands left of its mark, not to be cut."""
    codes = sorted({code for j in drawn for code in (j.guest, j.host)})
    return [
        {
            "code": code,
            "name": clean.short(given.name(code), 24),
            "lon": where[code][0],
            "lat": where[code][1],
            "left": _crowded(where[code], [where[other] for other in codes if other != code])
            or 0 < (where[code][0] - edge) % 360 < 90,
        }
        for code in codes
    ]


def _marks(alt: Any) -> tuple[Any, ...]:
    """States as marks as large as the visits they received, so that small ones are seen; and their names."""
    known = alt.LookupData(data=alt.NamedData("states"), key="code", fields=["name", "lon", "lat", "left"])
    base = (
        alt.Chart(alt.NamedData("visits"))
        .transform_filter("datum.year >= since && datum.year <= until")
        .transform_aggregate(received="sum(in)", groupby=["code"])
        .transform_lookup(lookup="code", from_=known)
        .transform_calculate(said="datum.name + ': ' + datum.received + ' received'")
        .encode(longitude="lon:Q", latitude="lat:Q")
    )
    size = alt.Size("received:Q", scale=alt.Scale(domain=[0, 12], range=[30, 420]), legend=None)
    dots = base.mark_circle(color=VENUE, opacity=0.9, stroke=PAPER, strokeWidth=1).encode(
        size=size, description="said:N", tooltip="said:N"
    )
    return dots, *(
        _names(alt, base, left=left, halo=halo) for left in (True, False) for halo in (True, False)
    )


def _names(alt: Any, base: Any, *, left: bool, halo: bool) -> Any:
    """The names of states on one side of their marks; first a rim of paper, that lines do not cross them."""
    rim = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"} if halo else {}
    side = {"align": "right", "dx": -11} if left else {"align": "left", "dx": 11}
    told = base.transform_filter("datum.left" if left else "!datum.left")
    text = told.mark_text(color=INK, fontSize=12.5, font="system-ui, sans-serif", aria=False, **side, **rim)
    return text.encode(text=alt.Text("name:N"))


def _zoom(wide: float) -> float:
    """How far the map is drawn in, so that some degrees of longitude fill it."""
    return round(min(8.0, max(1.0, 360 / wide)), 2)


def _within(lat: float, zoom: float) -> float:
    """The latitude nearest to one around which no more of the poles is shown than must be."""
    half = math.degrees(HEIGHT / 2 / (WIDTH / 6.3 * zoom))
    low, high = SOUTH + half, NORTH - half
    return round((low + high) / 2 if low > high else min(max(lat, low), high), 1)


def _crowded(here: Point, others: Sequence[Point]) -> bool:
    """Whether another mark stands close to the right, where the name would lie."""
    return any(0 < (lon - here[0]) % 360 < 16 and abs(lat - here[1]) < 6 for lon, lat in others)
