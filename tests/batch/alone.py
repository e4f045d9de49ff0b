"""A batch step by step in this process, without Spark, and what a store states, to compare both."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow.parquet as pq

from diplograph import store
from diplograph.batch import finishing, merging, parts, plan, reading
from diplograph.graph import background
from diplograph.pipeline import ingest
from diplograph.sources import tables
from diplograph.store import bulk
from diplograph.store.engine import DEFAULT, INFERRED


def batch(inputs, output, **options):
    """Every step in turn, with one partition."""
    made = plan.make(inputs, **options)
    plan.adopt(made, output)
    for folder in parts.FOLDERS:
        (output / folder).mkdir(exist_ok=True)
    accounts = [reading.read(part, made, output) for part in made.slices]
    rows = [
        row
        for path in sorted((output / parts.WORK).glob("reports-*"))
        for row in pq.read_table(path).to_pylist()
    ]
    rows.sort(key=lambda row: (row["dyad"], row["begins"], row["id"]))
    merging.merge_partition(rows, output, 0, background.load())
    for part in made.slices:
        finishing.finish_slice(part, output)
    with gzip.open(output / parts.WORK / "things-00000.gz", "rt") as things:
        finishing.describe(things.read().split(), output, 0, background.load())
    parts.finish(output, {})
    return accounts


def one_by_one(documents, files, folder):
    """The same on one machine: ``ingest`` for documents, the bulk path for each file."""
    with store.open(folder) as kept:
        ingest(kept, sorted(documents), again=True)
        for file in files:
            with tables.stage(file) as staging:
                bulk.take(kept, staging)
        kept.infer()
    return folder


def stated(folder: Path) -> dict[str, list[str]]:
    """Every statement of a store by graph, without what the rules derive."""
    with store.open(folder, read_only=True) as kept:
        graphs = {name: kept.engine.lines(name) for name in [DEFAULT, *kept.engine.graphs()]}
        derived = set(graphs.pop(INFERRED, ()))
    graphs[DEFAULT] = [line for line in graphs[DEFAULT] if line not in derived]
    return graphs


def twin(folder: Path):
    """The columnar twin's rows, without when and where they were filed."""
    with store.open(folder, read_only=True) as kept:
        return kept.columns.open().sql("SELECT * FROM events ORDER BY event").fetchall()
