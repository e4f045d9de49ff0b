"""The verb ``stats``: what a graph holds."""

from __future__ import annotations

from collections import Counter

from diplograph.cli.brief import shortened
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, show, write


def run(store: StoreOption = None, form: FormatOption = None) -> None:
    """Count sources, reports, events, and list the sources.

    Example: diplograph stats --format json
    """
    _, wanted = chosen(form)
    with graph(store) as kg:
        sources = [kg.store.document(source) for source in kg.store.sources()]
        told = Counter(report.source for report in kg.store.reports())
        kinds = Counter(event.facts.type.value for event in kg.facts())
    rows = [
        {
            "source": one.name,
            "published": one.published,
            "publisher": one.publisher,
            "reports": told[one.id],
            "id": one.id,
        }
        for one in sorted(sources, key=lambda one: (one.published is None, str(one.published), one.name))
    ]
    figures = {
        "sources": len(rows),
        "reports": told.total(),
        "events": kinds.total(),
        **dict(sorted(kinds.items())),
    }
    if wanted in {Format.JSON, Format.JSONL}:
        show([{**figures, "list": rows}], [], wanted)
        return
    if wanted is Format.TABLE:
        show(
            [{"what": name, "number": number} for name, number in figures.items()], ["what", "number"], wanted
        )
        write("\n")
    show(
        shortened(rows, wanted),
        ["published", "source", "publisher", "reports", "id"],
        wanted,
        empty="the graph holds no source",
    )
