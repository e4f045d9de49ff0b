"""The whole journey of a document: read, extract, store, agree, infer.

Takes inputs and an open store; gives what became of each. A document is stored as a whole or not at all, and
the order in which documents come does not show in the graph.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from diplograph import sources
from diplograph.errors import DiplographError, SourceError
from diplograph.model import Document, Report
from diplograph.sources import SourceFailure
from diplograph.store import Store

Extractor = Callable[[Document], tuple[Report, ...]]
Read = Document | SourceFailure

_BATCH = 64  # documents that are read ahead for the workers, so that memory stays flat
_ALIKE = 0.5  # share of words in common from which a text of the same name is a version of the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that was set aside, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: its name, its id, and ``ingested``, ``unchanged``, ``replaced`` or ``older``."""

    name: str
    source: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What an ingestion did.

    Attributes:
        ingested: Ids of sources that are new.
        unchanged: Ids of sources that were stored already.
        replaced: Ids of older versions that were taken out for newer ones.
        older: Names of documents of which the store holds a newer version.
        failed: Documents that were set aside.
        reports: Number of reports in what is new.
        events: Number of events in the store afterwards.
    """

    ingested: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    reports: int = 0
    events: int = 0


def ingest(
    store: Store,
    inputs: Iterable[str | Path] = (),
    *,
    text: str | None = None,
    published: date | None = None,
    jobs: int = 1,
    extractor: Extractor | None = None,
    stdin: BinaryIO | None = None,
    on_progress: Callable[[str], None] = lambda _name: None,
) -> IngestResult:
    """Take documents into the graph.

    Args:
        store: Where they go.
        inputs: Files, folders, patterns, or ``-``.
        text: A text to take in instead of, or besides, inputs.
        published: Publication date of all of them, stronger than what they say themselves.
        jobs: Processes that read; 1 reads in this one.
        extractor: Reads a document; diplograph's own if not given. With several jobs it must be importable.
        stdin: What ``-`` reads from.
        on_progress: Called with the name of each document when it is done.

    Returns:
        What became of each; a document that cannot be read is listed and the rest is kept.

    Raises:
        StoreError: If the store cannot be written to.
    """
    read = sources.read(inputs, published=published, stdin=stdin)
    if text is not None:
        read = _chain(_from_text(text, published), read)
    tally = _Tally(store)
    for found, reports in _extracted(read, extractor or _own_extractor(), jobs):
        tally.take(found, reports)
        on_progress(found.name)
    store.infer()
    return tally.result()
