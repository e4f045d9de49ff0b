"""The verb ``query``: free SPARQL, with a limit on time and rows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from diplograph.cli.options import FormatOption, PastOption, StoreOption, chosen, day
from diplograph.cli.output import Format, show, write
from diplograph.errors import QueryError

QueryArgument = Annotated[str, typer.Argument(metavar="QUERY", help="SPARQL, or a file.rq, or - for stdin.")]
TimeoutOption = Annotated[
    float | None,
    typer.Option(
        "--timeout", metavar="SECONDS", help="End the query after so long.  [default: 30]", show_default=False
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", metavar="ROWS", help="Most rows to give.  [default: 100000]", show_default=False),
]


def run(
    query: QueryArgument,
    timeout: TimeoutOption = None,
    limit: LimitOption = None,
    as_of: PastOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Answer a SPARQL query; it can only read.

    A plain query sees the consensus; GRAPH reaches the evidence. Prefixes such as dg: need no declaration.

    Example: diplograph query 'SELECT ?event { ?event a dg:Visit ; dg:host id:state/KOR }'
    """
    from diplograph import record
    from diplograph.app.workers import Workers
    from diplograph.store import Answer

    settings, wanted = chosen(form, store=store, timeout=timeout, limit=limit)
    workers = Workers(
        folder=settings.store,
        timeout=settings.timeout,
        limit=settings.limit,
        as_of=day(as_of, "--as-of"),
    )
    told = workers.ask(_text(query))
    answer = Answer(variables=tuple(told["head"]["vars"]), bindings=tuple(told["results"]["bindings"]))
    if wanted is Format.TTL:
        write(_turtle(answer))
        return
    table = record.of_answer(answer)
    show(table, table.headings, wanted, empty="no row")


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.endswith((".rq", ".sparql")):
        return Path(query).read_text(encoding="utf-8")
    return query


def _turtle(answer: Any) -> str:
    """The triples that a CONSTRUCT made."""
    if answer.variables != ("subject", "predicate", "object"):
        raise QueryError("only CONSTRUCT and DESCRIBE have a Turtle form; ask for table, json, jsonl or csv")
    from diplograph.app.workers import turtle

    return turtle(answer.to_json())
