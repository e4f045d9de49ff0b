"""The whole journey of a document: read, extract, store, agree, infer.

``ingest`` takes inputs and an open store; gives what became of each. A document is stored as a whole or not
at all, and the order in which documents come does not show in the graph. ``read_all`` goes the first half of
the way: documents with their reports, in several processes if wished, and nothing stored. Files of event data
among the inputs go the bulk path.
"""

from __future__ import annotations

from diplograph.pipeline.eventfiles import Account, Wanted
from diplograph.pipeline.extractors import named
from diplograph.pipeline.intake import Failure, IngestResult, ingest, is_version, rebuild, retract
from diplograph.pipeline.reading import PATIENCE, Extractor, Task, Told, own_extractor
from diplograph.pipeline.syndication import copies
from diplograph.pipeline.workers import read_all

__all__ = [
    "PATIENCE",
    "Account",
    "Extractor",
    "Failure",
    "IngestResult",
    "Task",
    "Told",
    "Wanted",
    "copies",
    "ingest",
    "is_version",
    "named",
    "own_extractor",
    "read_all",
    "rebuild",
    "retract",
]
