"""Writes what tools of the field read: sequences for R, dyad-year panels, matrices; a part of ``export``.

Takes an open graph, a form and a place; writes CSV there. ``goldfish`` and ``relevent`` are two tables,
events and nodes, and so want a folder.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import typer

from diplograph.cli.output import cell, say

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph

FORMS: Final = frozenset({"relevent", "goldfish", "panel", "matrix"})
NETWORKS: Final = frozenset({"graphml", "gexf", "pajek"})

Rows = Sequence[Mapping[str, Any]]


def write(kg: KnowledgeGraph, form: str, output: Path | None) -> None:
    """Write one form.

    Raises:
        typer.BadParameter: If two tables are to go to stdout.
    """
    if form in {"panel", "matrix"}:
        _table(_rows(kg, form), output)
        return
    if output is None:
        raise typer.BadParameter(f"{form} is two tables, events and nodes; name a folder", param_hint="-o")
    from diplograph.analysis import relational

    made = {"relevent": relational.relevent, "goldfish": relational.goldfish}[form](
        kg.facts(), names=kg.names
    )
    output.mkdir(parents=True, exist_ok=True)
    _table(made.events, output / "events.csv")
    _table(made.nodes, output / "nodes.csv")
    if made.undated:
        say(f"{len(made.undated)} visits have no date and no place in a sequence: left out")


def _rows(kg: KnowledgeGraph, form: str) -> Rows:
    from diplograph.analysis import panels
    from diplograph.knowledge import gazetteer

    if form == "matrix":
        return panels.matrix(kg.facts()).rows()
    return panels.dyad_years(kg.facts(), gazetteer.load().states)


def _table(rows: Rows, path: Path | None) -> None:
    if path is None:
        _csv(rows, sys.stdout)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        _csv(rows, file)
    say(f"wrote {path}")


def _csv(rows: Rows, file: TextIO) -> None:
    """Numbers as they are, lists with spaces between: what R and pandas read without asking."""
    headings = list(rows[0]) if rows else []
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_plain(row[name]) for name in headings] for row in rows)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else cell(value)
