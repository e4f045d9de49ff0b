"""Brings a store of an older layout up to date.

Takes the folder and the opened store. Layout 2 added the copies of the evidence and the index, both of which
follow from the evidence.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph.store.copies import Copies
from diplograph.store.engine import address

if TYPE_CHECKING:
    from diplograph.store.keeping import GraphStore

LAYOUT: Final = 2


def migrate(path: Path, store: GraphStore) -> None:
    """Make what the newer layout has and the older one had not; the version is changed last."""
    copies = Copies(path / "evidence")
    for source in store.sources():
        copies.keep(source, store.engine.lines(address("source", source)))
    store.rebuild()
    (path / "layout.json").write_text(f'{{"layout": {LAYOUT}}}\n', encoding="utf-8")
