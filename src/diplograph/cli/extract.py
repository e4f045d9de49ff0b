"""The verb ``extract``: documents in, one line of JSON for each out, in the interchange format."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.inputs import ExtractorOption, JobsOption, PatienceOption, Reading
from diplograph.cli.options import InputsArgument, PublishedOption, chosen, day
from diplograph.cli.output import Format, show

LinesOption = Annotated[
    Format | None,
    typer.Option("--format", help="How to print the result.  [default: jsonl]", show_default=False),
]


def run(
    inputs: InputsArgument,
    published: PublishedOption = None,
    jobs: JobsOption = 1,
    patience: PatienceOption = None,
    extractor: ExtractorOption = None,
    form: LinesOption = None,
) -> None:
    """Print the events of documents in the interchange format.

    One line of JSON for each document, unless another format is asked for; nothing is stored.
    Lines come in the order of the inputs, with any number of jobs. A document that cannot be read, or takes
    too long, is told on stderr and the rest goes on.

    Example: diplograph extract articles --jobs 4 > events.jsonl
    """
    from diplograph.model.interchange import to_line

    settings, wanted = chosen(form, Format.JSONL, extractor=extractor)
    published_on = day(published, "--published")
    reading = Reading(inputs, published_on, jobs=jobs, patience=patience, extractor=settings.extractor)
    # Lines are shown one by one, so that a long run can be watched and cut short.
    lines = (to_line(document, reports) for document, reports in reading)
    if wanted is Format.JSONL:
        for line in lines:
            show([line], [], wanted)
    elif wanted is Format.JSON:
        show(lines, [], wanted)
    else:
        rows = [{"source": line["source"], **event} for line in lines for event in line["events"]]
        show(rows, COLUMNS, wanted, empty="no event found")
    raise typer.Exit(reading.exit)


COLUMNS = [
    "source",
    "type",
    "status",
    "start",
    "end",
    "states",
    "guests",
    "host",
    "place",
    "occasion",
    "confidence",
]
