"""All verbs of the command line, in the order in which ``--help`` lists them.

Takes the words of a command; gives its exit code. A verb is told here by its module and its purpose, and its
module is imported when it is used, so that ``--help`` costs little more than typer itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer.core import TyperGroup


class Verb(NamedTuple):
    """A verb: what it is for, its module in this room, and the function or application there."""

    purpose: str
    module: str
    attribute: str = "run"

    def load(self) -> Any:
        """Import it."""
        return getattr(import_module(f"diplograph.cli.{self.module}"), self.attribute)

    @property
    def registered_commands(self) -> list[Any]:
        """The verbs of its own, as typer has them; most have none."""
        return getattr(self.load(), "registered_commands", [])


GROUPS: Final[Mapping[str, Mapping[str, Verb]]] = {
    "Read": {
        "read": Verb("Show the events of documents with their quotes.", "read"),
        "extract": Verb("Print the events of documents in the interchange format.", "extract"),
        "lookup": Verb("Look up a state, leader, office, place or issue.", "lookup"),
        "gazetteer": Verb(
            "Check what is known of states and offices, and keep it current.", "gazetteer", "verbs"
        ),
        "evaluate": Verb("Measure reading against annotated articles.", "evaluate"),
        "batch": Verb("Read and merge archives with Spark into parts ready for bulk loading.", "batch"),
    },
    "Keep": {
        "init": Verb("Make a folder for your own graph.", "init"),
        "ingest": Verb("Read documents and files of event data into the graph.", "ingest"),
        "import": Verb("Take tables of event data into the graph.", "importing"),
        "retract": Verb("Take documents out; the events they touched are derived anew.", "retract"),
        "rebuild": Verb("Derive the consensus anew from the evidence.", "rebuild"),
        "review": Verb("List uncertain merges and splits, and decide them.", "review"),
        "backup": Verb("Write all evidence of a graph into one file.", "backup"),
        "restore": Verb("Make a graph from a backup, in a new folder.", "backup", "run_restore"),
        "stats": Verb("Count sources, reports, events, and list the sources.", "stats"),
        "export": Verb("Write the graph out, as a file or as a site.", "export"),
    },
    "Ask": {
        "ask": Verb("Ask a question of ontology/queries by its name.", "ask"),
        "query": Verb("Answer a SPARQL query; it can only read.", "query"),
        "why": Verb("Show source, quote, offsets, speaker and rule behind a fact.", "why"),
        "diff": Verb("List what changed between two days, with sources.", "diff"),
        "validate": Verb("Check the graph against the SHACL shapes.", "validate"),
        "reason": Verb("Show what follows by which rule, and what contradicts.", "reason"),
    },
    "Measure": {
        "timeline": Verb("List events in order of time, with quotes.", "timeline"),
        "shuttle": Verb("Show the legs between two states, and whose turn it is.", "shuttle"),
        "balance": Verb("Count held visits both ways.", "balance"),
        "reciprocity": Verb("Show which visits were returned, and how soon.", "reciprocity"),
        "tempo": Verb("Show the gaps between visits, and the breaks.", "tempo"),
        "network": Verb("Show who travels to whom.", "network"),
        "compare": Verb("Compare two periods: whose visits became more, whose fewer.", "compare"),
        "measure": Verb("Run any measure by its name, or list them all.", "measure"),
    },
    "Show": {
        "view": Verb("Draw the graph, a map or any other page in HTML.", "view"),
        "dossier": Verb("Brief on two states, with quotes.", "dossier"),
        "serve": Verb("Serve pages and a SPARQL endpoint.", "serve"),
        "mcp": Verb("Offer the graph to a language model as tools that only read.", "mcp"),
    },
    "The house": {
        "plugins": Verb("List what is plugged in, by which package.", "plugs"),
        "doctor": Verb("Check the installation and the graph, and repair it.", "doctor"),
    },
}

VERBS: Final[Mapping[str, Verb]] = {
    name: verb for members in GROUPS.values() for name, verb in members.items()
}


class Grouped(TyperGroup):
    """Verbs under headings, in plain text that reads the same everywhere; each is loaded when it is used."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": dict.fromkeys(VERBS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """The verb of a name; None if there is none."""
        if cmd_name not in VERBS:
            return None
        if self.commands[cmd_name] is None:
            self.commands[cmd_name] = _command(cmd_name, VERBS[cmd_name].load())
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's signature
        """Write the verbs of each group under its heading."""
        widest = max(map(len, VERBS))
        for heading, members in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), verb.purpose) for name, verb in members.items()])


def _command(name: str, verb: Any) -> Any:
    """A function, or an application with verbs of its own, as a command."""
    if not isinstance(verb, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name)(verb)
        verb = alone
    found = typer.main.get_command(verb)
    found.name = name
    return found


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
        return leaving.code if isinstance(leaving.code, int) else 1
    except BaseException as error:  # noqa: BLE001 - explain raises anew what nobody foresaw
        from diplograph.cli.exits import explain

        return explain(error)
    return result if isinstance(result, int) else 0
