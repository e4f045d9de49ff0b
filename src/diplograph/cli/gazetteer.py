"""The verb ``gazetteer``: whether what is known beforehand is in order, and how it is kept current."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Row, say, show

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer
    from diplograph.knowledge.renewal import Change
    from diplograph.knowledge.rows import Finding

verbs: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Check what is known of states and offices, and keep it current.\n\n"
    "Example: diplograph gazetteer check Japan --since 1960",
)
StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="STATE", help="States by name or code.  [default: the most reported]"),
]
EachArgument = Annotated[
    list[str] | None, typer.Argument(metavar="STATE", help="States by name or code.  [default: all]")
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="First year or day that must be covered.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="Last year or day that must be covered.")
]
EndedOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Leave tenures alone that ended before.")
]
FromOption = Annotated[
    str,
    typer.Option(
        "--from", metavar="URL", help="The SPARQL endpoint, such as https://query.wikidata.org/sparql."
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of your own data.  [default: the setting data]"),
]
WriteOption = Annotated[bool, typer.Option("--write", help="Write what can be written, not only show it.")]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Where dates differ, take those of the endpoint.")
]
DayOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day of the data.  [default: what the endpoint says]"),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Seconds that one answer may take.")
]
PatienceOption = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", min=0, help="Seconds to wait if told to come back.")
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


@verbs.command("update")
def update(
    endpoint: FromOption,
    states: EachArgument = None,
    data: DataOption = None,
    since: EndedOption = "1990",
    as_of: DayOption = None,
    write: WriteOption = False,
    overwrite: OverwriteOption = False,
    timeout: TimeoutOption = 60.0,
    patience: PatienceOption = 60.0,
    form: FormatOption = None,
) -> None:
    """Fill states and tenures from Wikidata or an endpoint of its shape.

    Shows every difference, and writes only with --write: to DIR/wikidata, never to the tables that you keep
    by hand in DIR (tenures.csv, states.csv, removed.csv), which win. Where both have a date and they differ,
    nothing is written without --overwrite.

    Example: diplograph gazetteer update Japan --from https://query.wikidata.org/sparql --data own --write
    """
    from diplograph.knowledge import gazetteer
    from diplograph.knowledge.endpoint import Endpoint
    from diplograph.knowledge.update import prepare

    settings, wanted = chosen(form)
    folder = data or settings.data
    if write and folder is None:
        raise typer.BadParameter("--write needs a folder: give --data DIR, or set data in diplograph.toml")
    first = bound(since, "--since", end=False)
    day = bound(as_of, "--as-of", end=False).isoformat() if as_of else None
    codes = states_named(gazetteer.load(), states) if states else []
    asked = Endpoint(url=endpoint, timeout=timeout, patience=patience)
    found = prepare(asked, folder, codes, since=first, as_of=day, overwrite=overwrite)
    rows = [_change(one) for one in found.changes]
    show(rows, ["change", "table", "id", "name", "column", "ours", "theirs"], wanted, empty="nothing differs")
    for fault in found.faults:
        say(f"afterwards: {fault.kind}, {fault.about}: {fault.detail}")
    writable = sum(1 for row in rows if row["written"])
    if write and folder is not None and rows:
        found.write(folder)
        say(f"{writable} of {len(rows)} differences written to {folder}, as of {found.as_of}")
        return
    say(f"{len(rows)} differences as of {found.as_of}, {writable} to write; nothing was written")


def _change(one: Change) -> Row:
    return {
        "change": one.kind,
        "table": one.table,
        "id": one.id,
        "name": one.name,
        "column": one.column or None,
        "ours": one.ours or None,
        "theirs": one.theirs or None,
        "written": one.row is not None or one.kind == "gone",
        "source": one.row["source"] if one.row else None,
    }


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
