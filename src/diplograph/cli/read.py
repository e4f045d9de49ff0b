"""The verb ``read``: what an article tells, for people, without storing it."""

from __future__ import annotations

import typer

from diplograph.cli.brief import EVENT, shortened
from diplograph.cli.inputs import ExtractorOption, Reading
from diplograph.cli.options import FormatOption, InputsArgument, PublishedOption, chosen, day
from diplograph.cli.output import Format, show
from diplograph.model import Document, Report


def run(
    inputs: InputsArgument,
    published: PublishedOption = None,
    extractor: ExtractorOption = None,
    form: FormatOption = None,
) -> None:
    """Show the events of documents with their quotes.

    Several documents are read together: what they tell of the same event is merged. Nothing is stored.

    Example: diplograph read article.txt --published 2026-01-09
    """
    from diplograph import record
    from diplograph.consensus import merge
    from diplograph.knowledge import gazetteer

    settings, wanted = chosen(form, extractor=extractor)
    reading = Reading(inputs, day(published, "--published"), extractor=settings.extractor)
    documents: dict[str, Document] = {}
    reports: dict[str, Report] = {}
    for document, told in reading:
        documents[document.id] = document
        reports |= {report.id: report for report in told}
    names = {code: state.name for code, state in gazetteer.load().states.items()}
    table = record.of_events(merge(reports.values()), reports, documents, names)
    columns = EVENT if wanted is Format.TABLE else table.headings
    show(shortened(table, wanted), columns[:-1], wanted, empty="no event found")
    raise typer.Exit(reading.exit)
