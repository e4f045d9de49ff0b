"""The verb ``init``: a folder for a project of one's own, with settings and a sample article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from diplograph.cli.output import say, write
from diplograph.errors import StoreError

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder; made if it is not there.")]

SETTINGS: Final = """\
# Settings of diplograph for this folder. A flag or DIPLOGRAPH_<NAME> in the environment is stronger.
store = "kg"        # where the graph is kept
timeout = 30        # seconds that a query may take
limit = 100000      # rows that a query may give
# data = "own"      # folder of your own tables of states and tenures, which win (see docs/gazetteer.md)
# extractor = "rules" # what reads: see `diplograph plugins extractor`
# format = "json"   # how results are printed, where a verb leaves the choice
# port = 8765       # where `diplograph serve` listens
"""
SAMPLE: Final = "data/articles/2024-09-06-kishida-seoul.md"


def run(folder: FolderArgument = Path()) -> None:
    """Make a folder for your own graph.

    Example: diplograph init my-project
    """
    from diplograph import resources

    settings = folder / "diplograph.toml"
    if settings.exists():
        raise StoreError(f"{settings} is there already; nothing was changed")
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    sample = resources.path(SAMPLE)
    (folder / "articles" / sample.name).write_bytes(sample.read_bytes())
    say(f"made {settings} and {folder / 'articles' / sample.name}; next:")
    inside = "" if folder == Path() else f"cd {folder} && "
    write(f"{inside}diplograph ingest articles && diplograph timeline")
