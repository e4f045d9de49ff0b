"""Writes what is left when it is known which sources stay: evidence, lines, and what is known of things.

Each function makes the parts of one slice, or of one share of the things that events name.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from diplograph.batch import parts
from diplograph.batch.plan import Slice
from diplograph.graph.background import Background
from diplograph.graph.ntriples import in_graph
from diplograph.graph.rdf import source_graph
from diplograph.store.engine import LEDGER
from diplograph.store.ledger import Entry, ledger_note


def finish_slice(part: Slice, output: Path) -> dict[str, Any]:
    """Write the graphs of the sources of a slice that stay, and their lines.

    Args:
        part: The slice.
        output: The folder of the batch.
    """
    dropped = parts.dropped(output, part.number)
    rows = [row for row in _rows(output, part) if row["place"] not in dropped]
    evidence = output / parts.QUADS / f"evidence-{part.name}.nq.gz"
    if part.events and rows:
        shutil.copyfile(output / parts.WORK / f"graph-{part.name}.nq.gz", evidence)
    elif rows:
        parts.write_lines(evidence, (line for row in rows for line in _quads(row)))
        told = output / parts.LINES / f"part-{part.name}.jsonl.gz"
        parts.write_lines(told, (row["line"] for row in rows))
    if rows:
        _keep(rows, part, output)
    done = {"sources": len(rows), "dropped": len(dropped)}
    parts.settle(output, f"finish-{part.name}", done)
    return done


def _keep(rows: list[dict[str, Any]], part: Slice, output: Path) -> None:
    """The sources that stay, as a table and as the ledger of a server."""
    table = parts.Table(output / parts.TABLES / f"sources-{part.name}.parquet", "kept")
    for row in rows:
        table.add({name: row[name] for name in table.schema.names})
    table.close()
    entries = ((row["id"], Entry(quads=row["statements"], digest=row["digest"])) for row in rows)
    notes = [ledger_note(name, "holds", entry) for name, entry in entries]
    parts.write_lines(output / parts.QUADS / f"ledger-{part.name}.nq.gz", in_graph(notes, f"<{LEDGER}>"))


def describe(things: Iterable[str], output: Path, number: int, background: Background) -> int:
    """Write what is known of some things; gives the number of statements."""
    lines = sorted({line for thing in things for line in background.lines(thing)})
    parts.write_lines(output / parts.QUADS / f"background-{number:05}.nt.gz", lines)
    return len(lines)


def _rows(output: Path, part: Slice) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    path = output / parts.WORK / f"sources-{part.name}.parquet"
    if path.exists():
        for batch in pq.ParquetFile(path).iter_batches(200):
            yield from batch.to_pylist()


def _quads(row: dict[str, Any]) -> list[str]:
    return in_graph(row["quads"].split("\n"), source_graph(row["id"]))
