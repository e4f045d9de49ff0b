"""A page that lists events, the latest at the top."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from diplograph.model import Event


def render(events: Iterable[Event], *, names: Mapping[str, str]) -> str:
    """A plain list of events as one HTML file, the latest first."""
    ordered = sorted(events, key=lambda event: (event.facts.when.edtf, event.id), reverse=True)
    steps = "".join(
        f'<li id="{event.id}">{html.escape(event.facts.when.edtf)} {event.facts.type}: '
        f"{html.escape(' and '.join(names.get(code, code) for code in event.facts.states))}</li>"
        for event in ordered
    )
    return f"<!doctype html><title>ladder</title><ol>{steps}</ol>"
