"""Fits a table into the width of a terminal: words stay whole, and what is too wide stands line by line.

Takes headings, rows of texts and a width; gives the text of a table. Columns get the room that their longest
word needs, and the rest goes where it saves most lines. Where even the words do not fit, every row becomes a
block of ``heading  value`` lines.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from io import StringIO
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Dates and ids are read as a whole.
WHOLE: Final = frozenset("when event return_event published status first last from to id days".split())
# Prose is no pleasure in a narrow column.
PROSE: Final = {"what": 16, "citation": 20, "quote": 20, "purpose": 20, "label": 16}
LONGEST: Final = 20
"""A word longer than this is broken where room is short."""

GAP: Final = 2
"""Characters between two columns: the padding of one and the divider."""

Texts = Sequence[Sequence[str]]


def laid_out(headings: Sequence[str], rows: Texts, width: int, *, styled: bool = False) -> str:
    """The text of a table that is no wider than it may be.

    Args:
        headings: The columns.
        rows: A text for each column of each row.
        width: Characters of a line.
        styled: Whether headings may be set off as a terminal can.
    """
    titles = [heading.replace("_", " ") for heading in headings]
    columns = _columns(titles, rows)
    natural = [_widest(column) for column in columns]
    room = width - GAP * (len(headings) - 1)
    for longest in (width, LONGEST):
        least = [
            _least(heading, column, most, longest)
            for heading, column, most in zip(headings, columns, natural, strict=True)
        ]
        if sum(least) <= room:
            return _grid(titles, rows, shared(least, natural, room), styled=styled)
    return _blocks(titles, rows, width)


def shared(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Widths of columns: at least what they need, at most what they can fill, the rest where most lines are.

    Args:
        least: What each needs.
        natural: What each can fill.
        room: Characters for all.
    """
    widths = list(least)
    for _ in range(room - sum(least)):
        lines = [natural[n] / width if width < natural[n] else 0.0 for n, width in enumerate(widths)]
        longest = max(range(len(widths)), key=lambda n: (lines[n], -n))
        if not lines[longest]:
            break
        widths[longest] += 1
    return widths


def _columns(titles: Sequence[str], rows: Texts) -> list[list[str]]:
    return [[title, *(row[n] for row in rows)] for n, title in enumerate(titles)]


def _widest(texts: Sequence[str]) -> int:
    return max(cell_len(line) for text in texts for line in (text.split("\n") or [""]))


def _least(heading: str, texts: Sequence[str], natural: int, longest: int) -> int:
    if heading in WHOLE:
        return natural
    word = max((cell_len(word) for text in texts for word in text.split()), default=1)
    return min(natural, max(min(word, longest), PROSE.get(heading, 0)))


def _grid(titles: Sequence[str], rows: Texts, widths: Sequence[int], *, styled: bool) -> str:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for title, width in zip(titles, widths, strict=True):
        table.add_column(Text(title), overflow="fold", vertical="top", width=width)
    for row in rows:
        # Text, not str: rich would read square brackets in a headline as markup.
        table.add_row(*map(Text, row))
    file = StringIO()
    room = sum(widths) + GAP * (len(widths) - 1)
    console = Console(file=file, width=room, highlight=False, force_terminal=styled or None)
    console.print(table)
    return file.getvalue()


def _blocks(titles: Sequence[str], rows: Texts, width: int) -> str:
    """Every row as lines of heading and value; empty values are left out."""
    side = min(max(map(cell_len, titles)), max(width // 3, 4))
    blocks = []
    for row in rows:
        lines = [_line(title, text, side, width) for title, text in zip(titles, row, strict=True) if text]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _line(title: str, text: str, side: int, width: int) -> str:
    indent = " " * (side + 2)
    head = title[:side].ljust(side) + "  "
    return textwrap.fill(text, width, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False)
