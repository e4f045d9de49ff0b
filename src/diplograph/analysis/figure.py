"""Saves a chart as one HTML file that needs no network, as SVG, as PNG or as its Vega-Lite text.

The scripts of Vega, Vega-Lite and vega-embed come out of the installed package ``vl-convert-python`` and are
written into the page; a Content-Security-Policy forbids it to fetch anything. The same chart gives the same
bytes.

Takes a chart of ``plots`` and a path; gives the path. Needs the extra ``plots``.
"""

from __future__ import annotations

import html
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph.errors import MissingExtraError, SourceError

if TYPE_CHECKING:
    import altair as alt

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
FORMS: Final = (".html", ".svg", ".png", ".json")
PIXELS_PER_INCH: Final = 144


def check(path: Path) -> None:
    """Refuse a path before anything is computed.

    Raises:
        SourceError: If its ending names no format.
        MissingExtraError: If the libraries that draw are not installed.
    """
    if path.suffix not in FORMS:
        raise SourceError(f"{path.name!r} does not end in {', '.join(FORMS)}; name the plot after its format")
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        raise MissingExtraError("drawing a plot", "plots")


def save(chart: alt.TopLevelMixin, path: Path, title: str) -> Path:
    """Write a chart in the format that its path ends in; folders are made.

    Raises:
        SourceError: If the ending names no format.
        MissingExtraError: If the libraries that draw are not installed.
    """
    check(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        chart.save(str(path), ppi=PIXELS_PER_INCH)
    else:
        text = {".html": lambda: page(chart, title), ".svg": lambda: svg(chart)}.get(
            path.suffix, lambda: chart.to_json(indent=2)
        )()
        path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    return path


def svg(chart: alt.TopLevelMixin) -> str:
    """A chart as SVG text."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def page(chart: alt.TopLevelMixin, title: str) -> str:
    """A chart as one HTML page that needs no network."""
    # The editor's menu would send the data of the chart to a server.
    actions = {"export": True, "source": False, "compiled": False, "editor": False}
    text = str(chart.to_html(inline=True, embed_options={"actions": actions, "renderer": "svg"}))
    told = html.escape(title)
    head = (
        f'<head>\n  <meta http-equiv="Content-Security-Policy" content="{POLICY}">\n  <title>{told}</title>'
    )
    named = text.replace("<html>", '<html lang="en">', 1).replace("<head>", head, 1)
    return named.replace('<div id="vis">', f'<div id="vis" role="img" aria-label="{told}">', 1)
