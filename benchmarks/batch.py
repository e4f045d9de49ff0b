"""What a batch costs by document and by row, the same on Spark, and what whole archives take by that.

    python benchmarks/batch.py [--documents 2000] [--rows 200000] [--master local-cluster[2,1,1024] | --master none] [--save]

The steps of a batch run once in this process, where their processor time is taken, and once on Spark in a
process of its own; both must state the same, line by line, and the same as one ``merge`` of all reports.
Documents are made by ``store_documents.py``, event data by ``making/event_files.py``: half ICEWS, half GDELT.
What Spark costs by itself is that of a batch of one document. With ``--master none`` Spark is left out.
"""

# ruff: noqa: E501 - rows of tables

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "making")]

import event_files  # noqa: E402 - lies beside this script
import pyarrow.parquet as pq  # noqa: E402

from diplograph.batch import finishing, merging, parts, plan, reading  # noqa: E402
from diplograph.consensus import merge  # noqa: E402
from diplograph.graph import background  # noqa: E402
from diplograph.graph.rdf import RECORDS, event_record_line  # noqa: E402
from diplograph.graph.records import report_from  # noqa: E402
from peers.keeping import keep, table  # noqa: E402
from peers.watching import Watch  # noqa: E402
from store_documents import documents  # noqa: E402

IN_A_FILE: Final = 250
FORMS: Final = ("icews", "gdelt")
GDELT: Final = 1_400_000_000
"""Rows of the whole of GDELT to reckon with: 360 million of version 2 in its first 41 months (GDELT, July 2018), as
many each month since, and 250 million of version 1 before."""
CORES: Final = 64
KINDS: Final = ("evidence", "consensus", "background", "books")
SPARK: Final = """
import sys
from pathlib import Path
from diplograph.batch import run
if __name__ == "__main__":
    print(run([sys.argv[1]], Path(sys.argv[2]), master=sys.argv[3], share=int(sys.argv[4])))
"""


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--documents", type=int, default=2_000)
    told.add_argument("--rows", type=int, default=200_000)
    told.add_argument("--master", default="local-cluster[2,1,1024]")
    told.add_argument("--share", type=int, default=20_000, help="reports in a partition")
    told.add_argument("--save", action="store_true")
    given = told.parse_args()
    with tempfile.TemporaryDirectory(prefix="diplograph-batch-") as name:
        folder = Path(name)
        words = make(folder / "in", given.documents, given.rows)
        make(folder / "one", 1, 0)
        costs = alone(folder / "in", folder / "alone")
        spark: dict[str, Any] = {}
        same = ["Spark was left out."]
        if given.master != "none":
            spark = on_spark(folder / "in", folder / "spark", given.master, given.share)
            spark["start"] = on_spark(folder / "one", folder / "start", given.master, given.share)["cpu"]
            same = agree(folder, costs["whole"])
    lines = [*tell(given, words, costs, spark), "", *same, "", *reckon(given, costs, spark)]
    print("\n".join(lines))
    if given.save:
        keep(__file__, lines)


