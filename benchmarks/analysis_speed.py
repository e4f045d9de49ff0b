#!/usr/bin/env python3
"""Measures over a million visits from a Parquet file: CPU seconds of each table, with what reading costs.

usage: analysis_speed.py [ROWS]

The visits are synthetic: 200 states, 60 years, a fifth of the dates known to the month only, seeded.
First from a Parquet file of visits, then from the twin of a store, to which the file is given as an import
would leave it; last the verbs of the command line over that store, from start to end, printing CSV.
Prints a Markdown table; `benchmarks/results/analysis-speed.md` keeps the last one.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from diplograph.analysis import arrow, tables

EPOCH = 719163
RESULTS = Path(__file__).parent / "results" / "analysis-speed.md"


def synthetic(rows: int, seed: int = 0) -> pa.Table:
    """A table of visits: states of unequal weight, dates of unequal precision."""
    source = np.random.default_rng(seed)
    codes = np.array([f"{chr(65 + i // 26)}{chr(65 + i % 26)}X" for i in range(200)])
    weight = 1 / np.arange(1, 201) ** 0.7
    guest = source.choice(200, rows, p=weight / weight.sum())
    host = (guest + 1 + source.choice(199, rows)) % 200
    first = source.integers(0, 60 * 365, rows)
    loose = source.random(rows) < 0.2
    start = np.datetime64("1965-01-01") + first
    month = start.astype("datetime64[M]")
    earliest = np.where(loose, month.astype("datetime64[D]"), start)
    latest = np.where(loose, (month + 1).astype("datetime64[D]") - 1, start)
    edtf = np.where(loose, month.astype(str), start.astype(str))
    ids = [hashlib.blake2b(number.to_bytes(8), digest_size=16).hexdigest() for number in range(rows)]
    level = np.array(["leader", "minister", "unknown"])[source.integers(0, 3, rows)]
    return pa.table(
        {
            "event": ids,
            "guest": codes[guest],
            "host": codes[host],
            "first": earliest,
            "first_at_latest": latest,
            "edtf": edtf,
            "level": level,
        }
    )


def twin(table: pa.Table) -> pa.Table:
    """The same visits as the twin of a store has them: lists of guests and of people."""
    offices = {"leader": "President", "minister": "Foreign Minister", "unknown": None}
    titles = pa.array([offices[level] for level in table.column("level").to_pylist()], pa.string())
    guests = table.column("guest").combine_chunks()
    offsets = pa.array(np.arange(len(table) + 1, dtype=np.int32))
    people = pa.StructArray.from_arrays([guests, titles], names=["state", "office"])
    listed = table.drop_columns(["guest", "level"]).append_column(
        "guests", pa.ListArray.from_arrays(offsets, guests)
    )
    held = pa.array(["held"] * len(table))
    return (
        listed.append_column("people", pa.ListArray.from_arrays(offsets, people))
        .append_column("type", pa.array(["visit"] * len(table)))
        .append_column("status", held)
    )


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of all threads, and what came out."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def measured(path: Path) -> list[tuple[str, float, int]]:
    """Each table from the file: name, CPU seconds, rows."""
    read, visits = cpu(lambda: arrow.read(path))
    lines = [("read the Parquet file", read, len(visits))]
    work = {
        "returns within 180 days": lambda: tables.returns(visits, within=180),
        "shuttles, window 365 days": lambda: tables.shuttles(visits, window=365),
        "balance and weighted reciprocity": lambda: tables.balances(visits, scheme="protocol"),
    }
    for name, call in work.items():
        seconds, grid = cpu(call)
        lines.append((name, seconds, len(grid)))
        lines.append((f"{name}, with reading", read + seconds, len(grid)))
        lines.append((f"{name}, to Arrow with event ids", cpu(grid.to_arrow)[0], len(grid)))
    return lines


def listed(lines: list[tuple[str, float, int]]) -> list[str]:
    """A Markdown table of measurements."""
    rows = [f"| {name} | {seconds:.2f} | {count:,} |" for name, seconds, count in lines]
    return ["| table | CPU seconds | rows |", "|---|---:|---:|", *rows]


def store_of(folder: Path, table: pa.Table) -> None:
    """A store whose twin holds the visits, as if a file of event data had brought them."""
    import duckdb

    import diplograph
    from diplograph.store.columns import SCHEMA

    with diplograph.open(folder) as kg:
        kg.ingest(text="Fumio Kishida visited Seoul on 7 May 2023.", published="2023-06-01")
    con = duckdb.connect()
    con.register("visits", table)
    told = {
        "people": "list_transform(people, lambda p: {'name': NULL::VARCHAR, 'person': NULL::VARCHAR, "
        "'state': p.state, 'office': p.office})",
        "states": "[guests[1], host]",
        "confidence": "0.8",
        "reports": "1",
    }
    given = [
        f"{told.get(name) or (name if name in table.column_names else f'NULL::{kind}')} AS {name}"
        for name, kind in SCHEMA.items()
    ]
    (folder / "columns").mkdir(exist_ok=True)
    part = folder / "columns" / "part-made.parquet"
    con.execute(f"COPY (SELECT {', '.join(given)} FROM visits) TO '{part}' (FORMAT parquet)")  # noqa: S608


def from_store(folder: Path) -> list[tuple[str, float, int]]:
    """Each table from the twin of a store: name, CPU seconds, rows."""
    import diplograph
    from diplograph.analysis import balance, pairrates, reciprocity, shuttle, twin
    from diplograph.analysis import tables as grids

    with diplograph.open(folder, read_only=True) as kg:
        cpu(lambda: twin.of_store(kg.store))  # libraries are loaded, files are in memory
        kg.store.columns._con = None  # the twin is opened anew
        seconds, visits = cpu(lambda: twin.of_store(kg.store))
    work = {
        "returns within 180 days, all": lambda: grids.returns(visits, within=180),
        "returns within 180 days, by guest": lambda: pairrates.grouped(
            reciprocity.returns(visits, within=180), pairrates.Group.GUEST
        ),
        "returns within 180 days, by pair": lambda: pairrates.grouped(
            reciprocity.returns(visits, within=180), pairrates.Group.PAIR
        ),
        "shuttles, window 365 days": lambda: grids.shuttles(visits, window=365),
        "shuttles as objects with their legs": lambda: shuttle.shuttles(
            visits, window=365, multilateral=True
        ),
        "balances as objects with event ids": lambda: balance.balances(visits),
    }
    lines = [("open the twin and read it", seconds, len(visits))]
    for name, call in work.items():
        spent, found = cpu(call)
        lines.append((name, spent, len(found)))
        lines.append((f"{name}, with reading", seconds + spent, len(found)))
    return lines


VERBS = (
    "reciprocity --by guest",
    "reciprocity --by pair",
    "shuttle",
    "balance",
    "compare 1970..1990 1991..2010",
)


def by_verb(folder: Path) -> list[tuple[str, float, int]]:
    """Each verb over the store, in a process of its own: words, CPU seconds, rows printed."""
    import resource
    import subprocess

    lines = []
    for words in VERBS:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "diplograph", *words.split(), "--store", folder, "--format", "csv"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        lines.append((f"`diplograph {words}`", spent, done.stdout.count("\n") - 1))
    return lines


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.parquet"
        pq.write_table(synthetic(rows), path)
        size = path.stat().st_size / 1e6
        lines = measured(path)
        pq.write_table(twin(synthetic(rows)), path)
        seconds, visits = cpu(lambda: arrow.read(path))
        lines.insert(1, ("read the same as the twin of a store holds it", seconds, len(visits)))
        store = Path(folder) / "kg"
        store_of(store, twin(synthetic(rows)))
        stored, verbs = from_store(store), by_verb(store)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    libraries = f"numpy {np.__version__}, pyarrow {pa.__version__}"
    load = f"{os.cpu_count()} cores shared with other work (load {os.getloadavg()[0]:.0f})"
    size_of = f"{rows:,} visits, {size:.0f} MB of Parquet"
    told = [
        f"{size_of}; {datetime.now(UTC):%Y-%m-%d}, {machine}, {libraries}, {load}.",
        *("", "From a Parquet file:", "", *listed(lines)),
        *("", "From the twin of a store:", "", *listed(stored)),
        *("", "Verbs, from start to end:", "", *listed(verbs)),
    ]
    text = "\n".join(told) + "\n"
    print(text, end="")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"`benchmarks/analysis_speed.py`\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
