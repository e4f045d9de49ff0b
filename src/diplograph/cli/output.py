"""What the command line prints: data on stdout in the format asked for, remarks on stderr.

Takes headings and rows of plain values; gives a table for people, or JSON, JSON lines or CSV for programs.
Tables neutralise control characters, because texts from outside must not drive a terminal.
"""

from __future__ import annotations

import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from enum import Enum, StrEnum
from typing import Any, Final

Row = Mapping[str, Any]

# Wide enough for a quote, narrow enough for a page; used where no terminal tells its own width.
PLAIN_WIDTH: Final = 110
_CONTROL: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Joiners spell words in several scripts and do no harm to a terminal.
_HARMLESS: Final = frozenset("\n\u200c\u200d")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TTL = "ttl"


def clean(text: str) -> str:
    """The text with every control and formatting character shown instead of obeyed."""
    return "".join(
        f"<{ord(char):02X}>" if unicodedata.category(char) in _CONTROL and char not in _HARMLESS else char
        for char in text
    )


def say(message: str) -> None:
    """Tell people what is going on, on stderr."""
    print(clean(message), file=sys.stderr, flush=True)


def write(text: str) -> None:
    """Put text on stdout, ending in a line break."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


def plain(value: object) -> Any:
    """A value as JSON knows it: rows become objects, names of enumerations text, dates ISO."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def cell(value: object) -> str:
    """A value as one cell of a table."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {cell(item)}" for key, item in value.items() if item not in (None, [], ""))
    return str(value)


def show(rows: Iterable[Row], headings: Sequence[str], form: Format, *, empty: str = "nothing found") -> None:
    """Print rows in a format.

    Args:
        rows: Mappings from heading to value.
        headings: The columns, in order; JSON keeps every key of a row.
        form: The format.
        empty: What a table says if there is no row.
    """
    _PRINTERS[form](list(rows), headings, empty)


def _show_table(rows: list[Row], headings: Sequence[str], empty: str) -> None:
    if not rows:
        say(empty)
        return
    from diplograph.cli.layout import laid_out

    # A terminal obeys what it is sent, so every cell is cleaned.
    texts = [[clean(cell(row.get(heading))) for heading in headings] for row in rows]
    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if on_terminal else _plain_width()
    leaf(laid_out(headings, texts, width, styled=on_terminal and "NO_COLOR" not in os.environ))


def told(sentence: str, row: Row, form: Format | None) -> None:
    """Say what was done: a sentence for people on stderr, or a row on stdout if a format is asked for."""
    if form in (None, Format.TABLE):
        say(sentence)
    else:
        show([row], list(row), Format(form))


def leaf(text: str) -> None:
    """Put a long text on stdout; on a terminal that is too low for it, through a pager.

    ``DIPLOGRAPH_PAGER`` and ``PAGER`` name the pager; ``cat`` or nothing turns it off.
    """
    command = os.environ.get("DIPLOGRAPH_PAGER", os.environ.get("PAGER", "less"))
    words = shlex.split(command)
    lines = shutil.get_terminal_size().lines
    if not sys.stdout.isatty() or text.count("\n") < lines or not words or words[0] == "cat":
        sys.stdout.write(text)
        return
    if shutil.which(words[0]) is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    # F and X leave short texts on the screen, R lets headings be set off.
    environment = {"LESS": "FRX", **os.environ}
    subprocess.run(words, input=text, text=True, check=False, env=environment)  # noqa: S603 - the user's own


def _plain_width() -> int:
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdigit() and int(told) else PLAIN_WIDTH


def paragraph(text: str) -> str:
    """Prose in lines that fit."""
    return textwrap.fill(clean(text), shutil.get_terminal_size((_plain_width(), 24)).columns)


def _show_json(rows: list[Row], _headings: Sequence[str], _empty: str) -> None:
    write(json.dumps(plain(rows), ensure_ascii=False, indent=2))


def _show_jsonl(rows: list[Row], _headings: Sequence[str], _empty: str) -> None:
    for row in rows:
        write(json.dumps(plain(row), ensure_ascii=False))


def _show_csv(rows: list[Row], headings: Sequence[str], _empty: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_inert(cell(row.get(heading))) for heading in headings] for row in rows)


def _inert(text: str) -> str:
    """Keep a spreadsheet from running a cell that begins like a formula."""
    return "'" + text if text.startswith(("=", "+", "@", "\t", "\r")) else text


def _refuse_turtle(_rows: list[Row], _headings: Sequence[str], _empty: str) -> None:
    from diplograph.errors import DiplographError

    raise DiplographError("a table has no Turtle form; ask for table, json, jsonl or csv")


_PRINTERS: Final[dict[Format, Callable[[list[Row], Sequence[str], str], None]]] = {
    Format.TABLE: _show_table,
    Format.JSON: _show_json,
    Format.JSONL: _show_jsonl,
    Format.CSV: _show_csv,
    Format.TTL: _refuse_turtle,
}
