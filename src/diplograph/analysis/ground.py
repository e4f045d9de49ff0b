"""The ground on which every chart of ``plots`` is drawn: colours, sizes, heading.

Takes values and a title; gives an Altair chart to encode, and dresses it when it is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import altair as alt

A, B, TENSION, CONTACT, SOFT = "#0072b2", "#00795a", "#c04f00", "#6b7075", "#a4aeb7"
WIDTH, HEIGHT, ROW = 720, 300, 18
MOST: Final = 30
FONT: Final = "Liberation Sans, Helvetica, Arial, sans-serif"


def chart(values: Sequence[Mapping[str, Any]], title: str, note: str = "") -> alt.Chart:
    """A chart of values under its heading; without values one that says so."""
    import altair as alt

    told = note if values else "no visit to draw"
    heading = alt.TitleParams(text=title, subtitle=told, anchor="start", subtitleColor=CONTACT)
    made = alt.Chart(inline(values), title=heading, width=WIDTH)
    return made if values else made.mark_point()


def inline(values: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Values as data that stand in the chart itself."""
    import altair as alt

    return alt.InlineData(values=[dict(value) for value in values])


def finished(made: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """A chart with the type and lines of the house."""
    dressed: Any = made
    result: alt.TopLevelMixin = (
        dressed.configure(font=FONT, background="#fcfcfa")
        .configure_view(stroke=None)
        .configure_axis(gridColor="#ecedea", domainColor=SOFT, tickColor=SOFT, labelLimit=240)
    )
    return result
