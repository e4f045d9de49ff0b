"""Turns what sources call a state, in words or codes, into the id of data/states.csv.

``Countries.read()`` takes the built table of states and overrides/source_names.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

# States that bore one name or number one after the other: the name, and who bore it from which day.
_SUCCESSIONS = {
    "russia": (("", "SUN"), ("1991-12-26", "RUS")),
    "yemen": (("", "YAR"), ("1990-05-22", "YEM")),
    "serbia and montenegro": (("", "SCG"),),
    "vietnam": (("", "RVN"), ("1976-07-02", "VNM")),
    "czech republic": (("", "CZE"),),
}
_COW = {
    "260": "DEU", "255": "DEU", "265": "DDR", "315": "CSK", "345": "YUG", "678": "YAR", "680": "YMD",
    "817": "RVN", "816": "VNM", "340": "SRB", "341": "MNE", "347": "XKX", "511": "EAZ",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Countries:
    """The names, adjectives and numbers of states."""

    names: Mapping[str, str]
    adjectives: Mapping[str, str]
    cow: Mapping[str, str]
    gec: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def read(cls) -> Countries:
        """Read them from data/states.csv, as it was built last."""
        rows = tables.read(tables.TARGET / "states.csv")
        # A living state goes last, so that it wins where one name belonged to several.
        rows.sort(key=lambda row: row["kind"] != "historical")
        names = {
            tables.slug(name): row["id"]
            for row in rows
            for name in (row["official_name"], *tables.split(row["aliases"]), row["name"])
        }
        names |= {tables.slug(row["name"]): row["state"] for row in tables.override("source_names")}
        living = [row for row in rows if row["kind"] != "historical"]
        return cls(
            names=names,
            adjectives={word: row["id"] for row in rows for word in tables.split(row["adjectives"])},
            cow={row["cow"]: row["id"] for row in living if row["cow"]} | _COW,
            gec={row["gec"]: row["id"] for row in living if row["gec"]},
            kinds={row["id"]: row["kind"] for row in rows},
        )

    def named(self, words: str, on: str) -> str:
        """The state that a source called so on a day; empty if it is none that is known."""
        line = _SUCCESSIONS.get(words.casefold().strip())
        if line:
            return [state for since, state in line if since <= on][-1]
        return self.names.get(tables.slug(words), "")
