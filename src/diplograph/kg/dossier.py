"""A dossier: a briefing on two states with footnotes that quote, as HTML, Markdown or PDF.

Takes an open store and two codes; makes each form when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.display import Page

if TYPE_CHECKING:
    from diplograph.pages import Reply
    from diplograph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A briefing on two states.

    Attributes:
        a: Code of the one.
        b: Code of the other.
        store: Where its record is.
        since: Where the record begins; None for all of it.
        as_of: The day to look from; None for that of the newest source.
    """

    a: str
    b: str
    store: Store
    since: date | None = None
    as_of: date | None = None

    @property
    def markdown(self) -> str:
        """The dossier as Markdown."""
        return self._made("md").text

    def page(self) -> Page:
        """The dossier as a page."""
        made = self._made("html")
        return Page(text=made.text, title=made.title)

    def save(self, path: str | Path) -> Path:
        """Write it as the name of the file ends: ``.html``, ``.md`` or ``.pdf`` (by Chromium).

        Raises:
            StoreError: If it has no such form.
            DiplographError: If a PDF is wanted and there is no Chromium.
        """
        target = Path(path)
        made = self._made(target.suffix.removeprefix(".").lower())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.body)
        return target

    def _made(self, form: str) -> Reply:
        from diplograph.pages import dossiers

        told = {"as-of": self.as_of, "since": self.since}
        given = {name: day.isoformat() for name, day in told.items() if day}
        return dossiers.answer(self.store, (self.a, self.b), form, given)

    def __repr__(self) -> str:
        return f"<Dossier of {self.a} and {self.b}; save('dossier.pdf'), .html or .md writes it>"

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()
