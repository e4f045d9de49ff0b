"""The verb ``evaluate``: how well articles are read, against annotations of the same articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplograph.cli.inputs import JobsOption, Reading
from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Format, clean, paragraph, show, write
from diplograph.errors import SourceError

if TYPE_CHECKING:
    from diplograph.extract.evaluation import Evaluation, Mistake

GoldArgument = Annotated[
    Path, typer.Argument(metavar="GOLD", help="A folder of NAME.txt with NAME.json beside it.")
]
PredictedOption = Annotated[
    Path | None,
    typer.Option(
        "--predicted", metavar="FILE", help="Judge this JSONL instead of reading GOLD.", show_default=False
    ),
]
ErrorsOption = Annotated[
    bool, typer.Option("--errors", help="Show every mistake in its sentence, grouped by what makes it hard.")
]
# What nearly every event has tells nothing about a mistake.
_COMMON = frozenset({"status: held", "date: day"})


def run(
    gold: GoldArgument,
    predicted: PredictedOption = None,
    errors: ErrorsOption = False,
    jobs: JobsOption = 1,
    form: FormatOption = None,
) -> None:
    """Measure reading against annotated articles.

    Prints the figures, then how many events of each type and of each difficulty were found, then how far the
    confidence can be trusted.

    Example: diplograph evaluate tests/gold --errors
    """
    from diplograph.extract.evaluation import evaluate

    _, wanted = chosen(form)
    found = evaluate(gold, _predictions(gold, predicted, jobs))
    if wanted in {Format.JSON, Format.JSONL}:
        show([_whole(found, errors=errors)], [], wanted)
        return
    show(found.table(), ["measure", "value"], wanted)
    if wanted is Format.TABLE:
        _show_parts(found)
    if errors:
        write("\n" + report(found.errors))


def report(mistakes: Iterable[Mistake]) -> str:
    """Every mistake in its sentence, grouped by what makes it hard, the largest group first."""
    known = list(mistakes)
    frequent = Counter(mark for one in known for mark in one.marks)
    groups: dict[str, list[Mistake]] = defaultdict(list)
    for one in known:
        groups[_group(one, frequent)].append(one)
    lines: list[str] = []
    for group, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        lines.append(f"{group} ({len(members)})\n")
        lines += [_shown(one) for one in members]
    return "\n".join(lines)


def _group(mistake: Mistake, frequent: Counter[str]) -> str:
    """A wrong value stands with its field; what was missed or made up with the rarest of its marks."""
    if mistake.kind == "wrong":
        return f"wrong {mistake.detail.partition(':')[0]}"
    marks = sorted(set(mistake.marks) - _COMMON, key=lambda mark: (frequent[mark], mark))
    return f"{mistake.kind}, {marks[0] if marks else 'nothing unusual'}"


def _shown(mistake: Mistake) -> str:
    lines = [f"{mistake.source}: {mistake.event}", *([mistake.detail] if mistake.detail else [])]
    return indent("\n".join([*map(clean, lines), paragraph(mistake.context), ""]), "  ")


def _whole(found: Evaluation, *, errors: bool) -> dict[str, Any]:
    return {
        "figures": found.figures,
        "types": [asdict(row) for row in found.by_type],
        "phenomena": [asdict(row) for row in found.by_phenomenon],
        "reliability": [asdict(row) for row in found.reliability],
        "errors": found.errors if errors else len(found.errors),
    }


def _show_parts(found: Evaluation) -> None:
    for headings, rows in (
        (
            ["type", "gold", "found", "recall", "read", "right", "precision"],
            [
                {**asdict(r), "type": r.kind, "recall": r.recall, "precision": r.precision}
                for r in found.by_type
            ],
        ),
        (
            ["difficulty", "gold", "found", "recall"],
            [{**asdict(r), "difficulty": r.kind, "recall": r.recall} for r in found.by_phenomenon],
        ),
        (
            ["confidence", "events", "mean", "right"],
            [
                {
                    "confidence": f"{r.low:.1f} to {r.high:.1f}",
                    "events": r.events,
                    "mean": r.confidence,
                    "right": r.right,
                }
                for r in found.reliability
                if r.events
            ],
        ),
    ):
        write("\n")
        show(rows, headings, Format.TABLE)


def _predictions(gold: Path, predicted: Path | None, jobs: int) -> list[dict[str, Any]]:
    from diplograph.model.interchange import to_line

    if predicted is not None:
        lines = enumerate(predicted.read_text(encoding="utf-8").splitlines(), start=1)
        return [_object(predicted, number, line) for number, line in lines if line.strip()]
    texts = sorted(str(path) for path in gold.glob("*.txt"))
    return [to_line(document, reports) for document, reports in Reading(texts, jobs=jobs)]


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
