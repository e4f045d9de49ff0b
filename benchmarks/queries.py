# ruff: noqa: E501, S608 - questions in SQL, written here
"""The ten most used questions on event data: SPARQL on the graph beside DuckDB on the columnar twin.

    python benchmarks/queries.py [--rows 100000] [--store DIR] [--seconds 60] [--save]

Prints CPU milliseconds of each question by its shipped query, of the same question written in SQL over the twin,
and their ratio; the least of three runs counts. The pair is the one with the most visits. A question that is not
answered within so many seconds is ended and told as such. With --store a store that was made before is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
BOTH: Final = "list_contains(states, '{a}') AND list_contains(states, '{b}')"
LONG: Final = 2  # seconds; what takes longer is asked once
HELD: Final = "type = 'visit' AND status = 'held'"
CONTACT: Final = "status = 'held' AND type IN ('visit', 'meeting', 'call')"

# Name for people, shipped question, its parameters, the same in SQL.
QUESTIONS: Final[tuple[tuple[str, str, dict[str, Any], str], ...]] = (
    ("visits of a dyad by date", "visits-of-x-to-y", {"guest": "{a}", "host": "{b}"},
     "SELECT event, edtf, status, place FROM events WHERE type = 'visit' AND list_contains(guests, '{a}') AND host = '{b}' ORDER BY edtf"),
    ("counts per dyad and year", "contacts-by-year", {"a": "{a}", "b": "{b}"},
     f"SELECT year(first), type, count(*) FROM events WHERE {CONTACT} AND {BOTH} GROUP BY ALL ORDER BY ALL"),
    ("reciprocal pairs within a year", "reciprocal-pairs", {"days": 366},
     f"SELECT v.event, min(r.first) FROM events v JOIN events r ON v.dyad = r.dyad AND v.host = r.guests[1] AND r.host = v.guests[1] AND r.first > v.first AND r.first - v.first <= 366 AND r.{HELD.replace(' AND ', ' AND r.')} WHERE v.{HELD.replace(' AND ', ' AND v.')} GROUP BY ALL"),
    ("whose turn", "whose-turn", {"a": "{a}", "b": "{b}"},
     f"SELECT host, edtf FROM events WHERE {HELD} AND occasion IS NULL AND {BOTH} ORDER BY first DESC LIMIT 1"),
    ("top hosts", "host-counts", {}, f"SELECT host, count(*) n FROM events WHERE {HELD} GROUP BY host ORDER BY n DESC"),
    ("gaps", "gaps-between-contacts", {"a": "{a}", "b": "{b}"},
     f"SELECT event, first - lag(first) OVER (ORDER BY first) FROM events WHERE {CONTACT} AND {BOTH}"),
    ("first visits in five years", "first-visit-in-n-years", {"years": 5},
     f"SELECT event FROM (SELECT event, first, lag(first) OVER (PARTITION BY guests[1], host ORDER BY first) AS before FROM events WHERE {HELD}) WHERE first - before > 1826"),
    ("office-holder on a date", "office-holder-on-date", {"office": "JPN-prime-minister", "day": "2015-08-23"},
     "SELECT person FROM tenures WHERE office = 'JPN-prime-minister' AND first <= '2015-08-23' AND (last IS NULL OR last >= '2015-08-23')"),
    ("issues by year", "issues-by-year", {"a": "{a}", "b": "{b}"},
     f"SELECT year(first), i.name, count(*) FROM (SELECT first, unnest(issues) AS i FROM events WHERE {BOTH}) GROUP BY ALL"),
    ("timeline of a dyad", "events-of-dyad", {"a": "{a}", "b": "{b}"},
     f"SELECT event, label, type, edtf, status FROM events WHERE {BOTH} ORDER BY edtf"),
)  # fmt: skip


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--rows", type=int, default=20_000)
    told.add_argument("--store", type=Path)
    told.add_argument("--seconds", type=float, default=60)
    told.add_argument("--question", type=int)
    told.add_argument("--pair")
    told.add_argument("--save", action="store_true", help="write benchmarks/results/queries.md")
    given = told.parse_args()
    if given.question is not None:
        print(json.dumps(measured(given.store, given.question, tuple(given.pair.split("-")), given.seconds)))
        return
    with tempfile.TemporaryDirectory(prefix="diplograph-bench-") as name:
        where = given.store or stored(Path(name), given.rows)
        lines = run(where, given.seconds)
    if given.save:
        save(lines)


def stored(folder: Path, rows: int) -> Path:
    """A store made of so many rows of ICEWS."""
    from diplograph import store
    from diplograph.sources import tables
    from diplograph.store import bulk

    made = folder / "events"
    subprocess.run([sys.executable, HERE / "making" / "event_files.py", "icews", str(rows), made], check=True)
    with store.open(folder / "kg") as kept, tables.stage(made, "icews") as staging:
        bulk.take(kept, staging)
    return folder / "kg"


def run(where: Path, seconds: float) -> list[str]:
    """The table of a store, each question in a process of its own."""
    from diplograph import store
    from diplograph.store.bulk import loadable

    with store.open(where, read_only=True) as opened:
        kept = loadable(opened)
        con = kept.columns.open()
        (number,) = con.sql("SELECT count(*) FROM events").fetchall()[0]
        order = "SELECT states[1], states[2] FROM events WHERE type = 'visit' GROUP BY ALL ORDER BY count(*) DESC, 1, 2"
        pair = con.sql(order).fetchall()[0]
    lines = [f"{number:,} events; the pair is {' and '.join(pair)}.", "", HEAD]
    for at, (name, *_) in enumerate(QUESTIONS):
        words = [sys.executable, __file__, "--question", str(at), "--store", str(where), "--pair", "-".join(pair),
                 "--seconds", str(seconds)]  # fmt: skip
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
        found = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None
        lines.append(line(name, found, seconds))
        print(lines[-1], flush=True)
    return lines


HEAD: Final = "| question | rows answered | SPARQL, ms | DuckDB, ms | ratio |\n|---|---:|---:|---:|---:|"


def line(name: str, found: list[Any] | None, seconds: float) -> str:
    """The line of a question; None for one that was ended."""
    if found is None:
        return f"| {name} | | over {seconds * 1000:,.0f} | | |"
    answered, theirs, ours = found
    return f"| {name} | {answered:,} | {theirs:.1f} | {ours:.1f} | {theirs / ours:.1f} |"


def measured(where: Path, at: int, pair: tuple[str, ...], seconds: float) -> list[Any]:
    """Rows answered, and CPU milliseconds of both ways; the process ends when its time is over."""
    from diplograph import store
    from diplograph.store.bulk import loadable
    from diplograph.store.questions import ask

    _, question, given, sql = QUESTIONS[at]
    states = dict(zip("ab", pair, strict=True))
    wanted = {
        key: value.format(**states) if isinstance(value, str) else value for key, value in given.items()
    }
    with store.open(where, read_only=True) as opened:
        kept = loadable(opened)
        con = kept.columns.open()
        _tenures(con)
        _, ours = timed(lambda: con.sql(sql.format(**states)).fetchall())
        used = int(time.process_time())
        # SIGXCPU ends the process: a query cannot be interrupted.
        resource.setrlimit(resource.RLIMIT_CPU, (used + int(seconds), used + int(seconds)))
        answered, theirs = timed(lambda: len(ask(kept, question, wanted)))
    return [answered, theirs, ours]


def _tenures(con: Any) -> None:
    """Who held which office when, as a table beside the events."""
    import pyarrow as pa

    from diplograph.knowledge import gazetteer

    told = [(t.id.rsplit("-", 3)[0], t.person, t.start, t.end) for t in gazetteer.load().tenures.values()]
    names = ("office", "person", "first", "last")
    con.register("tenures", pa.table({name: [row[n] for row in told] for n, name in enumerate(names)}))


def timed(task: Callable[[], Any]) -> tuple[Any, float]:
    """What a task gives, and the CPU milliseconds of its quickest run of three."""
    best, given = float("inf"), None
    for _ in range(3):
        begun = time.process_time()
        given = task()
        best = min(best, time.process_time() - begun)
        if best > LONG:
            break
    return given, best * 1000


def save(lines: list[str]) -> None:
    """Write the table with what it was measured on."""
    packages = ", ".join(f"{one} {metadata.version(one)}" for one in ("duckdb", "pyoxigraph"))
    day = date.today().isoformat()  # noqa: DTZ011 - a day for people
    text = [
        "# Questions on event data",
        "",
        f"`python {' '.join(['benchmarks/queries.py', *sys.argv[1:]])}`",
        "",
        f"{day}; {platform.machine()}, {os.cpu_count()} cores; Python {sys.version.split()[0]}, {packages}.",
        "",
        *lines,
        "",
    ]
    (HERE / "results" / "queries.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
