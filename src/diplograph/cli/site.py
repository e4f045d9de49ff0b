"""What ``export site DIR`` does: all pages of the graph as files that link to one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.cli.output import say, write

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph


def export(kg: KnowledgeGraph, folder: Path) -> None:
    """Write the site and print the path of its first page.

    Args:
        kg: The open graph.
        folder: Where to.

    Raises:
        StoreError: If the folder holds other files.
    """
    from diplograph.pages import site

    done = site.write(kg.store, folder)
    for why in done.left_out:
        say(why)
    say(f"wrote {done.pages} pages, {done.size / 1e6:.1f} MB; they need no network")
    write(str(folder / "index.html"))
