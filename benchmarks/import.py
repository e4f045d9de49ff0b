"""What importing event data costs, beside the database's own loader and rdflib: the tables for the README.

    python benchmarks/import.py [--rows 100000] [--rows 1000000] [--format icews] [--format gdelt] [--save]
    python benchmarks/import.py --parts 5 --rows 1000000 --folder DIR [--minutes 14] [--save]

The first form measures each format and size: CPU of reading a file into a store on disk, CPU of
pyoxigraph's ``bulk_load`` of the same statements as ready N-Quads, CPU of ``rdflib.Graph.add`` of the same
statements, and the peak of memory. The second reads files one after the other into one store, as yearly files
come, and shows whether the last costs what the first did; it goes on where it was stopped. Every measurement
is a process of its own. Files are made by ``benchmarks/making/event_files.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
RESULTS: Final = HERE / "results" / "import.md"
FORMATS: Final = (
    "icews", "polecat", "gdelt", "quadruples", "colt", "historyatstate-visits", "historyatstate-travels",
    "table",
)  # fmt: skip
RDFLIB: Final = 200_000  # statements that rdflib is given; more of them cost it no less each


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--rows", type=int, action="append")
    told.add_argument("--format", choices=FORMATS, action="append")
    told.add_argument("--parts", type=int, help="so many files, one after the other, into one store")
    told.add_argument("--minutes", type=float, default=1e9, help="begin no further part after so long")
    told.add_argument("--task")
    told.add_argument("--folder", type=Path)
    told.add_argument("--save", action="store_true", help="keep the table in benchmarks/results/import.md")
    given = told.parse_args()
    if given.task:
        print(json.dumps(TASKS[given.task](given.folder, (given.format or ["icews"])[0])))
        return
    rows = given.rows or [20_000]
    if given.parts:
        form = (given.format or ["icews"])[0]
        title, head = f"{given.parts} files of {rows[0]:,} rows of {form} into one store", GROWN
        lines = grow(form, rows[0], given.parts, given.folder, given.minutes)
    else:
        title, head = "Each format", HEAD
        lines = [shown(measure(form, size)) for size in rows for form in given.format or FORMATS]
    if given.save:
        save(title, head, lines)


HEAD: Final = (
    "| format | rows | reports | statements | import, CPU s | bulk_load, CPU s | ratio | rdflib ÷ import |"
    " rdflib ÷ bulk_load | peak MB | µs per row |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
GROWN: Final = (
    "| file | rows | reports | compared with others | CPU s | to the first | peak MB | store, MB |\n"
    "|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def shown(line: str) -> str:
    """The line, printed as soon as it is there."""
    print(line, flush=True)
    return line


def measure(form: str, rows: int) -> str:
    """The line of one format and size."""
    with tempfile.TemporaryDirectory(prefix="diplograph-bench-") as name:
        folder = Path(name)
        make(form, rows, folder)
        ours = task("import", folder, form)
        shutil.rmtree(folder / "kg")
        task("text", folder, form)
        theirs = task("load", folder, form)
        plain = task("rdflib", folder, form)
    ratio = ours["cpu"] / theirs["cpu"]
    by_rdflib = plain["cpu"] / plain["statements"] * theirs["statements"]
    return (
        f"| {form} | {rows:,} | {ours['reports']:,} | {theirs['statements']:,} | {ours['cpu']:.1f} | "
        f"{theirs['cpu']:.1f} | {ratio:.2f} | {by_rdflib / ours['cpu']:.1f} | "
        f"{by_rdflib / theirs['cpu']:.1f} | {ours['peak']:.0f} | {ours['cpu'] / rows * 1e6:.0f} |"
    )


def grow(form: str, rows: int, parts: int, folder: Path | None, minutes: float) -> list[str]:
    """The lines of files that come one after the other; what was measured before is read, not done again."""
    begun = time.monotonic()
    folder = folder or Path(tempfile.mkdtemp(prefix="diplograph-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "grown.jsonl"
    done = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    for part in range(len(done), parts):
        if time.monotonic() - begun > minutes * 60:
            print(f"{part} of {parts} files are in; run again to go on", flush=True)
            raise SystemExit(3)
        make(form, rows, folder, part, parts)
        found = task("import", folder, form) | {"disk": _size(folder / "kg")}
        (folder / "events").unlink()
        done.append(found)
        with told.open("a") as file:
            file.write(json.dumps(found) + "\n")
        print(f"file {part + 1}: {found}", flush=True)
    return [
        shown(
            f"| {number} | {rows:,} | {one['reports']:,} | {one['met']:,} | {one['cpu']:.1f} | "
            f"{one['cpu'] / done[0]['cpu']:.2f} | {one['peak']:.0f} | {one['disk']:.0f} |"
        )
        for number, one in enumerate(done, 1)
    ]


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def make(form: str, rows: int, folder: Path, part: int = 0, parts: int = 1) -> None:
    """The file to import; a generic table is one of ICEWS told by a mapping."""
    source = "icews" if form == "table" else form
    script = HERE / "making" / "event_files.py"
    words = map(str, [script, source, rows, folder / "events", part, parts])
    subprocess.run([sys.executable, *words], check=True)
    if form == "table":
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")


MAPPING: Final = """
delimiter = "\\t"
confidence = 0.8
machine = true
[columns]
start = "Event Date"
code = "CAMEO Code"
a_name = "Source Name"
a_kind = "Source Sectors"
a_land = "Source Country"
b_name = "Target Name"
b_kind = "Target Sectors"
b_land = "Target Country"
goldstein = "Intensity"
"""


def task(name: str, folder: Path, form: str) -> dict[str, Any]:
    """The result of a task in a process of its own."""
    words = [sys.executable, __file__, "--task", name, "--folder", str(folder), "--format", form]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def spent() -> dict[str, float]:
    """CPU seconds and peak memory in MB of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}


