"""Spreads documents over Spark partitions.

Takes a folder; writes a folder of JSON lines in the order of the files' names, and gives the account.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from diplograph.batch.partition import Line, lines
from diplograph.errors import MissingExtraError, SourceError, StoreError

SLICE: Final = 50
"""Documents in a partition; enough that loading the gazetteer once for each does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """The account of a batch.

    Attributes:
        documents: How many were read.
        events: How many events they tell.
        failures: Why the others were not read, in the order of their names.
    """

    documents: int
    events: int
    failures: tuple[str, ...] = ()


def read_folder(
    folder: Path, output: Path, *, published: date | None = None, master: str = "local[*]"
) -> BatchResult:
    """Read a folder of documents with Spark.

    Args:
        folder: The documents; every machine of the cluster must see it under this path.
        output: Where the lines go; must not be there yet.
        published: Publication date of documents that do not tell their own.
        master: Address of the Spark master; ``local[*]`` is this machine.

    Raises:
        MissingExtraError: If pyspark is not installed.
        SourceError: If the folder holds no document.
        StoreError: If the output is there already.
    """
    paths = _paths(folder)
    if output.exists():
        raise StoreError(f"{output} is there already; name a new folder or remove it")
    session = _session(master)
    try:
        slices = max(1, -(-len(paths) // SLICE))

        def partition(part: Iterable[str]) -> Iterator[Line]:
            return lines(part, published)

        found = session.sparkContext.parallelize(paths, slices).mapPartitions(partition).cache()
        found.filter(lambda line: bool(line[0])).map(lambda line: line[0]).saveAsTextFile(
            output.resolve().as_uri()
        )
        return BatchResult(
            documents=found.filter(lambda line: bool(line[0])).count(),
            events=found.map(lambda line: line[1]).sum(),
            failures=tuple(found.map(lambda line: line[2]).filter(bool).collect()),
        )
    finally:
        session.stop()


def _paths(folder: Path) -> list[str]:
    from diplograph.sources import READERS

    found = sorted(
        str(path.resolve()) for path in folder.rglob("*") if path.suffix.lower() in READERS and path.is_file()
    )
    if not found:
        raise SourceError(
            f"{folder} holds no document that ends in {', '.join(sorted(READERS))}; name another folder"
        )
    return found


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtraError("reading with Spark", "spark") from error
    # The workers must be the Python that has diplograph, not the first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("diplograph")
    return builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
