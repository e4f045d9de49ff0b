"""Reads one slice: the same code on a laptop and on every machine of a cluster.

Documents go through ``pipeline.read_all`` and event data through ``sources.tables``, as they do on one
machine. Takes a ``Slice``; writes its sources and reports into ``work/`` and gives the account.
"""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.batch import parts, rows
from diplograph.batch.plan import Plan, Slice
from diplograph.consensus import dyad_of, reach
from diplograph.errors import DiplographError
from diplograph.graph.ntriples import in_graph
from diplograph.graph.provenance import source_lines
from diplograph.graph.rdf import source_graph, source_triples
from diplograph.graph.records import report_record
from diplograph.model import Document, Report
from diplograph.model.interchange import to_line
from diplograph.pipeline import Task, Told, own_extractor, read_all
from diplograph.sources import SourceFailure, drafts
from diplograph.store.admission import admitted
from diplograph.store.ledger import ROWS, entry_of

if TYPE_CHECKING:
    from diplograph.sources.tables import Staging

Account = dict[str, Any]
PATIENCE: Final = 600.0
"""Seconds for a document; so many that what is set aside does not depend on how busy a machine is."""


def read(part: Slice, plan: Plan, output: Path, *, careful: bool = False) -> Account:
    """Read a slice into ``work/``.

    Args:
        part: What to read.
        plan: How.
        output: The folder of the batch.
        careful: Whether to read in processes of its own, which may die of a document; that document is
            then set aside and the others are read.

    Returns:
        Numbers of documents and reports, and the failures: names with reasons.
    """
    if not part.events:
        done = _documents(part, plan, output, jobs=2 if careful else 1)
    else:
        done = _apart(part, plan, output) if careful else _events(part, plan, output)
    parts.settle(output, f"read-{part.name}", done)
    return done


def _documents(part: Slice, plan: Plan, output: Path, jobs: int) -> Account:
    day = plan.options["published"]
    task = Task(
        extractor=own_extractor(), published=date.fromisoformat(day) if day else None, patience=PATIENCE
    )
    sources = parts.Table(output / parts.WORK / f"sources-{part.name}.parquet", "sources", 200)
    reports = parts.Table(output / parts.WORK / f"reports-{part.name}.parquet", "reports")
    account: Account = {"documents": 0, "reports": 0, "failures": []}
    for place, found in enumerate(read_all(drafts(part.paths), task, jobs)):
        told = _source_row(found)
        if isinstance(told, SourceFailure):
            account["failures"].append([told.name, str(told.reason)])
            continue
        row, said = told
        sources.add(row | {"slice": part.number, "place": place})
        for report in said:
            reports.add(_report_row(report) | {"slice": part.number, "place": place})
        account["documents"] += 1
        account["reports"] += len(said)
    sources.close()
    reports.close()
    return account


def _source_row(found: Told | SourceFailure) -> tuple[dict[str, Any], tuple[Report, ...]] | SourceFailure:
    if isinstance(found, SourceFailure):
        return found
    try:
        document, said = admitted(found.document, found.reports or ())
    except DiplographError as fault:
        return SourceFailure(name=found.name, reason=fault)  # type: ignore[arg-type]  # it is a SourceError
    lines = source_triples(document, said)
    entry = entry_of(lines)
    return {
        "id": document.id,
        "name": document.name,
        "url": document.url,
        "published": document.published,
        "reports": len(said),
        "quads": "\n".join(lines),
        "line": json.dumps(to_line(found.document, found.reports or ()), ensure_ascii=False),
        "statements": entry.quads,
        "digest": entry.digest,
    }, said


def _report_row(report: Report) -> dict[str, Any]:
    begins, ends = reach(report)
    return {
        "id": report.id,
        "source": report.source,
        "dyad": dyad_of(report.facts.states),
        "begins": begins,
        "ends": ends,
        "record": report_record(report),
    }


def _apart(part: Slice, plan: Plan, output: Path) -> Account:
    """Read event data in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as crew:
        try:
            return crew.submit(_events, part, plan, output).result()
        except BrokenProcessPool:
            return _failed(part.paths[0], f"{part.paths[0]}: its reading ended the process; set aside")


def _failed(name: str, why: str) -> Account:
    return {"documents": 0, "reports": 0, "failures": [[name, why]]}


def _events(part: Slice, plan: Plan, output: Path) -> Account:
    from diplograph.extract import extract
    from diplograph.sources import tables
    from diplograph.store import bulk, prose

    path, mapping = Path(part.paths[0]), plan.options["mapping"]
    try:
        with tables.stage(
            path, plan.options["format"], mapping=Path(mapping) if mapping else None
        ) as staging:
            if "remark" in staging.form.select:
                prose.read(staging, extract)
            count = _file(part, staging, bulk.document_of(staging), output)
            aside = staging.counted()
    except DiplographError as fault:
        return _failed(str(path), str(fault))
    return {"documents": 1, "reports": count, "failures": [], "rows": staging.total, "aside": aside}


def _file(part: Slice, staging: Staging, document: Document, output: Path) -> int:
    """The reports of a file of event data, and its graph."""
    from diplograph.graph import background
    from diplograph.store.statements import Statements

    work = output / parts.WORK
    statements = Statements(staging.con, document.id, f"{staging.form.name} 1", background.load())
    count, own = statements.count(), statements.own_statements()
    reports = parts.Table(work / f"reports-{part.name}.parquet", "reports")
    lead = in_graph(source_lines(document), source_graph(document.id))
    with parts.packed(work / f"graph-{part.name}.nq.gz") as stream:
        stream.write("".join(f"{line}\n" for line in lead).encode())
        for table, text in rows.reports(statements, part.number):
            reports.take(table)
            stream.write(text)
    reports.close()
    sources = parts.Table(work / f"sources-{part.name}.parquet", "sources")
    sources.add({
        "id": document.id, "name": document.name, "slice": part.number, "place": 0, "reports": count,
        "statements": len(lead) + own, "digest": f"{ROWS}{document.id}",
    })  # fmt: skip
    sources.close()
    return count
