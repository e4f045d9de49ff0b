"""The verb ``dossier``: a briefing on two states, with footnotes that quote."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diplograph.cli.options import AsOfOption, OtherArgument, StateArgument, StoreOption, day, graph
from diplograph.cli.output import say, write


class Form(StrEnum):
    """What a dossier is written as."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"


FormOption = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help="md, html, or pdf (by a Chromium of this machine).  [default: as FILE ends, else md]",
        show_default=False,
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Where the record begins (YYYY-MM-DD).", show_default=False),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.", show_default=False),
]


def run(
    state: StateArgument,
    other: OtherArgument,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    form: FormOption = None,
    output: FileOption = None,
    store: StoreOption = None,
) -> None:
    """Brief on two states, with quotes.

    A page of what matters, then the record.

    Example: diplograph dossier KOR JPN --since 2023-01-01 -o korea-japan.pdf
    """
    from diplograph import record
    from diplograph.pages import dossiers

    wanted = form or _by_ending(output)
    if wanted is Form.PDF and output is None:
        raise typer.BadParameter("a PDF is no text; name a file with -o", param_hint="--output")
    told = {"as-of": day(as_of, "--as-of"), "since": day(since, "--since")}
    given = {name: value.isoformat() for name, value in told.items() if value}
    pair = (record.state_code(state), record.state_code(other))
    with graph(store, as_of=as_of) as kg:
        made = dossiers.answer(kg.store, pair, wanted.value, given)
    if output is None:
        write(made.text)
        return
    output.write_bytes(made.body)
    say(f"wrote {output}")


def _by_ending(output: Path | None) -> Form:
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return Form(ending) if ending in set(Form) else Form.MD
