"""Quadruples of temporal knowledge graphs: subject, relation, object, date; by name, or by number.

Names are those of ICEWS (``Shinzo_Abe``, ``Foreign_Affairs_(Iran)``), relations texts of CAMEO. Where they
are numbers, ``entity2id.txt`` and ``relation2id.txt`` in the same folder tell the names, and a time that is a
number counts hours from a start.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from diplograph.errors import SourceError
from diplograph.sources.tables.formats import Format

_STARTS: Final = {
    "icews14": "2014-01-01",
    "icews0515": "2005-01-01",
    "icews18": "2018-01-01",
    "gdelt": "2018-01-01",
}

FORMAT: Final = Format(
    name="quadruples",
    about="quadruples of a temporal knowledge graph, such as ICEWS14 or ICEWS05-15",
    columns=("subject", "relation", "object", "time"),
    select={
        "start": "[[time]]",
        "code": "replace([[relation]], '_', ' ')",
        "a_name": "replace([[subject]], '_', ' ')",
        "b_name": "replace([[object]], '_', ' ')",
    },
    header=False,
    confidence=0.75,
)


def numbered(since: str | None, path: Path) -> Format:
    """The format for files of numbers: names come from the tables of ids, days from hours since a start.

    Args:
        since: The day that hour 0 is on; None tells it from the name of the data set.
        path: The file.

    Raises:
        SourceError: If the start cannot be told, or is no date.
    """
    day = since or _told(path)
    try:
        date.fromisoformat(day)
    except ValueError:
        raise SourceError(
            f"{path}: its times are numbers, and {day!r} is no day; say with --since which day hour 0 is on"
        ) from None
    return replace(
        FORMAT,
        select={
            "start": f"strftime(DATE '{day}' + (try_cast([[time]] AS BIGINT) // 24)::INTEGER, '%Y-%m-%d')",
            "code": "(SELECT name FROM relation2id WHERE id = [[relation]])",
            "a_name": "(SELECT name FROM entity2id WHERE id = [[subject]])",
            "b_name": "(SELECT name FROM entity2id WHERE id = [[object]])",
        },
    )


def _told(path: Path) -> str:
    for part in reversed(path.resolve().parts):
        plain = re.sub(r"[^a-z0-9]", "", part.casefold())
        for name, start in _STARTS.items():
            if name in plain:
                return start
    return ""


def names(path: Path) -> list[tuple[str, str]]:
    """The table of ids beside a file, as id and name.

    Raises:
        SourceError: If it is not there, or a line of it is no pair.
    """
    if not path.exists():
        raise SourceError(f"{path} is missing; put it beside the quadruples, whose numbers it names")
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) >= 2:
            found.append((cells[1].strip(), cells[0].strip().replace("_", " ")))
        elif line.strip() and not line.strip().isdigit():
            raise SourceError(f"{path}:{number}: no name and id with a tab between them")
    return found
