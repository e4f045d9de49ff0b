"""Brings the tables of states and tenures up to date from a SPARQL endpoint of Wikidata's shape.

``prepare(endpoint, …)`` asks and compares and changes nothing; ``Update.write(folder)`` writes what it may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from diplograph.errors import SourceError
from diplograph.knowledge import checks, overlay, reading, renewal, wikidata
from diplograph.knowledge.endpoint import Endpoint
from diplograph.knowledge.gazetteer import Gazetteer
from diplograph.knowledge.renewal import Change, Standing
from diplograph.knowledge.rows import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What an endpoint has that the gazetteer has not.

    Attributes:
        changes: All differences, of states and then of tenures.
        tables: The whole of the tables that would be written, by name.
        faults: What ``gazetteer check`` would find fault with afterwards and does not before.
        as_of: The day on which the endpoint's data was changed last.
    """

    changes: tuple[Change, ...]
    tables: Mapping[str, Sequence[Mapping[str, str]]]
    faults: tuple[Finding, ...]
    as_of: str

    def write(self, folder: Path) -> None:
        """Put the tables into the folder of the reader's own data.

        Raises:
            OSError: If it cannot be written to; then nothing is changed.
        """
        overlay.write(folder, self.tables)


def prepare(
    endpoint: Endpoint,
    folder: Path | None,
    codes: Sequence[str] = (),
    *,
    since: date = checks.SINCE,
    as_of: str | None = None,
    overwrite: bool = False,
) -> Update:
    """Ask an endpoint and compare its answers with the gazetteer as a folder has it.

    Args:
        endpoint: Whom to ask.
        folder: The reader's own data; None for none.
        codes: States to ask for; all states without them.
        since: Tenures that ended before this day are left alone.
        as_of: The day on which the data was right; by default what the endpoint says.
        overwrite: Whether the endpoint wins where both have a date and they differ.

    Raises:
        SourceError: If the endpoint cannot be asked, its answer is broken, or it tells no day.
        QueryLimitError: If it takes too long.
    """
    known = overlay.built_in()
    if folder is not None and folder.is_dir():
        known = overlay.over(known, folder)
    wanted = list(codes) or sorted(one.id for one in known.states.values() if one.kind == "state")
    day = as_of or wikidata.as_of(endpoint)
    if day is None:
        raise SourceError(f"{endpoint.url} does not tell when its data was changed last; give --as-of DATE")
    facts = [one for one in wikidata.states(endpoint) if not codes or one.code in wanted]
    claims = wikidata.claims(endpoint, wanted)
    states = renewal.states(known, facts, _standing(folder, "states", day))
    held = _standing(folder, "tenures", day)
    tenures = renewal.tenures(known, claims, held, since=since, overwrite=overwrite)
    tables = {"states": _rows(folder, "states", states), "tenures": _rows(folder, "tenures", tenures)}
    faults = _faults(known, tables, wanted, since)
    return Update(changes=(*states, *tenures), tables=tables, faults=faults, as_of=day)


def _standing(folder: Path | None, table: str, as_of: str) -> Standing:
    return Standing(
        cells=overlay.standing(folder, table),
        by_hand=overlay.local_ids(folder, table),
        removed=overlay.removed(folder, table),
        updated=frozenset(_earlier(folder, table)),
        as_of=as_of,
    )


def _earlier(folder: Path | None, table: str) -> dict[str, dict[str, str]]:
    """What earlier updates wrote."""
    path = folder / overlay.UPDATES / f"{table}.csv" if folder else None
    return {row["id"]: row for row in overlay.rows(path)} if path else {}


def _rows(folder: Path | None, table: str, changes: Sequence[Change]) -> list[Mapping[str, str]]:
    rows: dict[str, Mapping[str, str]] = dict(_earlier(folder, table))
    for change in changes:
        if change.kind == "gone":
            rows.pop(change.id, None)
        elif change.row is not None:
            rows[change.id] = change.row
    return [rows[name] for name in sorted(rows)]


def _faults(
    known: Gazetteer, tables: Mapping[str, Sequence[Mapping[str, str]]], states: Sequence[str], since: date
) -> tuple[Finding, ...]:
    changed: dict[str, dict[str, Any]] = {
        "states": dict(known.states) | dict(reading.state(row) for row in tables["states"]),
        "tenures": dict(known.tenures) | dict(reading.tenure(row) for row in tables["tenures"]),
    }
    names = ("organisations", "series", "gatherings", "places", "vacancies")
    after = Gazetteer(**changed, **{name: getattr(known, name) for name in names})
    before = set(checks.check(known, since, checks.UNTIL, states))
    return tuple(one for one in checks.check(after, since, checks.UNTIL, states) if one not in before)
