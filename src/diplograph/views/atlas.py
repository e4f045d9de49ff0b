"""The map: journeys as arcs from guest to host, by year, over the outlines of states.

Takes a ``World``; gives a ``Sheet``. The chart is made by Altair and drawn by the Vega script inside
``vl-convert-python``; expressions are interpreted, so that the page's policy need not allow ``eval``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.analysis.journeys import Journey
from diplograph.errors import MissingExtraError
from diplograph.views import clean, outlines, page, start
from diplograph.views.outlines import Point
from diplograph.views.world import Sheet, World

WIDTH: Final = 1080
HEIGHT: Final = 560
# The colours are names of variables of the style sheet; the page puts in what they stand for, light or dark.
LAND: Final = "@land"
COAST: Final = "@paper"
GUEST: Final = "@a"
VENUE: Final = "@b"
INK: Final = "@ink"
PAPER: Final = "@paper"


@cache
def vega_script() -> str:
    """The Vega script of the installed vl-convert.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("the map", "map") from error
    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return script.replace("\r\n", "\n").replace("\r", "\n")


def rows(given: World) -> tuple[list[Journey], list[Journey]]:
    """Held journeys that can be put on the map, and those that cannot, for want of a date or a place."""
    held = travel.journeys(given.events, as_of=given.as_of)
    where = outlines.capitals(given.states())
    drawn = [j for j in held if j.dated and j.guest in where and j.host in where and j.guest != j.host]
    shown = {id(j) for j in drawn}
    return drawn, [j for j in held if id(j) not in shown]


def sheet(given: World) -> Sheet:
    """The map of all held journeys.

    Raises:
        MissingExtraError: If the extra ``map`` is not installed.
    """
    drawn, left = rows(given)
    events = {j.event for j in drawn}
    years = sorted({j.when.earliest_start().year for j in drawn})
    span = f", {years[0]}–{years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    sentence = f"{wording.count(len(drawn), 'journey')} among {_among(drawn)}{span}."
    return Sheet(
        kind="map",
        template="map.html",
        title="Map",
        sentence=sentence[:1].upper() + sentence[1:],
        events=tuple(event for event in given.events if event.id in events),
        scripts=(vega_script, page.asset("map.js")),
        styles=(page.asset("map.css"),),
        values={
            # Made when the page is written: the twins of the page want neither Altair nor Vega.
            "chart": partial(specification, drawn, given),
            "years": years,
            "left_out": len(left),
            "routes": _routes(drawn, given),
        },
        facts={
            "journeys": [
                {"event": j.event, "guest": j.guest, "host": j.host, "year": j.when.earliest_start().year}
                for j in drawn
            ]
        },
    )


def _among(drawn: Sequence[Journey]) -> str:
    return wording.count(len({code for j in drawn for code in (j.guest, j.host)}), "state")


def _routes(drawn: Sequence[Journey], given: World) -> list[Mapping[str, Any]]:
    """The same as the map in words: who went where how often, for those who do not see it."""
    found: dict[tuple[str, str], list[Journey]] = {}
    for journey in drawn:
        found.setdefault((journey.guest, journey.host), []).append(journey)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {
            "guest": given.name(guest),
            "host": given.name(host),
            "href": given.ways.pair(guest, host),
            "count": len(journeys),
            "years": _spans([j.when.earliest_start().year for j in journeys]),
        }
        for (guest, host), journeys in ranked[: start.MOST * 2]
    ]


def _spans(years: Sequence[int]) -> str:
    found = sorted(set(years))
    return ", ".join(map(str, found)) if len(found) < 6 else f"{found[0]}–{found[-1]}"


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
    params = [
        alt.param(name="since", value=min(years)),
        alt.param(name="until", value=max(years)),
        alt.param(name="zoom", value=_zoom(wide)),
        alt.param(name="lon", value=lon),
        alt.param(name="lat", value=lat),
    ]
    edge = lon + 0.72 * 180 / _zoom(wide)
    layers = (_land(alt), _arcs(alt, drawn, where, given), *_marks(alt, drawn, where, given, edge))
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
    return made


def _land(alt: Any) -> Any:
    features = [{**one, "properties": {}} for one in outlines.outlines()]
    data = alt.Data(values=features)
    return alt.Chart(data).mark_geoshape(fill=LAND, stroke=COAST, strokeWidth=0.7, aria=False, tooltip=None)


def _arcs(alt: Any, drawn: Sequence[Journey], where: Mapping[str, Point], given: World) -> Any:
    """One arc for each direction between two states, as thick as the journeys of the years shown."""
    values = [
        {
            "route": f"{journey.guest}-{journey.host}",
            "label": f"{given.name(journey.guest)} to {given.name(journey.host)}",
            "href": given.ways.pair(journey.guest, journey.host) or "",
            "year": journey.when.earliest_start().year,
        }
        for journey in drawn
    ]
    lines = [
        {
            "route": f"{guest}-{host}",
            "line": {"type": "Feature", "geometry": outlines.arc(where[guest], where[host])},
        }
        for guest, host in sorted({(journey.guest, journey.host) for journey in drawn})
    ]
    known = alt.LookupData(data=alt.Data(values=lines), key="route", fields=["line"])
    return (
        alt.Chart(alt.Data(values=values))
        .transform_filter("datum.year >= since && datum.year <= until")
        .transform_aggregate(journeys="count()", groupby=["route", "label", "href"])
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


def _marks(
    alt: Any, drawn: Sequence[Journey], where: Mapping[str, Point], given: World, edge: float
) -> tuple[Any, ...]:
    """States as marks as large as the visits they received, so that small ones are seen; and their names.

    Beyond the longitude ``edge`` a name stands to the left of its mark, where it is not cut.
    """
    codes = sorted({code for j in drawn for code in (j.guest, j.host)})
    received = [{"code": j.host, "year": j.when.earliest_start().year, "in": 1} for j in drawn]
    every = [
        {"code": code, "year": year, "in": 0} for code in codes for year in {r["year"] for r in received}
    ]
    places = [
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
    lookup = alt.LookupData(data=alt.Data(values=places), key="code", fields=["name", "lon", "lat", "left"])
    base = (
        alt.Chart(alt.Data(values=[*received, *every]))
        .transform_filter("datum.year >= since && datum.year <= until")
        .transform_aggregate(received="sum(in)", groupby=["code"])
        .transform_lookup(lookup="code", from_=lookup)
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


def _crowded(here: Point, others: Sequence[Point]) -> bool:
    """Whether another mark stands close to the right, where the name would lie."""
    return any(0 < (lon - here[0]) % 360 < 16 and abs(lat - here[1]) < 6 for lon, lat in others)
