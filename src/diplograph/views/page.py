"""The frame of every page: one look, everything inside the file, and a policy that lets nothing else in.

Takes a title, a template of ``templates/`` with its values, and scripts; gives the text of an HTML file. The
Content-Security-Policy names the hash of each script and style of the page and forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.views import clean
from diplograph.views.ways import ALONE, Form, Ways

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
LISTED: Final = 1000
"""Rows that a list of events or sources shows; it says how many it left out."""


@cache
def environment() -> Environment:
    """The template environment: everything is escaped, and a missing value is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": True}
    made.globals["LISTED"] = LISTED
    made.filters["fromjson"] = json.loads
    made.filters["plain"] = clean.plain
    made.filters["short"] = clean.short
    made.filters["address"] = clean.address
    return made


def _shown(value: Any) -> Any:
    """What a template puts on the page: strings cleaned, whatever else as it is."""
    return clean.plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script of ``templates/``."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(scripts: Sequence[str], styles: Sequence[str], ways: Ways = ALONE) -> str:
    """The Content-Security-Policy of a page that holds these scripts and styles, and nothing else."""
    # Files of a site lie beside one another: where they are opened from a disk, ``self`` may not name them.
    beside = ["'self'", "file:"]
    site = ways.form is Form.SITE
    sources = {
        "default-src": ["'none'"],
        # A packed script unpacks itself into a blob.
        "script-src": ([*beside, "blob:"] if site else [_hash(script) for script in scripts])
        if scripts
        else ["'none'"],
        "style-src": beside if site else [_hash(style) for style in styles],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'" if ways.served else "'none'"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in sources.items())


def render(
    template: str,
    *,
    title: str,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    ways: Ways = ALONE,
    **values: Any,
) -> str:
    """A page as HTML text.

    Args:
        template: Name of a template that extends ``page.html``, or the text of one.
        title: The title of the page, as it comes; it is cleaned and escaped.
        scripts: JavaScript sources to hold inside the page, in order.
        styles: CSS to hold besides the common style sheet.
        ways: The ways to other pages.
        values: What the template wants.
    """
    sheets = (asset("style.css"), *styles)
    made = environment()
    found = made.from_string(template) if "{%" in template else made.get_template(template)
    return found.render(
        title=clean.plain(title),
        policy=policy(scripts, sheets, ways),
        scripts=[(ways.keep(script, "js"), _inert(script)) for script in scripts],
        sheets=[(ways.keep(sheet, "css"), _inert(sheet)) for sheet in sheets],
        ways=ways,
        **values,
    )


def _inert(text: str) -> Any:
    """A script or style of ours, marked as safe once it is certain that it cannot close its own element."""
    from markupsafe import Markup

    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise ValueError("a script or style may not hold a closing tag or the start of a comment")
    # Ours or a library's, never a source's.
    return Markup(text)  # noqa: S704
