"""The verbs ``backup`` and ``restore``: all evidence of a graph in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph import settings
from diplograph.cli.options import FormatOption, StoreOption, graph
from diplograph.cli.output import told

TargetArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write.")]
SourceArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup to read.")]


def run(target: TargetArgument, store: StoreOption = None, form: FormatOption = None) -> None:
    """Write all evidence of a graph into one file.

    It can be done while another process writes; the same graph gives the same bytes.

    Example: diplograph backup kg-2026-01.zip
    """
    from diplograph.store import keeping
    from diplograph.store.backup import backup

    with graph(store) as kg:
        assert isinstance(kg.store, keeping.GraphStore), "every store of ours is one"
        sources = backup(kg.store, target)
    told(f"{sources} sources in {target}", {"sources": sources, "file": str(target)}, form)


def run_restore(source: SourceArgument, store: StoreOption = None, form: FormatOption = None) -> None:
    """Make a graph from a backup, in a new folder.

    Example: diplograph restore kg-2026-01.zip --store kg-again
    """
    from diplograph.store.backup import restore

    folder = settings.adopt(settings.load({"store": store})).store
    sources = restore(source, folder)
    told(f"{sources} sources in {folder}", {"sources": sources, "store": str(folder)}, form)
