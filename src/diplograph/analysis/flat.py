"""Makes rows of measures flat: plain values under headings, for tables, CSV and JSON.

Takes frozen rows of any measure and names of states; gives dictionaries. A visit becomes its date, bounds
become words (``150 to 180 days``), codes in fields that hold states become names, and ``events`` stays a list
of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.series import Count

STATES: Final = frozenset(
    "a b actor other state guest host mediator by states poles key hosts began_by answered_by".split()
)
IDS: Final = frozenset("before after unsure contact tension out back".split())

APART: Final = frozenset({"events", "own"})

Row = dict[str, Any]


def rows(found: Iterable[Any], names: Mapping[str, str], *, ids: bool = True) -> list[Row]:
    """One dictionary for each row.

    Args:
        found: Rows of a measure.
        names: State code → name.
        ids: Whether event ids are wanted, which are most of a large table.
    """
    return [row(one, names, ids=ids) for one in found]


def row(one: Any, names: Mapping[str, str], *, ids: bool = True) -> Row:
    """One row as plain values; ``events`` comes last."""
    made: Row = {}
    for field in fields(one):
        if field.name in APART:
            continue
        value = getattr(one, field.name)
        if isinstance(value, Journey):
            made |= _journey(field.name, value, names)
        elif field.name in STATES:
            made[field.name] = _named(value, names)
        else:
            made[field.name] = _plain(value)
    if not ids:
        return made
    return made | {"events": list(getattr(one, "events", ()))}


def _journey(name: str, journey: Journey, names: Mapping[str, str]) -> Row:
    guest, host = names.get(journey.guest, journey.guest), names.get(journey.host, journey.host)
    return {
        name: f"{guest} to {host}",
        f"{name}_when": journey.when.edtf or None,
        f"{name}_event": journey.event,
    }


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return [names.get(code, code) for code in value]
    return names.get(value, value)


def _plain(value: Any) -> Any:
    if isinstance(value, (Days, Count)):
        return _bounds(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _bounds(value: Days | Count) -> Any:
    if isinstance(value, Days):
        return str(value)
    return value.sure if value.sure == value.at_most else f"{value.sure} to {value.at_most}"


def counted(made: Row, *headings: str) -> Row:
    """The row with lists of ids under some headings replaced by their number."""
    return made | {name: len(made[name]) for name in headings if isinstance(made.get(name), list)}
