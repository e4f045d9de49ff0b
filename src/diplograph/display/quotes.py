"""The words behind a fact, as a notebook shows them.

``Quotes`` is a tuple of ``diplograph.store.Citation``; ``quoted`` gives the HTML of some of them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplograph.store import Citation

SHOWN: Final = 50
LONGEST: Final = 600
_STYLE: Final = "margin:.3em 0 .3em 1em;text-align:left;white-space:normal;max-width:40em"


class Quotes(tuple["Citation", ...]):
    """The words of the sources behind an event or one of its facts, the best first."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(f"“{one.quote}” {origin(one)}" for one in self) or "<no quotes>"

    def _repr_html_(self) -> str:
        more = f"<p>… and {len(self) - SHOWN} more</p>" if len(self) > SHOWN else ""
        return quoted(self, SHOWN) + more


def origin(citation: Citation) -> str:
    """Where the words stand: source, day, who says so, characters."""
    told = [citation.source_name]
    if citation.published:
        told.append(citation.published.isoformat())
    if citation.attribution:
        told.append(f"according to {citation.attribution}")
    told.append(f"characters {citation.start}–{citation.end}")
    return ", ".join(told)


def quoted(citations: Iterable[Citation], most: int) -> str:
    """Quotes as HTML, what is quoted and for what; each sentence once."""
    seen: dict[tuple[str, int, int], Citation] = {}
    for one in citations:
        seen.setdefault((one.source, one.start, one.end), one)
    return "".join(map(_one, islice(seen.values(), most)))


def _one(citation: Citation) -> str:
    words = " ".join(citation.quote.split())
    words = words if len(words) <= LONGEST else words[:LONGEST] + " …"
    stance = "" if citation.stance == "for" else " <b>contradicts</b>"
    return (
        f'<blockquote style="{_STYLE}">“{html.escape(words)}”'
        f"<br><small>{html.escape(origin(citation))}; tells {html.escape(citation.field)}{stance}</small>"
        "</blockquote>"
    )
