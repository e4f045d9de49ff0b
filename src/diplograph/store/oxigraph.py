"""The store in Oxigraph: evidence in a named graph per source, consensus in the default graph.

Takes documents with their reports; gives events, answers and citations. ``open_folder`` keeps it on disk.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from diplograph.errors import QueryError, StoreError
from diplograph.graph import background as backgrounds
from diplograph.graph import rules
from diplograph.graph.background import Background
from diplograph.graph.rdf import RECORDS, source_graph
from diplograph.graph.records import document_from, event_from
from diplograph.model import Document, Event, Report
from diplograph.store import reading
from diplograph.store.answers import Answer, Citation
from diplograph.store.citing import cite
from diplograph.store.export import export
from diplograph.store.guard import guarded
from diplograph.store.inference import infer
from diplograph.store.ledger import Entry, Ledger, entry_of
from diplograph.store.lock import WriterLock
from diplograph.store.revision import Revision, revise
from diplograph.vocab import DG, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store as Database
