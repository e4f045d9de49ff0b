"""A page: one HTML file that holds all it needs, and a frame of its own in a notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST: Final = 3_000_000
"""Characters that a notebook is given of one page: it keeps them all, in every copy that is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTML file that holds all it needs.

    Attributes:
        text: The HTML.
        title: What it shows, for those who hear the page.
        height: In a notebook, in pixels.
    """

    text: str
    title: str = "diplograph"
    height: int = 640

    def save(self, path: str | Path) -> Path:
        """Write the page to a file; gives its path."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.text, encoding="utf-8")
        return target

    def __repr__(self) -> str:
        return f"<Page {self.title}, {len(self.text) // 1024} KB; save(path) writes it>"

    def _repr_html_(self) -> str:
        if len(self.text) > MOST:
            size = f"{len(self.text) / 1e6:.1f} MB, and a notebook is given {MOST / 1e6:.0f} MB at most"
            advice = "save('page.html') writes it to a file; two states named draw a smaller one"
            return f"<p><b>{html.escape(self.title)}</b>: this page has {size}. {html.escape(advice)}.</p>"
        # A frame of its own keeps several pages apart; the sandbox keeps each from the notebook.
        attributes = {
            "title": self.title,
            "sandbox": "allow-scripts",
            "width": "100%",
            "height": str(self.height),
        }
        told = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        return f'<iframe {told} style="border:0" srcdoc="{html.escape(self.text)}"></iframe>'