def make(folder: Path, number: int, rows: int) -> int:
    """Write documents as archives in JSON lines, and two files of event data; gives the number of words."""
    folder.mkdir()
    words, made = 0, documents(number)
    for start in range(0, number, IN_A_FILE):
        with (folder / f"articles-{start:07}.jsonl").open("w", encoding="utf-8") as file:
            for _ in range(min(IN_A_FILE, number - start)):
                one = next(made)
                words += len(one.text.split())
                told = {"name": one.name, "text": one.text, "published": str(one.published)}
                file.write(json.dumps(told) + "\n")
    for form in FORMS if rows else ():
        event_files.write(form, rows // 2, folder / f"{form}.tab")
    return words


def alone(inputs: Path, output: Path) -> dict[str, Any]:
    """The steps in this process: seconds of processor time, numbers and bytes."""
    made = plan.make([inputs])
    plan.adopt(made, output)
    for folder in parts.FOLDERS:
        (output / folder).mkdir()
    known = background.load()
    reading.own_extractor()(next(documents(1)))
    found: dict[str, Any] = {"slices": len(made.slices)}
    for kind in ("documents", *FORMS):
        start = time.process_time()
        mine = [
            part for part in made.slices if (Path(part.paths[0]).stem if part.events else "documents") == kind
        ]
        accounts = [reading.read(part, made, output) for part in mine]
        found[f"read {kind}"] = time.process_time() - start
        found[f"reports of {kind}"] = sum(told["reports"] for told in accounts)
    rows = sorted(
        (row for path in (output / parts.WORK).glob("reports-*") for row in pq.read_table(path).to_pylist()),
        key=lambda row: (row["dyad"], row["begins"], row["id"]),
    )
    start = time.process_time()
    found |= merging.merge_partition(rows, output, 0, known)
    found["merge"] = time.process_time() - start
    start = time.process_time()
    for part in made.slices:
        finishing.finish_slice(part, output)
    things = gzip.decompress((output / parts.WORK / "things-00000.gz").read_bytes()).decode().split()
    finishing.describe(things, output, 0, known)
    found["finish"] = time.process_time() - start
    found["whole"] = whole(rows)
    found["disk"] = {name: size(output / name) for name in parts.FOLDERS}
    found["held"] = held(rows)
    found["statements"] = sum(1 for kind in KINDS for _ in lines_of(output, kind))
    return found


def whole(rows: list[dict[str, Any]]) -> str:
    """The digest of what one ``merge`` of all reports gives."""
    events = merge(report_from(row["record"]) for row in rows)
    return digest(event_record_line(event) for event in events)


HELD: Final = """
import os, sys
from pathlib import Path
from diplograph.consensus import merge
from diplograph.graph.records import report_from

def now():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

told = sys.stdin.read().splitlines()
merge([report_from(told[0])])
before = now()
reports = [report_from(one) for one in told]
events = merge(reports)
print((now() - before) / len(reports))
"""


def held(rows: list[dict[str, Any]]) -> float:
    """Bytes of memory for a report while it is merged, with its event."""
    text = "\n".join(row["record"] for row in rows[:50_000])
    command = [sys.executable, "-c", HELD]
    return float(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)


def on_spark(inputs: Path, output: Path, master: str, share: int) -> dict[str, Any]:
    """The same on Spark: seconds on the clock, and processor seconds of all its processes."""
    command = [sys.executable, "-c", SPARK, inputs, output, master, str(share)]
    start = time.monotonic()
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = Watch(batch.pid)
    said, faults = batch.communicate()
    if batch.returncode:
        raise SystemExit(faults[-3000:])
    return {"clock": time.monotonic() - start, "cpu": watch.end(), "said": said.strip()}


def lines_of(output: Path, kind: str) -> Iterator[str]:
    """All statements of a kind of part."""
    for path in sorted((output / parts.QUADS).glob(f"{kind}-*.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as text:
            yield from (line.rstrip("\n") for line in text)


def digest(lines: Iterator[str]) -> str:
    """The digest of lines, whatever their order; one that stands twice counts once."""
    return hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()[:16]


def agree(folder: Path, merged: str) -> list[str]:
    """What all ways state; an error if they differ."""
    found = []
    for kind in KINDS:
        here, there = (digest(lines_of(folder / name, kind)) for name in ("alone", "spark"))
        if here != there:
            raise SystemExit(f"{kind} differs: {here} alone, {there} on Spark")
        found.append(f"{kind} {here}")
    end = f" {RECORDS} ."
    records = (
        f"{line.removesuffix(end)} ." for line in lines_of(folder / "spark", "books") if line.endswith(end)
    )
    if (there := digest(records)) != merged:
        raise SystemExit(f"events differ: {merged} by one merge of all reports, {there} on Spark")
    told = f"Byte by byte the same on Spark and in one process: {', '.join(found)}."
    return [f"{told} The events are those of one merge of all reports: {merged}."]


def size(folder: Path) -> int:
    """Bytes below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tell(given: argparse.Namespace, words: int, costs: dict[str, Any], spark: dict[str, Any]) -> list[str]:
    """The measured figures."""
    number, rows = given.documents, given.rows
    reports = costs["reports"]
    first = (
        f"{number:,} documents of {words / number:.0f} words, {rows:,} rows of event data; "
        f"{costs['reports of documents']:,} and {costs['reports'] - costs['reports of documents']:,} reports, {costs['events']:,} events."
    )
    last = (
        f"Beyond its start Spark spent {over(costs, spark):.2f} times the processor time of one process. "
        if spark
        else ""
    ) + (
        f"The largest piece that had to be merged together was {costs['largest']:,} reports; "
        f"a report takes {costs['held'] / 1e3:.1f} kB of memory while it is merged."
    )
    return [
        first,
        "",
        *table(
            ["step", "processor time", "each"],
            [
                ["read documents", f"{costs['read documents']:.1f} s", f"{costs['read documents'] / number * 1e3:.1f} ms a document"],
                *([f"read {form}", f"{costs[f'read {form}']:.1f} s", f"{costs[f'read {form}'] / max(rows // 2, 1) * 1e6:.0f} µs a row"] for form in FORMS),
                ["merge and describe", f"{costs['merge']:.1f} s", f"{costs['merge'] / reports * 1e6:.0f} µs a report"],
                ["finish", f"{costs['finish']:.1f} s", f"{costs['finish'] / number * 1e3:.1f} ms a document"],
                *([
                    [f"all of it by Spark on {given.master}", f"{spark['cpu']:.1f} s", f"{spark['clock']:.0f} s on the clock"],
                    ["of that, a batch of one document", f"{spark['start']:.1f} s", ""],
                ] if spark else []),
            ],
        ),
        "",
        last,
        f"Disk in MB: {', '.join(f'{name} {value / 1e6:.1f}' for name, value in costs['disk'].items())}.",
    ]  # fmt: skip


def total(costs: dict[str, Any]) -> float:
    return float(
        sum(
            costs[name] for name in ("read documents", *(f"read {form}" for form in FORMS), "merge", "finish")
        )
    )


def over(costs: dict[str, Any], spark: dict[str, Any]) -> float:
    """How much more Spark spends than one process, without its start."""
    return (spark["cpu"] - spark["start"]) / total(costs) if spark else 1.0


def reckon(given: argparse.Namespace, costs: dict[str, Any], spark: dict[str, Any]) -> list[str]:
    """What whole archives take, in proportion."""
    times = over(costs, spark)
    merging_ = costs["merge"] / costs["reports"]
    told_by = costs["reports of documents"] / given.documents
    document = (
        costs["read documents"] / given.documents + told_by * merging_ + costs["finish"] / given.documents
    )
    rows = max(given.rows // 2, 1)
    row = costs["read gdelt"] / rows + costs["reports of gdelt"] / rows * merging_
    share = costs["reports of documents"] / costs["reports"]
    quads, work = costs["disk"][parts.QUADS], costs["disk"][parts.WORK]
    of_documents = (quads + work) * share / given.documents
    of_rows = (quads + work) * (1 - share) / rows / 2
    lines = []
    for name, count, cost, disk in (
        ("10 million articles", 1e7, document, of_documents),
        ("100 million articles", 1e8, document, of_documents),
        (f"GDELT, {GDELT / 1e6:.0f} million rows", GDELT, row, of_rows),
    ):
        hours = count * cost * times / 3600
        told = count * disk / (quads + work) * costs["statements"] / 1e9
        lines.append([
            name, f"{hours:,.0f}", f"{hours / CORES:,.1f}", f"{count * disk / 1e9:,.0f}", f"{told:,.1f}",
        ])  # fmt: skip
    return table(
        ["archive", "core hours", f"hours on {CORES} cores", "GB of parts and work", "billion statements"],
        lines,
    )


if __name__ == "__main__":
    main()
