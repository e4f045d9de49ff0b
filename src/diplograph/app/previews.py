"""Reads a text that came in, shows what was read, and takes it into the graph.

Takes a harmless file name, bytes and a day; gives a page or JSON. Reading for a preview and reading for the
graph are the same: the bytes lie in a folder of their own, where they are read as any file is.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from diplograph.model import Document, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read.

    Attributes:
        documents: Each text with its reports.
        failures: Why others could not be read.
    """

    documents: tuple[tuple[Document, tuple[Report, ...]], ...]
    failures: tuple[str, ...]


@contextmanager
def _lying(name: str, raw: bytes) -> Iterator[None]:
    """The bytes as a file in the working folder, so that they go by their own name."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        (Path(folder) / name).write_bytes(raw)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def read(name: str, raw: bytes, published: str) -> Read:
    """What would be read in a text.

    Args:
        name: A file name that ``intake.admitted`` let in.
        raw: The bytes.
        published: A day, or empty.
    """
    from diplograph import extract, sources

    documents, failures = [], []
    with _lying(name, raw):
        for found in sources.read([name], published=_day(published)):
            if isinstance(found, Document):
                documents.append((found, tuple(extract.extract(found))))
            else:
                failures.append(str(found.reason))
    return Read(documents=tuple(documents), failures=tuple(failures))


def take(folder: Path, name: str, raw: bytes, published: str) -> bytes:
    """Take a text into the graph; gives what became of it as JSON.

    Raises:
        StoreError: If the graph cannot be written to.
    """
    from diplograph import pipeline, store

    target = folder.resolve()
    with _lying(name, raw), store.open(target) as graph:
        done = pipeline.ingest(graph, [name], published=_day(published))
    told = {
        "ingested": list(done.ingested),
        "unchanged": list(done.unchanged),
        "replaced": list(done.replaced),
        "older": list(done.older),
        "failures": [failure.reason for failure in done.failed],
        "reports": done.reports,
        "events": done.events,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def as_json(found: Read) -> bytes:
    """What was read in the interchange format: a line for each text, in a list, and the failures."""
    from diplograph.model.interchange import to_line

    lines = [to_line(document, reports) for document, reports in found.documents]
    told = {"documents": lines, "failures": list(found.failures)}
    return json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace")


def as_page(found: Read, token: str, ticket: str) -> bytes:
    """What was read as a page, with a button to take it in."""
    from diplograph.analysis import wording
    from diplograph.app.forms import page

    shown = [_shown(document, reports) for document, reports in found.documents]
    told = wording.count(sum(len(one["cards"]) for one in shown), "event")
    return page(
        "preview.html",
        "What would be read",
        sentence=f"{told} in {wording.count(len(shown), 'text')}.",
        documents=shown,
        failures=list(found.failures),
        token=token,
        ticket=ticket,
    ).encode()


def _shown(document: Document, reports: tuple[Report, ...]) -> dict[str, Any]:
    from diplograph.consensus import merge
    from diplograph.pages import state_names
    from diplograph.views import cards

    known = {report.id: report for report in reports}
    names = state_names()
    events = sorted(merge(reports), key=cards.order)
    used = {name for event in events for name in event.reports}
    return {
        "name": document.name,
        "published": document.published.isoformat() if document.published else "",
        "length": len(document.text),
        "text": document.text,
        # None of them has a page yet.
        "cards": [replace(cards.card(e, known, {document.id: document}, names), page="") for e in events],
        "aside": [f"{report.polarity.value}: {report.quote}" for report in reports if report.id not in used],
    }


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
