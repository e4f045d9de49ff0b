"""Prints what a benchmark found and keeps it in ``benchmarks/results``, with day, machine and versions."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "results"


def keep(script: str, said: Iterable[str]) -> None:
    """Print lines of Markdown, and keep them under the name of the script."""
    text = "\n".join([f"{where()}.", "", *said]) + "\n"
    print(text, end="")
    RESULTS.mkdir(exist_ok=True)
    name = Path(script).stem.replace("_", "-")
    (RESULTS / f"{name}.md").write_text(f"`benchmarks/{Path(script).name}`\n\n{text}", encoding="utf-8")


def where() -> str:
    """Day, machine and versions."""
    python = f"Python {platform.python_version()}, diplograph {version('diplograph')}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()} with {os.cpu_count()} cores, {python}"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; the first column holds names, the others figures."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
