"""A table as HTML for a notebook: inert, bounded, and each event folds open to the words behind it.

Takes headings, rows and who can be asked for quotes; gives HTML without a script, an id or a style sheet, so
that nothing in it can meet anything else in a notebook.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from diplograph.display.quotes import quoted

if TYPE_CHECKING:
    from diplograph.store import Citation

Ask = Callable[[str], Iterable["Citation"]]

ROWS: Final = 200
"""Rows that are shown; a notebook keeps what it shows."""
CHARACTERS: Final = 500_000
"""Characters of HTML after which no further row is shown."""
FOLDS: Final = 60
"""Events whose quotes are folded into one table, and how many quotes of each."""
QUOTES: Final = 3
LONGEST: Final = 400
"""Characters of one cell."""
IDS: Final = 3
"""Ids of one cell that are shown."""

_EVENT: Final = re.compile(r"(?:event:)?([0-9a-f]{32})")
_WHOLE: Final = frozenset({"event", "return_event", "when", "published", "first", "last", "returned", "days"})
_PROSE: Final = frozenset({"what", "quote", "sentence", "label"})


def table(
    headings: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    caption: str,
    ask: Ask | None,
    left_out: Sequence[str] = (),
) -> str:
    """The rows as an HTML table.

    Args:
        headings: The columns that are shown.
        rows: The rows, of which the first are shown.
        caption: What they are.
        ask: Gives the quotes behind an event id; None if nobody can.
        left_out: Columns that are not shown, to be told.
    """
    folds = _Folds(ask)
    shown: list[str] = []
    size = 0
    for row in islice(rows, ROWS):
        cells = "".join(f"<td {_style(h)}>{_cell(row.get(h), folds)}</td>" for h in headings)
        size += len(cells)
        if size > CHARACTERS:
            break
        shown.append(f"<tr>{cells}</tr>")
    head = "".join(f"<th {_style(h)}>{html.escape(h.replace('_', ' '))}</th>" for h in headings)
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    body = f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(shown)}</tbody></table>"
    return f'<div style="overflow:auto;max-height:36em">{body}</div>{_rest(len(rows) - len(shown), left_out)}'


def _rest(rows: int, columns: Sequence[str]) -> str:
    """What is not shown, in a sentence; nothing if everything is."""
    told = [f"… and {rows} more rows"] if rows else []
    told += [f"columns not shown: {html.escape(', '.join(columns))}"] if columns else []
    return f"<p><small>{'; '.join(told)}; to_pandas() has them all</small></p>" if told else ""


def _style(heading: str) -> str:
    """Dates stay on one line, and prose gets room."""
    own = ";white-space:nowrap" if heading in _WHOLE else ";min-width:16em" if heading in _PROSE else ""
    return f'style="text-align:left;vertical-align:top{own}"'


class _Folds:
    """The quotes behind events, as far as there is room for them.

    Args:
        ask: Gives them.
    """

    def __init__(self, ask: Ask | None) -> None:
        self._ask = ask
        self._known: dict[str, str] = {}

    def of(self, event: str) -> str:
        """The quotes behind an event as HTML; empty if there is no room, or nobody to ask."""
        if self._ask is None or (event not in self._known and len(self._known) >= FOLDS):
            return ""
        if event not in self._known:
            try:
                self._known[event] = quoted(self._ask(event), QUOTES)
            except Exception:  # noqa: BLE001 - a table shows itself also when its graph has been closed
                self._known[event] = ""
        return self._known[event]


def _cell(value: Any, folds: _Folds) -> str:
    if isinstance(value, (list, tuple)):
        return _list(value, folds)
    text = "" if value is None else str(value)
    if found := _EVENT.fullmatch(text):
        return _fold(text, found[1], folds)
    return html.escape(text if len(text) <= LONGEST else text[:LONGEST] + " …")


def _list(values: Sequence[Any], folds: _Folds) -> str:
    if not any(isinstance(one, str) and _EVENT.fullmatch(one) for one in values):
        return _cell(", ".join(map(str, values)), folds)
    more = f" and {len(values) - IDS} more" if len(values) > IDS else ""
    return " ".join(_cell(one, folds) for one in values[:IDS]) + more


def _fold(text: str, event: str, folds: _Folds) -> str:
    """An id, short, that opens to its quotes."""
    short = f"<code>{html.escape(text[: -len(event)] + event[:10])}</code>"
    inside = folds.of(event)
    if not inside:
        return f'<span title="{html.escape(text)}">{short}</span>'
    return f'<details><summary title="{html.escape(text)}">{short}</summary>{inside}</details>'
