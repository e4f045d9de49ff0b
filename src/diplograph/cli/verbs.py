"""All verbs of the command line, in the order in which ``--help`` lists them.

Takes the words of a command; gives its exit code. Building this table imports nothing but typer: a verb
imports the rooms that it needs when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from diplograph.cli import (
    ask,
    backup,
    balance,
    batch,
    compare,
    diff,
    doctor,
    dossier,
    evaluate,
    export,
    extract,
    gazetteer,
    importing,
    ingest,
    init,
    lookup,
    measure,
    network,
    plugs,
    query,
    read,
    reason,
    rebuild,
    reciprocity,
    retract,
    review,
    serve,
    shuttle,
    stats,
    tempo,
    timeline,
    validate,
    view,
    why,
)
from diplograph.cli.exits import Exit, explain

GROUPS: Final[dict[str, dict[str, Callable[..., Any] | typer.Typer]]] = {
    "Read": {
        "read": read.run,
        "extract": extract.run,
        "lookup": lookup.run,
        "gazetteer": gazetteer.verbs,
        "evaluate": evaluate.run,
        "batch": batch.run,
    },
    "Keep": {
        "init": init.run,
        "ingest": ingest.run,
        "import": importing.run,
        "retract": retract.run,
        "rebuild": rebuild.run,
        "review": review.run,
        "backup": backup.run,
        "restore": backup.run_restore,
        "stats": stats.run,
        "export": export.run,
    },
    "Ask": {
        "ask": ask.run,
        "query": query.run,
        "why": why.run,
        "diff": diff.run,
        "validate": validate.run,
        "reason": reason.run,
    },
    "Measure": {
        "timeline": timeline.run,
        "shuttle": shuttle.run,
        "balance": balance.run,
        "reciprocity": reciprocity.run,
        "tempo": tempo.run,
        "network": network.run,
        "compare": compare.run,
        "measure": measure.run,
    },
    "Show": {
        "view": view.run,
        "dossier": dossier.run,
        "serve": serve.run,
    },
    "The house": {
        "plugins": plugs.run,
        "doctor": doctor.run,
    },
}


class Grouped(TyperGroup):
    """A list of commands under headings, in plain text that reads the same everywhere."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's signature
        """Write the verbs of each group under its heading."""
        widest = max(len(name) for name in self.commands)
        for heading, members in GROUPS.items():
            with formatter.section(heading):
                limit = formatter.width - 6 - widest
                formatter.write_dl(
                    [(name.ljust(widest), self.commands[name].get_short_help_str(limit)) for name in members]
                )


def _version(asked: bool) -> None:
    if asked:
        from diplograph import __version__

        typer.echo(f"diplograph {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Read articles into a cited, time-aware knowledge graph of bilateral relations, and ask it questions."""


def application() -> typer.Typer:
    """The command line with all its verbs."""
    app = typer.Typer(
        cls=Grouped,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for members in GROUPS.values():
        for name, verb in members.items():
            # A verb with verbs of its own is an application; all others are functions.
            if isinstance(verb, typer.Typer):
                app.add_typer(verb, name=name)
            else:
                app.command(name)(verb)
    return app


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    command = typer.main.get_command(application())
    try:
        result = command.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="diplograph",
            standalone_mode=True,
        )
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.FAILED
    except BaseException as error:  # noqa: BLE001 - explain raises anew what nobody foresaw
        return explain(error)
    return result if isinstance(result, int) else Exit.DONE
