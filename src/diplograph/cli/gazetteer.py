"""The verb ``gazetteer``: whether what is known beforehand is in order, and how it is kept current."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Row, say, show

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer
    from diplograph.knowledge.rows import Finding

verbs: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    short_help="Check and update what is known beforehand.",
    help="Check what is known of states and offices, and keep it current.\n\n"
    "Example: diplograph gazetteer check Japan --since 1960",
)
StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="STATE", help="States by name or code.  [default: the most reported]"),
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="First year or day that must be covered.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="Last year or day that must be covered.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Look for gaps in every state, not only these.")]


@verbs.command("check")
def check(
    states: StatesArgument = None,
    since: SinceOption = "1990",
    until: UntilOption = "2026-01-31",
    everybody: AllOption = False,
    form: FormatOption = None,
) -> None:
    """Find overlaps, gaps, vacant offices and duplicate names.

    Faults (overlap, no end, gap, namesake) end in exit code 4. Remarks (vacant, vacancy, duplicate name) are
    told and do no harm. Example: diplograph gazetteer check Japan KOR --since 1960
    """
    from diplograph.knowledge import checks, gazetteer

    _, wanted = chosen(form)
    first, last = bound(since, "--since", end=False), bound(until, "--until", end=True)
    if last < first:
        raise typer.BadParameter(f"{until} is before {since}", param_hint="--until")
    known = gazetteer.load()
    asked = sorted(known.states) if everybody else states_named(known, states or [])
    faults = checks.check(known, first, last, asked or None)
    rows: list[Row] = [_row("fault", one) for one in faults]
    rows += [_row("remark", one) for one in checks.remarks(known, first, last, asked or None)]
    show(rows, ["level", "kind", "about", "detail"], wanted, empty="nothing to find fault with")
    say(f"{len(faults)} faults and {len(rows) - len(faults)} remarks, {first} to {last}")
    if faults:
        raise typer.Exit(Exit.NONCONFORMING)


def _row(level: str, one: Finding) -> Row:
    return {"level": level, "kind": one.kind, "about": one.about, "detail": one.detail}


def bound(text: str, option: str, *, end: bool) -> date:
    """The first or last day of a year, month or day that was typed.

    Raises:
        typer.BadParameter: If it is none.
    """
    from diplograph.model.timespan import first_day, last_day

    try:
        return (last_day if end else first_day)(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no date; write 1990, 1990-03 or 1990-03-01", param_hint=option
        ) from None


def states_named(known: Gazetteer, words: list[str]) -> list[str]:
    """Ids of the states that were typed, by code or name.

    Raises:
        typer.BadParameter: If a word names no state.
    """
    found = []
    for word in words:
        state = known.states.get(word.upper()) or next(iter(known.state_named(word)), None)
        if state is None:
            raise typer.BadParameter(
                f"no state is called {word!r}; give its name or code", param_hint="STATE"
            )
        found.append(state.id)
    return found
