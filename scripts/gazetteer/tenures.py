"""Builds data/tenures.csv: who held which office of which state or organisation, from when until when.

A hand-written line of office-holders wins over the mined ones for the stretch of time that it covers;
the sources attest its rows, make partial dates exact, and fill what nobody wrote down.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import editorial
import factbook
from attested import first, last
from countries import Countries
from join import Difference, join
from supply import supply

import sources
import tables
from diplograph.knowledge.offices import in_force

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from spells import Spell

COLUMNS = (
    "id person name aliases surname name_order state office title role start end acting source as_of note"
).split()
_BLIND = ("2017-03-28", "2020-11-24")  # the Factbook was not kept between these days


def build(folder: Path = tables.SOURCES, without: Container[str] = (), target: Path = tables.TARGET) -> int:
    """Write the table; returns the number of its rows.

    Args:
        folder: Holds the sources.
        without: Names of sources to leave out.
        target: Where the table goes.
    """
    rows, _ = joined(folder, without)
    vacancies = [
        row | {"id": f"{row['state']}-{row['office']}-{row['start']}", "source": "editorial"}
        for row in tables.override("vacancies")
    ]
    tables.write("vacancies", "id state office start end reason source".split(), vacancies, target)
    return tables.write("tenures", COLUMNS, rows, target)


def joined(folder: Path, without: Container[str] = ()) -> tuple[list[dict[str, str]], list[Difference]]:
    """The rows of the table, and what differs between them and the sources.

    Args:
        folder: Holds the sources.
        without: Names of sources to leave out.
    """
    states = {row["id"]: row for row in tables.read(tables.TARGET / "states.csv")}
    said = sources.read(folder, without)
    written = editorial.spells()
    mined = [] if factbook.FACTBOOK in without else _mined(folder, states, written)
    runs = {(row["state"], int(row["run"])): row["office"] for row in tables.override("runs")}
    spells = [*written, *mined]
    spells += supply(
        spells,
        said,
        leading=lambda state, on: _leading(states, state, on),
        runs=runs,
        since={one: row["start"] for one, row in states.items() if row["kind"] != "territory"},
    )
    _unify(spells)
    _call(spells, complete=not without)
    differences = join(spells, said)
    _close(spells)
    rows = [one.row() for one in spells]
    _share_aliases(rows)
    _own_names(rows)
    return rows, differences


def _mined(folder: Path, states: Mapping[str, Mapping[str, str]], written: list[Spell]) -> list[Spell]:
    """The Factbook's spells of offices that nobody wrote down."""
    path = folder / "factbook_leaders" / "factbook_leader_terms_from_git.csv"
    kinds = {one: row["kind"] for one, row in states.items()}
    found = [one for one in factbook.spells(path, Countries.read()) if not _foreign(one, kinds, written)]
    ministers = {one.state for one in written if one.office == "prime-minister"}
    for one in found:
        if one.office == "premier" and one.state in ministers:
            one.office = "prime-minister"
    return [one for one in _merged(found) if not _covered(one, written)]


def _leading(states: Mapping[str, Mapping[str, str]], state: str, on: str) -> str:
    """The one office that leads a state on a day; empty if there are several, for then nobody can tell."""
    listed = tuple(tables.split(states[state]["leader"])) if state in states else ()
    offices = in_force(listed, on)
    return next(iter(offices)) if len(offices) == 1 else ""


def _close(spells: list[Spell]) -> None:
    """End a supplied spell where the next one of the office begins, if both tell of the same days."""
    lines: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for one in spells:
        lines[one.state, one.office].append(one)
    for line in lines.values():
        line.sort(key=lambda one: (first(one.start), one.acting))
        for one, following in pairwise(line):
            late = one.end and first(one.end) > first(following.start)
            if late and "editorial" not in (one.source, following.source) and not following.acting:
                one.end = following.start


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
    """Whether hand-written spells of the same office tell of most of the mined one's time."""
    days = 0
    for one in written:
        if (one.state, one.office) == (mined.state, mined.office):
            begin, finish = max(first(one.start), first(mined.start)), min(last(one.end), last(mined.end))
            days += max((finish - begin).days, 0)
    return days > 0 and days >= min(31, (last(mined.end) - first(mined.start)).days // 2)


def _call(spells: list[Spell], *, complete: bool) -> None:
    """Add the names of overrides/aliases.csv; only a table of all sources must know every person there.

    Raises:
        ValueError: If nobody of that state is called so.
    """
    for row in tables.override("aliases"):
        same = [one for one in spells if (one.state, one.name) == (row["state"], row["name"])]
        if complete and not same:
            message = f"aliases.csv: nobody of {row['state']} is called {row['name']!r}"
            raise ValueError(message)
        for one in same:
            one.aliases = [*one.aliases, *tables.split(row["aliases"])]


def _own_names(rows: list[dict[str, str]]) -> None:
    """Nobody is called as somebody else of the state is, unless the name holds the person's own surname."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        named[row["state"], tables.slug(row["name"])].add(row["person"])
        for name in (row["name"], *tables.split(row["aliases"])):
            bearers[row["state"], tables.slug(name)].add(row["person"])
    for row in rows:
        kept = []
        for alias in tables.split(row["aliases"]):
            name = (row["state"], tables.slug(alias))
            others = bearers[name] - {row["person"]}
            if not named[name] - {row["person"]} and (not others or row["surname"] in alias):
                kept.append(alias)
        row["aliases"] = tables.join(kept)


def _share_aliases(rows: list[dict[str, str]]) -> None:
    """What a person is called in one row, the person is called in every row."""
    aliases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        aliases[row["person"], row["state"]].extend(tables.split(row["aliases"]))
    for row in rows:
        row["aliases"] = tables.join(
            alias for alias in aliases[row["person"], row["state"]] if alias != row["name"]
        )
