"""The map: journeys as arcs from guest to host, by year, over the outlines of states.

Takes a ``World``; gives a ``Sheet``. The chart (``arcs``) is drawn by the Vega script inside
``vl-convert-python``; expressions are interpreted, so that the page's policy need not allow ``eval``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.analysis.journeys import Journey
from diplograph.errors import MissingExtraError
from diplograph.views import arcs, outlines, page, start
from diplograph.views.world import Sheet, World


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
            "chart": partial(arcs.specification, drawn, given),
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
