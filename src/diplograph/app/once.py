"""Asks one query in a process of its own, which is ended when it takes too long or too much memory.

Takes the folder of a graph and SPARQL; gives an ``Answer``, or triples as Turtle. The process is that of the
server (``engine``, kept by ``pool``): the engine has no time limit and some queries bring it down, so what a
stranger wrote never runs in the process of whoever asks.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from diplograph import store
from diplograph.app import pools
from diplograph.app.negotiation import JSON, TURTLE
from diplograph.app.refusals import NotAcceptable
from diplograph.errors import QueryError, QueryLimitError
from diplograph.store.answers import Answer
from diplograph.store.distant import engine_at
from diplograph.store.guard import guarded
from diplograph.vocab import PREFIXES

LARGEST: Final = 50_000_000
"""Bytes that an answer may have."""
MEMORY: Final = 4096
"""Megabytes that the process may use."""

_NO_TRIPLES: Final = "only CONSTRUCT and DESCRIBE have a Turtle form; ask for table, json, jsonl or csv"
_TRIPLE: Final = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query and what it may cost.

    Attributes:
        folder: The graph.
        query: SPARQL that only reads.
        timeout: Seconds that it may take.
        limit: Rows that the answer may have; 0 for no limit.
        as_of: The day to look from; None for all that is known.
    """

    folder: Path
    query: str
    timeout: float = 30.0
    limit: int = 100_000
    as_of: date | None = None

    def answer(self) -> Answer:
        """The answer, triples as rows of subject, predicate and object.

        Raises:
            QueryError: If the query is malformed, refused, or brings the engine down.
            QueryLimitError: If it takes longer or gives more than it may.
            StoreError: If the graph cannot be opened.
        """
        if store.is_remote(self.folder):
            return self._from_afar()
        return Answer.of_json(self._told({"rows": JSON, "truth": JSON, "triples": JSON}))

    def turtle(self) -> str:
        """The triples that the query constructs or describes, as Turtle.

        Raises:
            QueryError: If it gives no triples, and as ``answer`` does.
            QueryLimitError: As above.
            StoreError: As above.
        """
        if store.is_remote(self.folder):
            return _turtle(self._from_afar())
        try:
            return self._told({"rows": None, "truth": None, "triples": TURTLE}).decode()
        except NotAcceptable:
            raise QueryError(_NO_TRIPLES) from None

    def _from_afar(self) -> Answer:
        """The answer of a server, which keeps its own limits; the process would have no network."""
        answer = engine_at(store.address(self.folder)).ask(self.query)
        if self.limit and len(answer) > self.limit:
            raise QueryLimitError(f"the answer has more than {self.limit} rows; ask with LIMIT and OFFSET")
        return answer

    def _told(self, forms: Mapping[str, str | None]) -> bytes:
        head = {
            "store": str(self.folder),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "largest": LARGEST,
            "limit": self.limit,
            **forms,
        }
        query = guarded(self.query).encode()
        # In a notebook a loop runs already in this thread, so the question gets one of its own.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(self._asked(head, query))).result()

    async def _asked(self, head: Mapping[str, object], body: bytes) -> bytes:
        pool = pools.lone(self.timeout, MEMORY)
        try:
            reply = await pool.ask(head, body)
            return await reply.whole()
        finally:
            await pool.close()


def _turtle(answer: Answer) -> str:
    """Rows of subject, predicate and object as Turtle."""
    from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

    if answer.variables != _TRIPLE:
        raise QueryError(_NO_TRIPLES)
    rows = parse_query_results(json.dumps(answer.to_json()), format=QueryResultsFormat.JSON)
    triples = [Triple(*(row[name] for name in _TRIPLE)) for row in rows]  # type: ignore[union-attr]  # no boolean
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
