"""The verb ``query``: free SPARQL, with a limit on time and rows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from diplograph.cli.options import FormatOption, PastOption, StoreOption, chosen, day
from diplograph.cli.output import Format, say, show, write

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
    from diplograph.app.once import Question
    from diplograph.notebook.completion import strangers

    settings, wanted = chosen(form, store=store, timeout=timeout, limit=limit)
    text = _text(query)
    asked = Question(
        folder=settings.store,
        query=text,
        timeout=settings.timeout,
        limit=settings.limit,
        as_of=day(as_of, "--as-of"),
    )
    if wanted is Format.TTL:
        write(asked.turtle())
        return
    table = record.of_answer(asked.answer())
    show(table, table.headings, wanted, empty="no row")
    if not table:
        for told in strangers(text):
            say(told)


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.endswith((".rq", ".sparql")):
        return Path(query).read_text(encoding="utf-8")
    return query
