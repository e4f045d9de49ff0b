"""Compares data/tenures.csv with Archigos: which effective leaders are missing, or begin on other days.

``python scripts/gazetteer/compare.py`` prints a line per difference for a person to judge; it writes nothing.
"""

from __future__ import annotations

import difflib
from datetime import date

import tables

_ALIKE = 0.72
_DAYS = 4


def main() -> None:
    """Print the differences."""
    codes = {
        row["cow"]: row["id"]
        for row in tables.read(tables.TARGET / "states.csv")
        if row["cow"] and row["kind"] != "historical"
    }
    codes |= {
        "260": "DEU",
        "315": "CSK",
        "345": "YUG",
        "678": "YAR",
        "817": "VDR",
        "265": "DDR",
        "816": "VNM",
        "340": "SRB",
        "341": "MNE",
    }
    tenures = tables.read(tables.TARGET / "tenures.csv")
    by_state: dict[str, list[dict[str, str]]] = {}
    for row in tenures:
        by_state.setdefault(row["state"], []).append(row)
    for spell in tables.read(tables.SHARED / "archigos" / "archigos_4.1_from_peacesciencer.csv"):
        state = codes.get(str(int(float(spell["gwcode"]))), "")
        if (
            spell["enddate"] < ("1960" if state in MOST_REPORTED else "1990")
            or spell["enddate"] < spell["startdate"]
        ):
            continue
        if state == "RUS" and spell["enddate"] < "1991-12-26":
            state = "SUN"
        found = _judge(spell, by_state.get(state, []))
        if found:
            print(
                state or spell["obsid"],
                spell["leader"],
                spell["startdate"],
                spell["enddate"],
                found,
                sep="\t",
            )


def _judge(spell: dict[str, str], rows: list[dict[str, str]]) -> str:
    """What is odd about a spell; empty if a row agrees."""
    same = [row for row in rows if _alike(spell["leader"], row)]
    starts = [row["start"] for row in same]
    if any(_near(spell["startdate"], start) for start in starts):
        ends = [row["end"] for row in same if _near(spell["startdate"], row["start"])]
        final = spell["enddate"] >= "2015-12-31" or any(
            _near(spell["enddate"], end) for row in same for end in [row["end"]]
        )
        return "" if final else f"ends {'/'.join(ends)}"
    inside = [
        row
        for row in same
        if row["start"] <= spell["startdate"] and (not row["end"] or row["end"] >= spell["enddate"][:7])
    ]
    if inside and spell["startdate"] > "1960":
        return ""
    return f"starts {'/'.join(starts)}" if starts else "missing"


def _near(one: str, other: str) -> bool:
    if len(other) < 10:
        return one.startswith(other) and bool(other)
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= _DAYS


def _alike(leader: str, row: dict[str, str]) -> bool:
    wanted = tables.slug(leader)
    names = [row["surname"], row["name"], *tables.split(row["aliases"]), *row["name"].split()]
    return any(
        difflib.SequenceMatcher(None, wanted, tables.slug(name)).ratio() >= _ALIKE
        or wanted in tables.slug(name)
        for name in names
    )


MOST_REPORTED = set(
    (
        "USA CHN RUS GBR FRA DEU JPN KOR PRK IND PAK IRN IRQ ISR PSE SYR LBN JOR EGY SAU ARE QAT "
        "KWT TUR GRC CYP UKR BLR POL HUN ROU CZE SVK SRB ITA ESP PRT NLD BEL CHE AUT SWE NOR DNK "
        "FIN IRL CAN MEX CUB VEN COL BRA ARG CHL PER ZAF NGA KEN ETH SDN LBY DZA MAR TUN AUS NZL "
        "IDN MYS SGP THA VNM PHL MMR KHM TWN AFG BGD LKA NPL YEM SUN VDR DDR CSK YUG"
    ).split()
)

if __name__ == "__main__":
    main()
