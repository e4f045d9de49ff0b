"""Writes SVG: elements whose text and attributes are always escaped, numbers always short.

Takes names, attributes and children; gives text. Nothing here knows what is drawn.
"""

from __future__ import annotations

from html import escape
from typing import NewType

from diplograph.views import clean

Svg = NewType("Svg", str)
"""Markup that this module has written."""

Attribute = str | float | None


def number(value: float) -> str:
    """A number with at most one decimal, and no trailing zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in ("-0.0", "0.0") else text.removesuffix(".0")


def _attribute(name: str, value: Attribute) -> str:
    if value is None:
        return ""
    text = clean.plain(value) if isinstance(value, str) else number(value)
    return f' {name.rstrip("_").replace("_", "-")}="{escape(text, quote=True)}"'


def element(tag: str, *children: Svg, **attributes: Attribute) -> Svg:
    """An element: ``element("a", child, href="#x", class_="leg")``; attributes that are None are left out."""
    told = "".join(_attribute(name, value) for name, value in attributes.items())
    if not children:
        return Svg(f"<{tag}{told}/>")
    return Svg(f"<{tag}{told}>{''.join(children)}</{tag}>")


def words(text: str) -> Svg:
    """Text as a child of an element."""
    return Svg(escape(clean.plain(text)))


def group(*children: Svg, **attributes: Attribute) -> Svg:
    """A ``g`` that is there even if empty."""
    return element("g", Svg(""), *children, **attributes)


def text(x: float, y: float, said: str, **attributes: Attribute) -> Svg:
    """A text at a place."""
    return element("text", words(said), x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> Svg:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def rect(x: float, y: float, width: float, height: float, **attributes: Attribute) -> Svg:
    """A rectangle."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=height, **attributes)


def path(steps: str, **attributes: Attribute) -> Svg:
    """A path."""
    return element("path", d=steps, **attributes)


def width_of(said: str, size: float = 11) -> float:
    """About how wide a text is drawn, for keeping labels apart."""
    return len(said) * size * 0.56
