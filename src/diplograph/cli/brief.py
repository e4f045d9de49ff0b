"""Shortens rows for a terminal: what is cut here stands in full in ``--format json`` and in ``why``.

Takes rows of the record; gives rows that a reader takes in at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any, Final

from diplograph.cli.output import Format, Row

SHORT_ID: Final = 10
LONGEST: Final = 150
EVENT: Final = ("when", "what", "status", "citation", "event")


def shortened(rows: Iterable[Row], form: Format) -> list[Row]:
    """The rows with short ids, quotes and file names; as they are for programs.

    Args:
        rows: Mappings with any of the keys ``event``, ``quote``, ``source`` and others.
        form: The format they are meant for.
    """
    if form is not Format.TABLE:
        return list(rows)
    return [_brief(row) for row in rows]


def _brief(row: Row) -> Row:
    short = {key: _SHORTENERS.get(key, _same)(value) for key, value in row.items()}
    if short.get("quote"):
        short["citation"] = f"“{short['quote']}” {short.get('source') or ''}".strip()
    return short


def _span(value: str | None) -> str | None:
    """``2026-01-13/2026-01-14`` as ``2026-01-13/14``: year and month are not told twice."""
    first, slash, last = (value or "").partition("/")
    if not slash or not len(first) == len(last) == 10 or first[:4] != last[:4]:
        return value
    return f"{first}/{last[8:] if first[:7] == last[:7] else last[5:]}"


def _same(value: Any) -> Any:
    return value


def _quote(value: str | None) -> str | None:
    words = " ".join((value or "").split())
    if len(words) <= LONGEST:
        return words or None
    return words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _identifier(value: str | None) -> str | None:
    return value[:SHORT_ID] if value else value


def _source(value: str | None) -> str | None:
    return PurePath(value).name if value and "://" not in value else value


_SHORTENERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "when": _span,
    "event": _identifier,
    "return_event": _identifier,
    "id": _identifier,
    "quote": _quote,
    "source": _source,
}
