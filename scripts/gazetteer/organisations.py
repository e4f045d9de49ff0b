"""Builds data/organisations.csv from the hand-written table: who is a member of what, and since when."""

from __future__ import annotations

import tables

COLUMNS = "id name acronym aliases kind seat members ambiguous source as_of".split()


def build() -> int:
    """Write the table; returns the number of its rows."""
    states = {row["id"] for row in tables.read(tables.TARGET / "states.csv")}
    united = sorted(
        row["id"] for row in tables.read(tables.TARGET / "states.csv") if row["un_member"] == "yes"
    )
    rows = tables.override("organisations")
    for row in rows:
        row["members"] = tables.join(united if row["members"] == "*UN" else row["members"].split())
        unknown = [member for member in tables.split(row["members"]) if member.split("@")[0] not in states]
        if unknown:
            raise ValueError(f"{row['id']}: no such states: {unknown}")
        row |= {"source": "editorial", "as_of": "2026-01-31"}
    return tables.write("organisations", COLUMNS, rows)
