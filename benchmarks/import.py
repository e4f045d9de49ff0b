"""What importing event data costs, beside the database's own loader and rdflib: one table for the README.

    python benchmarks/import.py [--rows 100000] [--rows 1000000] [--format icews] [--format gdelt]

For each format and size: CPU of reading a file into a store on disk, CPU of pyoxigraph's ``bulk_load`` of the
same statements as ready N-Quads, CPU of ``rdflib.Graph.add`` for as many statements, and the peak of memory.
Every measurement is a process of its own. Files are made by ``benchmarks/making/event_files.py``.
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
RDFLIB: Final = 50_000  # statements that rdflib is given; it takes the same for each


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--rows", type=int, action="append")
    told.add_argument("--format", choices=FORMATS, action="append")
    told.add_argument("--task")
    told.add_argument("--folder", type=Path)
    told.add_argument("--save", action="store_true", help="write benchmarks/results/import.md")
    given = told.parse_args()
    if given.task:
        print(json.dumps(TASKS[given.task](given.folder, (given.format or ["icews"])[0])))
        return
    lines = []
    for rows in given.rows or [20_000]:
        for form in given.format or FORMATS:
            lines.append(measure(form, rows))
            print(lines[-1], flush=True)
    if given.save:
        save(lines)


HEAD: Final = (
    "| format | rows | reports | statements | import, CPU s | bulk_load, CPU s | ratio | rdflib ÷ import |"
    " peak MB | µs per row |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


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
    by_rdflib = plain["cpu"] / plain["statements"] * theirs["statements"] / ours["cpu"]
    return (
        f"| {form} | {rows:,} | {ours['reports']:,} | {theirs['statements']:,} | {ours['cpu']:.1f} | "
        f"{theirs['cpu']:.1f} | {ratio:.2f} | {by_rdflib:.1f} | {ours['peak']:.0f} | "
        f"{ours['cpu'] / rows * 1e6:.0f} |"
    )


def make(form: str, rows: int, folder: Path) -> None:
    """The file to import; a generic table is one of ICEWS told by a mapping."""
    source = "icews" if form == "table" else form
    script = HERE / "making" / "event_files.py"
    subprocess.run([sys.executable, script, source, str(rows), folder / "events"], check=True)
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
    done = subprocess.run(words, check=True, capture_output=True, text=True)
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
    return spent() | {"reports": done.reports}


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
    """``rdflib.Graph.add`` for the first statements of that file, as terms that are there already."""
    from pyoxigraph import NamedNode, RdfFormat, parse
    from rdflib import Graph, Literal, URIRef

    triples = []
    with (folder / "events.nq").open("rb") as file:
        for quad in parse(file, format=RdfFormat.N_QUADS):
            value = quad.object
            term = URIRef(value.value) if isinstance(value, NamedNode) else Literal(value.value)
            triples.append((URIRef(quad.subject.value), URIRef(quad.predicate.value), term))
            if len(triples) == RDFLIB:
                break
    graph = Graph()
    before = spent()["cpu"]
    for triple in triples:
        # Terms are made anew, as every reader of a file must make them.
        graph.add(tuple(type(term)(str(term)) for term in triple))
    return {"cpu": spent()["cpu"] - before, "statements": len(triples)}


TASKS: Final = {"import": import_file, "text": write_text, "load": load_text, "rdflib": add_to_rdflib}


def save(lines: list[str]) -> None:
    """Write the table with what it was measured on."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("duckdb", "pyoxigraph", "rdflib"))
    day = date.today().isoformat()  # noqa: DTZ011 - a day for people
    told = [
        "# Importing event data",
        "",
        "`python benchmarks/import.py --save` with the sizes below.",
        "",
        f"{day}; {platform.machine()}, {os.cpu_count()} cores; Python {sys.version.split()[0]}, {packages}.",
        "",
        HEAD,
        *lines,
        "",
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(told), encoding="utf-8")


if __name__ == "__main__":
    main()
