"""The verb ``import``: files of event data into the graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import StoreOption, graph
from diplograph.cli.output import Format, say, show, write
from diplograph.cli.progress import progress
from diplograph.errors import DiplographError

if TYPE_CHECKING:
    from diplograph.pipeline import Account
    from diplograph.sources.tables import Staging

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Tables: plain, .gz, .zip or .xlsx.", show_default=False)
]
FormOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="NAME",
        help="historyatstate, colt, icews, polecat, gdelt, quadruples, table, or auto.",
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="TOML that says what the columns of a table mean."),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="For quadruples of numbers: the day that hour 0 is on."),
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Say how each column is understood and what would be left out.")
]
ProseOption = Annotated[
    bool, typer.Option("--remarks/--no-remarks", help="Read remarks like articles, as they are.")
]
AsideOption = Annotated[
    Path | None,
    typer.Option("--aside", metavar="FILE", help="Write every row that is set aside, with its reason."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the account as JSON.")]


def run(
    files: FilesArgument,
    form: FormOption = "auto",
    mapping: MappingOption = None,
    since: SinceOption = None,
    explain: ExplainOption = False,
    remarks: ProseOption = True,
    aside: AsideOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take tables of event data into the graph.

    Known are HistoryAtState, COLT, ICEWS, POLECAT, GDELT, quadruples and any table that a mapping describes.

    A row that tells nothing between two states is set aside with its reason, and the rest is kept.

    Example: diplograph import --explain data/historyatstate/*.csv
    """
    from diplograph.sources import tables

    accounts: list[dict[str, Any]] = []
    with _opened(store, explain=explain) as kept, progress("importing") as step:
        for file in files:
            try:
                with tables.stage(file, form, mapping=mapping, since=since) as staging:
                    if aside:
                        _write_aside(aside, staging)
                    done = _explained(staging) if explain else _taken(kept, staging, remarks=remarks)
                    accounts.append(done)
            except DiplographError as fault:
                say(f"diplograph: {fault}")
                accounts.append({"file": str(file), "failed": str(fault)})
            step(str(file))
        if kept is not None:
            kept.store.infer()
    _tell(accounts, as_json=as_json, explain=explain)
    failed = sum("failed" in account for account in accounts)
    if failed:
        raise typer.Exit(Exit.PARTIAL if failed < len(accounts) else Exit.FAILED)


class _Nothing:
    """What stands in the place of a graph when nothing is stored."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _opened(store: Path | None, *, explain: bool) -> Any:
    return _Nothing() if explain else graph(store, read_only=False)


def _taken(kept: Any, staging: Staging, *, remarks: bool) -> dict[str, Any]:
    from diplograph.pipeline.eventfiles import take

    done = take(kept.store, staging, remarks=remarks)
    return _account(staging) | {
        "reports": done.reports,
        "from_remarks": done.from_remarks,
        "met": done.met,
        "source": done.source,
        "new": done.fresh,
    }


def remark(done: Account) -> None:
    """Say what became of a file of event data that was among the inputs of another verb."""
    left = sum(done.set_aside.values())
    told = f"{done.name}: {done.form}, {done.rows:,} rows, {done.reports:,} reports, {left:,} set aside"
    if not done.fresh:
        say(f"{told}; it was there already")
        return
    say(told)
    for reason, number in done.set_aside.items():
        say(f"{done.name}: {number:,} set aside: {reason}")


def _explained(staging: Staging) -> dict[str, Any]:
    form = staging.form
    return _account(staging) | {
        "about": form.about,
        "columns": [
            {"cell": cell, "means": meaning, "from": form.told_by(cell)}
            for cell, meaning in form.meanings().items()
        ],
        "unused": form.unused(),
        "reports": staging.count("reports"),
        "examples": [{"row": where, "reason": reason} for where, reason in staging.examples()],
    }


def _account(staging: Staging) -> dict[str, Any]:
    return {
        "file": str(staging.path),
        "format": staging.form.name,
        "rows": staging.total,
        "set_aside": staging.counted(),
    }


def _tell(accounts: list[dict[str, Any]], *, as_json: bool, explain: bool) -> None:
    if as_json:
        write(json.dumps(accounts, ensure_ascii=False, indent=2))
        return
    for account in accounts:
        if "failed" in account:
            continue
        left = sum(account["set_aside"].values())
        told = f"{account['file']}: {account['format']}, {account['rows']:,} rows"
        told += f", {account['reports']:,} reports"
        write(f"{told}, {left:,} set aside" + ("" if account.get("new", True) else "; it was there already"))
        if explain:
            show(account["columns"], ["cell", "means", "from"], Format.TABLE)
            write(f"columns that tell nothing: {', '.join(account['unused']) or 'none'}")
        rows = [{"rows": number, "reason": reason} for reason, number in account["set_aside"].items()]
        if rows:
            show(rows, ["rows", "reason"], Format.TABLE)
        if explain and account["examples"]:
            show(account["examples"], ["row", "reason"], Format.TABLE)


def _write_aside(path: Path, staging: Staging) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(staging.set_aside())
