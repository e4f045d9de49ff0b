"""Builds data/series.csv and data/gatherings.csv from the hand-written tables.

Each gathering is a line ``series|key|place|state|start|end|alias…``; its id is ``series-key``.
"""

from __future__ import annotations

import tables

SERIES = "id name aliases organisation source as_of".split()
COLUMNS = "id series series_name name aliases place state start end source as_of".split()
STAMP = {"source": "editorial", "as_of": "2026-01-31"}
_SHORT = {
    "apec": "APEC summit",
    "asem": "ASEM summit",
    "cop": "UN climate conference",
    "unga": "UN General Assembly",
    "davos": "World Economic Forum",
    "chogm": "Commonwealth summit",
    "china-japan-korea": "China-Japan-South Korea summit",
}


def build() -> int:
    """Write both tables; returns the number of gatherings."""
    series = tables.override("series")
    for row in series:
        row["aliases"] = tables.join([*tables.split(row["aliases"]), row["name"]])
    tables.write("series", SERIES, [row | STAMP for row in series])
    names = {row["id"]: row["name"] for row in series}
    lines = (tables.OVERRIDES / "gatherings.txt").read_text(encoding="utf-8").splitlines()
    return tables.write(
        "gatherings", COLUMNS, [_row(line, names) for line in lines if line and not line.startswith("#")]
    )


def _row(line: str, names: dict[str, str]) -> dict[str, str]:
    series, key, place, state, start, end, *aliases = line.split("|")
    short = _SHORT.get(series, names[series])
    year = key[:4]
    own = [
        *aliases,
        f"{year} {short}",
        f"{short} in {place}" if place else "",
        f"{place} {short}" if place else "",
    ]
    return {
        "id": f"{series}-{key}",
        "series": series,
        "series_name": names[series],
        "name": f"{short} {year}",
        "aliases": tables.join(own),
        "place": place,
        "state": state,
        "start": start,
        "end": end,
        **STAMP,
    }