def _staged(folder: Path, form: str) -> Any:
    from diplograph.sources import tables

    mapping = folder / "mapping.toml"
    return tables.stage(folder / "events", form, mapping=mapping if mapping.exists() else None)


def import_file(folder: Path, form: str) -> dict[str, Any]:
    """Import the file into a store on disk, as ``diplograph import --no-remarks`` does."""
    from diplograph import store
    from diplograph.store import bulk

    with store.open(folder / "kg") as kept, _staged(folder, form) as staging:
        done = bulk.take(kept, staging, remarks=False)
    return spent() | {"reports": done.reports, "met": done.met}


def write_text(folder: Path, form: str) -> dict[str, Any]:
    """The same statements as a file of N-Quads."""
    from diplograph.graph import background
    from diplograph.store.statements import Statements

    with _staged(folder, form) as staging, (folder / "events.nq").open("wb") as file:
        statements = Statements(staging.con, "0" * 64, f"{form} 1", background.load())
        for block in statements.blocks():
            file.write(block)
        for line in statements.things():
            file.write(line.encode())
    return spent()


def load_text(folder: Path, _form: str) -> dict[str, Any]:
    """The loader of pyoxigraph on that file."""
    from pyoxigraph import RdfFormat, Store

    kept = Store(str(folder / "theirs"))
    kept.bulk_load(path=str(folder / "events.nq"), format=RdfFormat.N_QUADS)
    kept.flush()
    used = spent()
    return used | {"statements": len(kept)}


def add_to_rdflib(folder: Path, _form: str) -> dict[str, Any]:
    """``rdflib.Graph.add`` for statements of that file, each to its graph and with its datatype."""
    from rdflib import Dataset

    statements = list(_sample(folder / "events.nq"))
    dataset = Dataset()
    graphs = {name: dataset.graph(name) if name else dataset.default_graph for *_, name in statements}
    before = spent()["cpu"]
    for subject, predicate, value, datatype, graph in statements:
        graphs[graph].add(_terms(subject, predicate, value, datatype))
    return {"cpu": spent()["cpu"] - before, "statements": len(statements)}


def _sample(path: Path) -> Any:
    """Statements as strings, evenly from the whole file; the datatype of an address is an empty string."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    with path.open("rb") as file:
        every = max(1, sum(1 for _ in file) // RDFLIB)
    for number, quad in enumerate(parse(path=str(path), format=RdfFormat.N_QUADS)):
        if number % every == 0:
            value = quad.object
            datatype = "" if isinstance(value, NamedNode) else value.datatype.value
            graph = getattr(quad.graph_name, "value", None)
            yield quad.subject.value, quad.predicate.value, value.value, datatype, graph


def _terms(subject: str, predicate: str, value: str, datatype: str) -> Any:
    """Terms made anew, as every reader of a file must make them."""
    from rdflib import Literal, URIRef

    plain = datatype.endswith("#string")
    term = Literal(value, datatype=None if plain else URIRef(datatype)) if datatype else URIRef(value)
    return URIRef(subject), URIRef(predicate), term


TASKS: Final = {"import": import_file, "text": write_text, "load": load_text, "rdflib": add_to_rdflib}


def save(title: str, head: str, lines: list[str]) -> None:
    """Put the table into the page of results, in the place of the one of this title."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("duckdb", "pyoxigraph", "rdflib"))
    day = date.today().isoformat()  # noqa: DTZ011 - a day for people
    machine = (
        f"{day}; {platform.machine()}, {os.cpu_count()} cores; Python {sys.version.split()[0]}, {packages}."
    )
    command = f"`python {' '.join(['benchmarks/import.py', *sys.argv[1:]])}`"
    section = "\n".join([f"## {title}", "", command, "", machine, "", head, *lines, ""])
    RESULTS.parent.mkdir(exist_ok=True)
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Importing event data\n"
    first, *sections = page.split("\n## ")
    kept = [f"## {one.strip()}\n" for one in sections if not one.startswith(f"{title}\n")]
    RESULTS.write_text("\n".join([first.strip(), "", *kept, section]), encoding="utf-8")


if __name__ == "__main__":
    main()
