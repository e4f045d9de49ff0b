"""The verb ``evaluate``: how well articles are read, against annotations of the same articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from diplograph.cli.inputs import Reading
from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Format, show, write
from diplograph.errors import SourceError

GoldArgument = Annotated[
    Path, typer.Argument(metavar="GOLD", help="A folder of NAME.txt with NAME.json beside it.")
]
PredictedOption = Annotated[
    Path | None,
    typer.Option(
        "--predicted", metavar="FILE", help="Judge this JSONL instead of reading GOLD.", show_default=False
    ),
]
ErrorsOption = Annotated[bool, typer.Option("--errors", help="Show every mistake in its sentence.")]


def run(
    gold: GoldArgument,
    predicted: PredictedOption = None,
    errors: ErrorsOption = False,
    form: FormatOption = None,
) -> None:
    """Measure reading against annotated articles.

    Example: diplograph evaluate tests/gold --errors
    """
    from diplograph.extract.evaluation import evaluate

    _, wanted = chosen(form)
    found = evaluate(gold, _predictions(gold, predicted))
    if wanted in {Format.JSON, Format.JSONL}:
        show(
            [{"figures": found.figures, "errors": found.errors if errors else len(found.errors)}], [], wanted
        )
        return
    show(found.table(), ["measure", "value"], wanted)
    if errors and found.errors:
        write("\n")
        rows = [
            {
                "kind": one.kind,
                "source": one.source,
                "event": one.event,
                "detail": one.detail,
                "context": one.context,
            }
            for one in found.errors
        ]
        show(rows, ["kind", "source", "event", "detail", "context"], wanted)


def _predictions(gold: Path, predicted: Path | None) -> list[dict[str, Any]]:
    from diplograph.model.interchange import to_line

    if predicted is not None:
        lines = enumerate(predicted.read_text(encoding="utf-8").splitlines(), start=1)
        return [_object(predicted, number, line) for number, line in lines if line.strip()]
    texts = sorted(str(path) for path in gold.glob("*.txt"))
    return [to_line(document, reports) for document, reports in Reading(texts)]


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise SourceError(f"{path}:{number}: no JSON: {error}") from error
    if not isinstance(found, dict):
        raise SourceError(
            f"{path}:{number}: not an object; every line must be one, as `diplograph extract` prints it"
        )
    return found
