"""The verb ``export``: the graph as RDF, as a network file, as rows, or as a site of pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli import research, site
from diplograph.cli.options import OutputOption, StoreOption, graph
from diplograph.cli.output import Format, say, show, write

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph


class Kind(StrEnum):
    """What the graph is written as."""

    TTL = "ttl"
    NT = "nt"
    TRIG = "trig"
    NQ = "nq"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    PAJEK = "pajek"
    CSV = "csv"
    RELEVENT = "relevent"
    GOLDFISH = "goldfish"
    PANEL = "panel"
    MATRIX = "matrix"


KindOption = Annotated[
    Kind,
    typer.Option(
        "--format",
        help="ttl, nt: the consensus; trig, nq, jsonld: evidence too; graphml, gexf, pajek: visits; csv: "
        "events; relevent, goldfish: sequences of visits for R; panel: pairs by year with COW codes; matrix: "
        "guests by hosts.",
    ),
]


WhatArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[site DIR]",
        help="A folder of pages that link to one another and need no network, instead of one file.",
        show_default=False,
    ),
]


def run(
    what: WhatArgument = None,
    form: KindOption = Kind.TRIG,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Write the graph out, as a file or as a site.

    The same graph gives the same bytes.

    Example: diplograph export site pages
    """
    if what and (len(what) != 2 or what[0] != "site"):
        raise typer.BadParameter(f"{' '.join(what)!r} is not `site DIR`", param_hint="site DIR")
    with graph(store) as kg:
        if what:
            site.export(kg, Path(what[1]))
            return
        if form is Kind.CSV:
            _csv(kg, output)
            return
        if form.value in research.FORMS:
            research.write(kg, form.value, output)
            return
        text = _network(kg, form) if form.value in research.NETWORKS else kg.export(form.value)
    if output is None:
        write(text)
    else:
        output.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8")
        say(f"wrote {output}")


def _network(kg: KnowledgeGraph, form: Kind) -> str:
    from diplograph.analysis import networkfiles

    return networkfiles.text(kg.to_networkx(), networkfiles.Form(form.value))


def _csv(kg: KnowledgeGraph, output: Path | None) -> None:
    import contextlib

    table = kg.events()
    if output is None:
        show(table, table.headings, Format.CSV)
        return
    with output.open("w", encoding="utf-8", newline="") as file, contextlib.redirect_stdout(file):
        show(table, table.headings, Format.CSV)
    say(f"wrote {output}")
