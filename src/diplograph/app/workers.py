"""Answers one query in a process of its own, which is ended when it takes too long or too much memory.

Takes the folder of a graph and SPARQL; gives the answer in the W3C's JSON form. The engine has no time limit
and some queries bring it down, so a query of a stranger never runs in the process that serves others.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from diplograph import errors
from diplograph.errors import DiplographError, QueryError, QueryLimitError

LARGEST: Final = 50_000_000
"""Bytes that an answer may have."""

_MEMORY: Final = 4096  # megabytes
_TRIPLE: Final = ("subject", "predicate", "object")
_COMMAND: Final = (sys.executable, "-m", "diplograph.app.workers")


@dataclass(slots=True, kw_only=True)
class Workers:
    """Makes a process for each query.

    Attributes:
        folder: The graph.
        timeout: Seconds that a query may take.
        limit: Rows that an answer may have; 0 for no limit.
        as_of: The day to look from; None for all that is known.
    """

    folder: Path
    timeout: float = 30.0
    limit: int = 100_000
    as_of: date | None = None

    def ask(self, query: str) -> dict[str, Any]:
        """The answer of a query, in the W3C's JSON form, with its ``form`` beside it.

        Raises:
            QueryError: If the query is malformed, refused, or brings the engine down.
            QueryLimitError: If it takes longer or gives more than it may.
            StoreError: If the graph cannot be opened.
        """
        worker = _start()
        told = {"folder": str(self.folder), "query": query, "limit": self.limit}
        request = json.dumps(told | ({"as_of": self.as_of.isoformat()} if self.as_of else {}))
        try:
            printed, _ = worker.communicate(request.encode(), timeout=self.timeout)
        except subprocess.TimeoutExpired:
            raise QueryLimitError(
                f"the query took longer than {self.timeout:g} s and was ended; ask for less"
            ) from None
        finally:
            _end(worker)
        return _understood(printed, worker.returncode)


def turtle(answer: Mapping[str, Any]) -> str:
    """The triples of an answer, which are its rows of subject, predicate and object, as Turtle."""
    from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

    from diplograph.vocab import PREFIXES

    parsed = parse_query_results(json.dumps(answer), format=QueryResultsFormat.JSON)
    triples = [Triple(*(row[name] for name in _TRIPLE)) for row in parsed]  # type: ignore[union-attr]  # never a boolean
    told = " ".join(map(str, triples))
    used = {prefix: address for prefix, address in PREFIXES.items() if f"<{address}" in told}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no words of a stranger
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            pipe.close()


def _understood(printed: bytes, code: int) -> dict[str, Any]:
    if not printed:
        raise QueryError(f"the query brought the engine down (exit code {code}); ask in a simpler way")
    told: dict[str, Any] = json.loads(printed)
    if "error" in told:
        kind = getattr(errors, told["error"], DiplographError)
        raise kind(told["message"])
    return told


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    from diplograph import store

    day = date.fromisoformat(request["as_of"]) if "as_of" in request else None
    with store.open(request["folder"], read_only=True, as_of=day) as graph:
        answer = graph.query(request["query"])
    if request["limit"] and len(answer) > request["limit"]:
        raise QueryLimitError(
            f"the answer has {len(answer)} rows; at most {request['limit']} are given, so ask with LIMIT"
        )
    return answer.to_json()


def _serve() -> None:
    """What the process does: wait for one request, answer it, leave."""
    # Imported before the request comes, so that the wait of whoever asks is short.
    import pyoxigraph  # noqa: F401

    from diplograph import store  # noqa: F401
    from diplograph.app import cage

    cage.shut()
    cage.bound(_MEMORY)
    try:
        reply = json.dumps(_answer(json.load(sys.stdin)))
        if len(reply) > LARGEST:
            raise QueryLimitError(f"the answer has more than {LARGEST // 1_000_000} MB; ask for less")
    except DiplographError as error:
        reply = json.dumps({"error": type(error).__name__, "message": str(error)})
    sys.stdout.write(reply)


if __name__ == "__main__":
    _serve()
