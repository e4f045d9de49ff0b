"""Finds the places and gatherings of the gazetteer that the cells of a table name.

Takes the database of a staging; makes its tables ``spot`` and ``gathered``, a row for each different name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from diplograph.knowledge import gazetteer
from diplograph.sources.tables.actors import clean, state_of
from diplograph.text import mentions

if TYPE_CHECKING:
    import duckdb

_SPOT = "STRUCT(name VARCHAR, state VARCHAR, id VARCHAR)"
_GATHERED = "STRUCT(name VARCHAR, id VARCHAR)"


def places(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``spot``: name and land as told → place; a place in no known state is left out."""
    import pyarrow as pa

    asked = con.sql(
        "SELECT DISTINCT place, place_land FROM cells WHERE place IS NOT NULL ORDER BY ALL"
    ).fetchall()
    rows = [(name, land, place(name, land or "")) for name, land in asked]
    kept = [row for row in rows if row[2]]
    con.execute(f"CREATE OR REPLACE TABLE spot (name VARCHAR, land VARCHAR, place {_SPOT})")
    if kept:
        told = pa.table(
            {"name": [r[0] for r in kept], "land": [r[1] for r in kept], "place": [r[2] for r in kept]}
        )
        con.register("told_spots", told)
        con.execute("INSERT INTO spot SELECT * FROM told_spots")
        con.unregister("told_spots")


def place(name: str, land: str) -> dict[str, str | None] | None:
    """A place with its state and, if the gazetteer has it, its id."""
    state = state_of(land)
    if state is None:
        return None
    found = [one for one in gazetteer.load().places_named(name, state) if one.state == state]
    return {"name": clean(name), "state": state, "id": found[0].id if found else None}


def occasions(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``gathered``: name as told and day → gathering of the gazetteer, or the name alone."""
    import pyarrow as pa

    asked = con.sql(
        'SELECT DISTINCT occasion, day_of("start") FROM cells WHERE occasion IS NOT NULL ORDER BY ALL'
    ).fetchall()
    con.execute(f"CREATE OR REPLACE TABLE gathered (name VARCHAR, day DATE, occasion {_GATHERED})")
    if asked:
        told = pa.table({
            "name": [name for name, _ in asked],
            "day": pa.array([day for _, day in asked], pa.date32()),
            "occasion": [occasion(name, day) for name, day in asked],
        })  # fmt: skip
        con.register("told_occasions", told)
        con.execute("INSERT INTO gathered SELECT * FROM told_occasions")
        con.unregister("told_occasions")


def occasion(name: str, day: date | None) -> dict[str, str | None]:
    """The gathering that a name means on a day: one of the gazetteer, its series, or the words alone."""
    words = clean(name)
    for hit in mentions.find(words):
        if gathering := hit.meaning("gathering"):
            return {"name": words, "id": gathering}
        if series := hit.meaning("series"):
            dated = gazetteer.load().gathering(series, day) if day else None
            return {"name": words, "id": dated.id if dated else series}
    return {"name": words, "id": None}
