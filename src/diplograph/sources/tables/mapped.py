"""Any table, described by a small TOML file.

The file says which column gives which cell (see ``formats.CELLS``), and what is the same in all rows::

    delimiter = ","
    confidence = 0.9
    [columns]
    start = "arrival"
    a_land = "visitor country"
    b_land = "host country"
    [always]
    code = "visit"
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from diplograph.errors import SourceError
from diplograph.sources.tables.formats import CELLS, Format

_KEYS: Final = frozenset({"name", "about", "delimiter", "confidence", "machine", "official", "encoding"})


def mapped(path: Path) -> Format:
    """The format that a mapping file describes.

    Raises:
        SourceError: If the file is malformed, or names a cell that there is not.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise SourceError(f"{path}: this mapping cannot be read ({wrong})") from wrong
    columns, always = _strings(path, told, "columns"), _strings(path, told, "always")
    strange = sorted({*columns, *always} - set(CELLS)) + sorted(set(told) - _KEYS - {"columns", "always"})
    if strange:
        known = ", ".join(CELLS)
        raise SourceError(f"{path}: {strange[0]!r} is no cell; a mapping gives these: {known}")
    for needed in ("start", "code"):
        if needed not in columns and needed not in always:
            raise SourceError(f"{path}: say which column gives {needed!r} ({CELLS[needed]})")
    select = {cell: "'" + value.replace("'", "''") + "'" for cell, value in always.items()}
    select |= {cell: f"[[{column}]]" for cell, column in columns.items()}
    return Format(
        name=str(told.get("name", path.stem)),
        about=str(told.get("about", f"a table described by {path.name}")),
        columns=tuple(dict.fromkeys(columns.values())),
        select=select,
        delimiter=str(told.get("delimiter", ",")),
        machine=bool(told.get("machine", False)),
        confidence=_share(path, told.get("confidence", 0.9)),
        legacy=told.get("encoding"),
        official=bool(told.get("official", False)),
        known_by=frozenset(columns.values()),
    )


def _strings(path: Path, told: dict[str, Any], key: str) -> dict[str, str]:
    table = told.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise SourceError(f"{path}: [{key}] must give a text for each cell")
    return dict(table)


def _share(path: Path, value: Any) -> float:
    if not isinstance(value, int | float) or not 0 < value <= 1:
        raise SourceError(f"{path}: confidence is {value!r}; give a number above 0, at most 1")
    return float(value)
