"""Builds data/tenures.csv: who held which office of which state or organisation, from when until when.

A hand-written line of office-holders wins over the mined ones for the stretch of time that it covers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import editorial
import factbook

if TYPE_CHECKING:
    from spells import Spell

import tables

COLUMNS = (
    "id person name aliases surname name_order state office title role start end acting source as_of note"
).split()
_BLIND = ("2017-03-28", "2020-11-24")  # the Factbook was not kept between these days


def build() -> int:
    """Write the table; returns the number of its rows."""
    states = tables.read(tables.TARGET / "states.csv")
    codes = {row["gec"]: row["id"] for row in states if row["gec"] and row["kind"] != "historical"}
    kinds = {row["id"]: row["kind"] for row in states}
    written = editorial.spells()
    found = [one for one in factbook.spells(codes) if not _foreign(one, kinds, written)]
    mined = [one for one in _merged(found) if not _covered(one, written)]
    _unify([*written, *mined])
    rows = [one.row() for one in [*written, *mined]]
    _share_aliases(rows)
    vacancies = [
        row | {"id": f"{row['state']}-{row['office']}-{row['start']}", "source": "editorial"}
        for row in tables.override("vacancies")
    ]
    tables.write("vacancies", "id state office start end reason source".split(), vacancies)
    return tables.write("tenures", COLUMNS, rows)


def _foreign(one: Spell, kinds: dict[str, str], written: list[Spell]) -> bool:
    """Whether it is the sovereign of a territory, or a kingdom's "president of the government"."""
    if kinds[one.state] == "territory":
        return one.office in ("president", "king")
    kingdom = any(other.state == one.state and other.office == "king" for other in written)
    return (
        one.office == "president" and kingdom and one.state not in ("AFG", "EGY", "GRC", "IRN", "LBY", "NPL")
    )


def _unify(spells: list[Spell]) -> None:
    """Give a person of a state one name, the first spell's, wherever an alias shows who it is."""
    known: dict[tuple[str, str], Spell] = {}
    for one in spells:
        keys = {(one.state, tables.slug(name).replace("-", "")) for name in (one.name, *one.aliases)}
        first = next((known[key] for key in sorted(keys) if key in known), None)
        if first and one.source != "editorial":
            one.aliases = [*one.aliases, one.name]
            one.name, one.surname = first.name, first.surname
        for key in keys:
            known.setdefault(key, one)


def _merged(mined: list[Spell]) -> list[Spell]:
    """One spell per person and office, with ends from the successor."""
    lines: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for one in sorted(mined, key=lambda one: (one.start, one.last_seen)):
        line = lines[one.state, one.office]
        same = next(
            (
                other
                for other in line
                if other.surname == one.surname
                and other.acting == one.acting
                and other.start[:4] == one.start[:4]
            ),
            None,
        )
        if same:
            same.aliases = [*same.aliases, one.name, *one.aliases]
            same.start, same.last_seen = (
                max(same.start, one.start, key=len),
                max(same.last_seen, one.last_seen),
            )
        elif not any(other.start == one.start for other in line):
            line.append(one)
    for line in lines.values():
        line.sort(key=lambda one: one.start)
        for one, following in zip(line, [*line[1:], None], strict=True):
            _end(one, following)
    return [one for line in lines.values() for one in line]


def _end(one: Spell, following: Spell | None) -> None:
    if following and not (one.last_seen <= _BLIND[0] and following.start > _BLIND[0]):
        one.end = following.start
    elif following or one.last_seen < "2025-12":
        one.end = max(one.last_seen, one.start)
        one.note = "in office at least until this end, when the source was last seen"


def _covered(mined: Spell, written: list[Spell]) -> bool:
    """Whether hand-written spells of the same office reach over the middle of the mined one."""
    line = [one for one in written if (one.state, one.office) == (mined.state, mined.office)]
    return bool(line) and (not mined.end or mined.end > min(one.start for one in line))


def _share_aliases(rows: list[dict[str, str]]) -> None:
    """What a person is called in one row, the person is called in every row."""
    aliases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        aliases[row["person"], row["state"]].extend(tables.split(row["aliases"]))
    for row in rows:
        row["aliases"] = tables.join(
            alias for alias in aliases[row["person"], row["state"]] if alias != row["name"]
        )
