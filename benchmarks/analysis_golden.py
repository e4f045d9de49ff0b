#!/usr/bin/env python3
"""The golden numbers of HistoryAtState by Python call, by command and by SPARQL question, side by side.

usage: analysis_golden.py STORE | FOLDER

STORE is a graph into which both tables were imported without remarks; from a FOLDER with the two tables one
is made first. Without an argument only the Python call is made, over the facts that ship in data/.
Golden: 204 partners, 110 both ways; of 718 trips 201, 378 and 520 answered within 180, 365 and 730 days; of
3,009 visits 267, 509 and 871. Exits with 1 if a figure differs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from diplograph.analysis import facts, reciprocity
from diplograph.analysis.scope import Scope

GOLDEN = {180: (718, 201, 3009, 267), 365: (718, 378, 3009, 509), 730: (718, 520, 3009, 871)}
PARTNERS = (204, 110)
FILTER = ["--since", "1960", "--without-office", "Secretary of State", "--as-coded", "--gatherings"]


def by_call(days: int) -> tuple[int, ...]:
    """Trips, trips answered, visits, visits answered."""
    leaders = Scope(since=date(1960, 1, 1), without_offices=frozenset({"Secretary of State"}))
    visits = leaders.narrow(facts.historyatstate()).events
    rows = reciprocity.returns(visits, within=days, codes=facts.codes(), multilateral=True)
    figures: list[int] = []
    for side in ("guest", "host"):
        own = [row for row in rows if getattr(row.visit, side) == "united-states"]
        figures += [len(own), reciprocity.rate(own).returned]
    return tuple(figures)


def asked(store: Path, *words: str) -> dict[str, int]:
    """The figures of the command ``reciprocity``."""
    command = ["diplograph", "reciprocity", *words, *FILTER, "--store", str(store), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[0]  # type: ignore[no-any-return]  # json is untyped


def by_command(store: Path, days: int) -> tuple[int, ...]:
    """The same by the command."""
    figures: list[int] = []
    for side in ("--guest", "--host"):
        found = asked(store, "--within", str(days), side, "USA")
        figures += [found["visits"], found["returned"]]
    return tuple(figures)


def by_question(store: Path, days: int) -> tuple[int, ...]:
    """The same by the SPARQL question ``answered-visits``."""
    command = [
        "diplograph",
        "ask",
        "answered-visits",
        f"days={days}",
        "--store",
        str(store),
        "--format",
        "json",
    ]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    told = {row["direction"]: (int(row["visits"]), int(row["answered_visits"])) for row in rows}
    return (*told["made"], *told["received"])


def figures(store: Path | None) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """Name, figure found, figure wanted."""
    for days, golden in GOLDEN.items():
        yield f"call, {days} days", by_call(days), golden
        if store is not None:
            yield f"command, {days} days", by_command(store, days), golden
            yield f"question, {days} days", by_question(store, days), golden
    if store is not None:
        found = asked(store)
        yield "command, partners", (found["partners"], found["both_ways"]), PARTNERS


def main() -> int:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        store = given
        if given is not None and list(given.glob("*.csv")):
            store = Path(folder) / "kg"
            tables = [str(path) for path in sorted(given.glob("*.csv"))]
            subprocess.run(
                ["diplograph", "import", "--no-remarks", *tables, "--store", str(store)], check=True
            )
        wrong = 0
        for name, found, wanted in figures(store):
            wrong += found != wanted
            print(
                f"| {name} | {found} | {'as wanted' if found == wanted else f'wanted {wanted}'} |", flush=True
            )
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
