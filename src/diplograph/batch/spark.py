"""A batch on Spark: folders of documents and event data become a graph, in parts ready for bulk loading.

``run`` reads slices in parallel, merges reports by a shuffle on the states they are of, and writes the parts.
What is done stays done: the same call after an interruption goes on where it ended.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from diplograph.batch import finishing, parts, plan, reading, versions
from diplograph.batch.merging import merge_partition
from diplograph.batch.plan import Plan, Slice
from diplograph.errors import MissingExtraError

SHARE: Final = 50_000  # reports in a partition of the shuffle, on average
_TRIES: Final = 4  # of a slice, on this machine; a cluster has its own spark.task.maxFailures
_NAMED: Final = 200_000  # things that are described in one part
_MERGE: Final = "dyad begins ends id record code goldstein guest_code host_code".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """The account of a batch.

    Attributes:
        documents: How many were read; a file of event data is one.
        reports: How many reports stay, without those of sources that others replace.
        events: What they come to.
        replaced: Documents that another one of the batch replaces.
        largest: Reports that had to be held in memory together.
        failures: Why the others were not read, in the order of the inputs.
    """

    documents: int
    reports: int
    events: int
    replaced: int = 0
    largest: int = 0
    failures: tuple[str, ...] = ()


def run(
    inputs: Iterable[str | Path],
    output: Path,
    *,
    published: date | None = None,
    form: str = "auto",
    mapping: Path | None = None,
    master: str = "local[*]",
    size: int = plan.SLICE,
    share: int = SHARE,
) -> BatchResult:
    """Read and merge folders with Spark.

    Args:
        inputs: Files, folders, patterns; every machine of the cluster must see them under these paths.
        output: Where the parts go, seen by every machine as well; new, or of the same batch.
        published: Publication date of documents that do not tell their own.
        form: Format of files of event data.
        mapping: What the columns of a table of event data mean.
        master: Address of the Spark master; ``local[*]`` is this machine.
        size: Documents in a slice.
        share: Reports in a partition of the shuffle.

    Raises:
        MissingExtraError: If pyspark or pyarrow are not installed.
        SourceError: If there is nothing to read.
        StoreError: If the output holds something else.
    """
    made = plan.make(inputs, published=published, form=form, mapping=mapping, size=size)
    _check_installed()
    output = output.resolve()
    plan.adopt(made, output)
    for folder in parts.FOLDERS:
        (output / folder).mkdir(exist_ok=True)
    parts.sweep(output)
    session = _session(master, len(made.slices))
    try:
        return _Batch(session, made, output).run(share)
    finally:
        session.stop()


class _Batch:
    """The steps of a batch, each of which leaves alone what is done."""

    def __init__(self, session: Any, made: Plan, output: Path) -> None:
        self.session, self.plan, self.output = session, made, output

    def run(self, share: int) -> BatchResult:
        """All steps."""
        read = self._slices("read", partial(_read, plan=self.plan, output=self.output))
        self._versions()
        merged = self._merge(sum(told["reports"] for told in read), share)
        finished = self._slices("finish", partial(finishing.finish_slice, output=self.output))
        self._describe(len(merged))
        done = BatchResult(
            documents=sum(told["documents"] for told in read),
            reports=sum(told["reports"] for told in merged),
            events=sum(told["events"] for told in merged),
            replaced=sum(told["dropped"] for told in finished),
            largest=max((told["largest"] for told in merged), default=0),
            failures=tuple(why for told in read for _, why in told["failures"]),
        )
        parts.finish(self.output, asdict(done))
        return done

    def _slices(self, step: str, task: Callable[[Slice], object]) -> list[dict[str, Any]]:
        """Do something for each slice for which it is not done; gives the accounts of all."""
        names = [f"{step}-{part.name}" for part in self.plan.slices]
        left = set(parts.undone(self.output, names))
        waiting = [part for part in self.plan.slices if f"{step}-{part.name}" in left]
        if waiting:
            self.session.sparkContext.parallelize(waiting, len(waiting)).foreach(task)
        return [told for name in names if (told := parts.account(self.output, name)) is not None]

    def _versions(self) -> None:
        """Find the sources that others replace."""
        if parts.account(self.output, "versions") is None:
            found = versions.dropped(self.session, self._table("sources")).orderBy("slice", "place")
            found.write.mode("overwrite").parquet((self.output / parts.DROPPED).as_uri())
            parts.settle(self.output, "versions", {})

    def _merge(self, reports: int, share: int) -> list[dict[str, Any]]:
        told = parts.account(self.output, "merge") or {"partitions": max(1, -(-reports // share))}
        parts.settle(self.output, "merge", told)
        names = [f"merge-{number:05}" for number in range(told["partitions"])]
        if left := parts.undone(self.output, names):
            numbers = frozenset(int(name.partition("-")[2]) for name in left)
            task = partial(_merged, output=self.output, wanted=numbers)
            rows = self._kept(self._table("reports")).select(*_MERGE).repartition(len(names), "dyad")
            rows.sortWithinPartitions("dyad", "begins", "id").rdd.mapPartitionsWithIndex(task).count()
        return [done for name in names if (done := parts.account(self.output, name)) is not None]

    def _kept(self, reports: Any) -> Any:
        """The reports of sources that stay."""
        told = self.session.read.schema("slice int, place int")
        gone = told.parquet((self.output / parts.DROPPED).as_uri())
        return reports.join(gone, ["slice", "place"], "left_anti")

    def _describe(self, partitions: int) -> None:
        if parts.account(self.output, "things") is not None:
            return
        paths = [str(self.output / parts.WORK / f"things-{n:05}.gz") for n in range(partitions)]
        things = self.session.read.text(paths).distinct()
        number = max(1, -(-things.count() // _NAMED))
        task = partial(_described, output=self.output)
        done = things.repartition(number, "value").rdd.mapPartitionsWithIndex(task).sum()
        parts.settle(self.output, "things", {"statements": done})

    def _table(self, kind: str) -> Any:
        where = (self.output / parts.WORK).as_uri()
        return self.session.read.parquet(f"{where}/{kind}-*.parquet")


def _read(part: Slice, plan: Plan, output: Path) -> None:
    from pyspark import TaskContext

    context = TaskContext.get()
    # A slice that has failed is read in processes of its own, as a document of it may have ended this one.
    reading.read(part, plan, output, careful=context is not None and context.attemptNumber() > 0)


def _merged(number: int, rows: Iterator[Any], output: Path, wanted: frozenset[int]) -> Iterator[int]:
    """Merge a partition, if it is not done."""
    from diplograph.graph import background

    if number in wanted:
        merge_partition((row.asDict() for row in rows), output, number, background.load())
    yield number


def _described(number: int, rows: Iterator[Any], output: Path) -> Iterator[int]:
    from diplograph.graph import background

    yield finishing.describe((row["value"] for row in rows), output, number, background.load())


def _check_installed() -> None:
    try:
        import pyarrow as pa  # noqa: F401 - workers write with it; better asked for before they begin
        import pyspark  # noqa: F401 - as above
    except ImportError as error:
        raise MissingExtraError("reading with Spark", "spark") from error


def _patient(master: str) -> str:
    """A local master gives up at the first fault unless it is told a number of tries, as clusters have."""
    cores = re.fullmatch(r"local(?:\[([^],]+)\])?", master)
    return f"local[{cores[1] or 1},{_TRIES}]" if cores else master


def _session(master: str, slices: int) -> Any:
    from pyspark.sql import SparkSession

    # The workers must be the Python that has diplograph, not the first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(_patient(master)).appName("diplograph")
    wanted = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # Of the small tables by which versions are found; reports have partitions of their own.
        "spark.sql.shuffle.partitions": str(min(200, max(2, slices))),
    }
    for name, value in wanted.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
