# ruff: noqa: E501, S608 - questions in SQL, written here
"""The ten most used questions on a million events: SPARQL on the graph beside DuckDB on the columnar twin.

    python benchmarks/queries.py [--rows 100000] [--save]

Prints milliseconds of each question by its shipped query, of the same question written in SQL over the twin, and
their ratio. A question is asked three times; the quickest counts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
PAIR: Final = {"a": "USA", "b": "CHN"}
BOTH: Final = "list_contains(states, 'USA') AND list_contains(states, 'CHN')"
HELD: Final = "type = 'visit' AND status = 'held'"

# Name for people, shipped question, its parameters, the same in SQL.
QUESTIONS: Final[tuple[tuple[str, str, dict[str, Any], str], ...]] = (
    ("visits of a dyad by date", "visits-of-x-to-y", {"guest": "USA", "host": "CHN"},
     "SELECT event, edtf, status, place FROM events WHERE type = 'visit' AND list_contains(guests, 'USA') AND host = 'CHN' ORDER BY edtf"),
    ("counts per dyad and year", "contacts-by-year", PAIR,
     f"SELECT year(first), type, count(*) FROM events WHERE status = 'held' AND type IN ('visit', 'meeting', 'call') AND {BOTH} GROUP BY ALL ORDER BY ALL"),
    ("whose turn", "whose-turn", PAIR,
     f"SELECT host, edtf FROM events WHERE {HELD} AND occasion IS NULL AND {BOTH} ORDER BY first DESC LIMIT 1"),
    ("top hosts", "host-counts", {}, f"SELECT host, count(*) n FROM events WHERE {HELD} GROUP BY host ORDER BY n DESC"),
    ("last visit each way", "last-visit-each-way", PAIR,
     f"SELECT guests[1], host, max(first) FROM events WHERE {HELD} AND {BOTH} GROUP BY ALL"),
    ("issues by year", "issues-by-year", PAIR,
     f"SELECT year(first), i.name, count(*) FROM (SELECT first, unnest(issues) AS i FROM events WHERE {BOTH}) GROUP BY ALL"),
    ("timeline of a dyad", "events-of-dyad", PAIR, f"SELECT event, label, type, edtf, status FROM events WHERE {BOTH} ORDER BY edtf"),
    ("first visits in five years", "first-visit-in-n-years", {"years": 5},
     f"SELECT event FROM (SELECT event, first, lag(first) OVER (PARTITION BY guests[1], host ORDER BY first) AS before FROM events WHERE {HELD}) WHERE first - before > 1826"),
)  # fmt: skip


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--rows", type=int, default=20_000)
    told.add_argument("--save", action="store_true", help="write benchmarks/results/queries.md")
    given = told.parse_args()
    with tempfile.TemporaryDirectory(prefix="diplograph-bench-") as name:
        lines = run(Path(name), given.rows)
    if given.save:
        packages = ", ".join(f"{one} {metadata.version(one)}" for one in ("duckdb", "pyoxigraph"))
        text = [
            "# Questions on event data",
            "",
            f"`python benchmarks/queries.py --rows {given.rows} --save`; {packages}.",
            "",
        ]
        (HERE / "results" / "queries.md").write_text("\n".join([*text, *lines, ""]), encoding="utf-8")


def run(folder: Path, rows: int) -> list[str]:
    """The table, from a store made of so many rows of ICEWS."""
    from diplograph import store
    from diplograph.sources import tables
    from diplograph.store import bulk
    from diplograph.store.questions import ask

    made = folder / "events"
    subprocess.run([sys.executable, HERE / "making" / "event_files.py", "icews", str(rows), made], check=True)
    lines = ["| question | rows answered | SPARQL, ms | DuckDB, ms | ratio |", "|---|---:|---:|---:|---:|"]
    with store.open(folder / "kg") as kept:
        with tables.stage(made, "icews") as staging:
            bulk.take(kept, staging)
        con = kept.columns.open()
        for name, question, given, sql in QUESTIONS:
            answered, theirs = timed(lambda q=question, g=given: len(ask(kept, q, g)))
            _, ours = timed(lambda s=sql: con.sql(s).fetchall())
            lines.append(f"| {name} | {answered:,} | {theirs:.1f} | {ours:.1f} | {theirs / ours:.1f} |")
            print(lines[-1], flush=True)
    return lines


def timed(task: Callable[[], Any]) -> tuple[Any, float]:
    """What a task gives, and the milliseconds of its quickest run of three."""
    best, given = float("inf"), None
    for _ in range(3):
        begun = time.perf_counter()
        given = task()
        best = min(best, time.perf_counter() - begun)
    return given, best * 1000


if __name__ == "__main__":
    main()
