"""The options that many verbs share, spelled and explained once.

Takes what was typed; gives the settings, a date, or the open graph.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph import settings
from diplograph.cli import words
from diplograph.cli.output import Format
from diplograph.errors import StoreError
from diplograph.settings import Settings

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="Folder of the graph.  [default: ./kg]", show_default=False),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="How to print the result.  [default: table]", show_default=False),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Publication date of inputs that do not tell their own (YYYY-MM-DD).",
        show_default=False,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day to look from (YYYY-MM-DD).  [default: that of the newest source]",
        show_default=False,
    ),
]
PastOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Only what sources published by this day could tell (YYYY-MM-DD).",
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.", show_default=False),
]
WindowOption = Annotated[
    int, typer.Option("--window", metavar="DAYS", min=1, help="Days within which a visit must be answered.")
]
InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help="Files, folders, patterns, addresses of pages and feeds, or - for stdin."
    ),
]
StateArgument = Annotated[
    str,
    typer.Argument(
        metavar="STATE", help="A state: its name or code (Korea, KOR).", autocompletion=words.states
    ),
]
PairArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATE STATE",
        help="A pair of states; all pairs if none is named.",
        show_default=False,
        autocompletion=words.states,
    ),
]
OtherArgument = Annotated[
    str, typer.Argument(metavar="STATE", help="The other state.", autocompletion=words.states)
]


def day(text: str | None, option: str) -> date | None:
    """Read a date that was typed.

    Raises:
        typer.BadParameter: If it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2026-01-09", param_hint=option) from None


def chosen(form: Format | None, default: Format = Format.TABLE, **flags: object) -> tuple[Settings, Format]:
    """The settings and the format to print in.

    Args:
        form: What was typed after ``--format``.
        default: The verb's own habit.
        flags: Other settings that were typed.
    """
    found = settings.adopt(settings.load({"format": form, **flags}))
    try:
        return found, Format(found.format) if found.format else default
    except ValueError:
        known = ", ".join(Format)
        raise typer.BadParameter(
            f"{found.format!r} is none; there are: {known}", param_hint="--format"
        ) from None


def graph(folder: Path | None, *, read_only: bool = True, as_of: str | None = None) -> KnowledgeGraph:
    """Open the graph that was named.

    Args:
        folder: Where it is.
        read_only: Whether nothing is to be changed.
        as_of: The day to look from, as it was typed; None for all that is known.

    Raises:
        StoreError: If it cannot be opened.
    """
    from diplograph import kg

    where = settings.adopt(settings.load({"store": folder})).store
    if read_only and not where.exists() and not is_elsewhere(where):
        raise StoreError(f"there is no graph at {where}; {_advice()}")
    return kg.open(where, read_only=read_only, as_of=day(as_of, "--as-of"))


def is_elsewhere(where: Path) -> bool:
    """Whether a graph is on a server, or kept by another package: ``http:…``, ``name:…``."""
    return ":" in str(where)


def _advice() -> str:
    """What to do where there is no graph: name one of those nearby, or make one."""
    near = [
        file.parent for pattern in ("layout.json", "*/layout.json") for file in sorted(Path().glob(pattern))
    ]
    if near:
        return f"there is one here: --store {' or --store '.join(map(str, near[:3]))}"
    return "make one with `diplograph ingest FILES`, or name where it is with --store"
