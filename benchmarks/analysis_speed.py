#!/usr/bin/env python3
"""Measures over a million visits from a Parquet file: CPU seconds of each table, with what reading costs.

usage: analysis_speed.py [ROWS]

The visits are synthetic: 200 states, 60 years, a fifth of the dates known to the month only, seeded.
Prints a Markdown table; `benchmarks/results/analysis-speed.md` keeps the last one.
"""

from __future__ import annotations

import hashlib
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
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    libraries = f"numpy {np.__version__}, pyarrow {pa.__version__}"
    told = [
        f"{rows:,} visits, {size:.0f} MB of Parquet; {datetime.now(UTC):%Y-%m-%d}, {machine}, {libraries}.",
        "",
        "| table | CPU seconds | rows |",
        "|---|---:|---:|",
        *(f"| {name} | {seconds:.2f} | {count:,} |" for name, seconds, count in lines),
    ]
    text = "\n".join(told) + "\n"
    print(text, end="")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"`benchmarks/analysis_speed.py`\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
