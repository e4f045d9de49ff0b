"""Measures date resolution on ``gum_dates`` against dateparser, recognizers-text and other resolvers.

usage: python benchmarks/dates.py [gum_news_interview_dates.csv] [--show]

Each row is a date expression of a Wikinews article: its sentence, the article's day, the annotated value.
Every peer gets the expression with the article's day; ours finds it in its sentence, as when reading.
A value is right if its first and last day are those annotated (a month is a month, no day in it),
too fine if it is told more precisely than annotated, none if nothing was found.
Rows whose annotation is open (bounds only, repeated, no year) are counted apart: no value is right there.
The peers live in an environment of their own, made at the first run.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from diplograph.model import first_day, last_day  # noqa: E402
from diplograph.text import timex  # noqa: E402
from peers.keeping import keep  # noqa: E402 - lies beside this script
from peers.keeping import table as table_of  # noqa: E402
from peers.venv import python  # noqa: E402

DEFAULT = HERE.parent.parent / "shared" / "data" / "gum_dates" / "gum_news_interview_dates.csv"
REQUIREMENTS = (
    "dateparser",
    "recognizers-text-suite emoji<2",
    "parsedatetime",
    "python-dateutil",
    "ctparse",
    "timefhuman",
    "datefinder",
)
Value = tuple[date, date] | None


class Row(NamedTuple):
    """An annotated expression: ``value`` is its first and last day, None if the annotation is open."""

    published: date
    span: str
    sentence: str
    value: Value


def rows(path: Path) -> list[Row]:
    """The rows of the benchmark."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(date.fromisoformat(row["dateCreated"]), row["span"], row["sentence"], annotated(row))
            for row in csv.DictReader(file)
        ]


def annotated(row: dict[str, str]) -> Value:
    """The annotated value: a point, or a stretch with both ends."""
    if row["when"]:
        return bounds(row["when"], row["when"])
    return bounds(row["from"], row["to"])


def bounds(start: str, end: str) -> Value:
    """First and last day of two partial ISO dates; None if one is open."""
    partial = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
    if not partial.fullmatch(start) or not partial.fullmatch(end):
        return None
    return first_day(start.lstrip("-")), last_day(end.lstrip("-"))


def ours(row: Row) -> Value:
    """What our resolver says of the expression in its sentence, or of the expression alone."""
    at = row.sentence.find(row.span)
    if at >= 0 and (told := _told(row.sentence, at, at + len(row.span), row.published)):
        return told
    return _told(row.span, 0, len(row.span), row.published)


def _told(text: str, start: int, end: int, published: date) -> Value:
    found = timex.find(text, 0, len(text), published)
    inside = [m for m in found if m.start < end and m.end > start and m.kind in ("date", "range")]
    best = max(inside, key=lambda m: min(m.end, end) - max(m.start, start), default=None)
    if best is None or best.span.start is None:
        return None
    if best.within and best.rule in ("season", "period/week"):
        return date.fromisoformat(best.within[0]), date.fromisoformat(best.within[1])
    if best.span.end and best.rule in ("range/months", "years") and best.end - best.start > end - start + 2:
        # The annotators marked the two ends of a stretch apart.
        part = best.span.start if start - best.start < best.end - end else best.span.end
        return first_day(part), last_day(part)
    return first_day(best.span.start), best.span.latest_end()


def verdict(expected: Value, actual: Value) -> str:
    """How an answer stands to the annotation."""
    if expected is None:
        return "open, no value" if actual is None else "open, value given"
    if actual is None:
        return "none"
    if actual == expected:
        return "right"
    inside = expected[0] <= actual[0] <= actual[1] <= expected[1]
    return "too fine" if inside else "wrong"


def main(arguments: list[str]) -> int:
    """Print the table and keep it."""
    path = Path(next((a for a in arguments if not a.startswith("-")), DEFAULT))
    if not path.exists():
        print(
            f"{path} is missing, so dates are not measured; name the CSV file of gum_dates", file=sys.stderr
        )
        return 0
    table = rows(path)
    start = time.process_time()
    answers = [ours(row) for row in table]
    found = {f"diplograph {version('diplograph')}": (answers, time.process_time() - start)}
    if "--show" in arguments:
        show(table, answers)
    told = asked(table)
    found |= {name: result for name, result in told.items() if isinstance(result, tuple)}
    fixed = sum(row.value is not None for row in table)
    own = verdicts(table, answers)["right"]
    lines = [
        line(name, verdicts(table, values), seconds, fixed, own) for name, (values, seconds) in found.items()
    ]
    keep(
        __file__,
        [
            f"{len(table)} expressions of GUM (news and interviews), {fixed} with a closed value.",
            "",
            *table_of([*COLUMNS], lines),
            "",
            *(f"Not measured: {name} ({why})." for name, why in told.items() if isinstance(why, str)),
        ],
    )
    return 0


COLUMNS = (
    "resolver",
    "right",
    "too fine",
    "wrong",
    "none",
    "open, value given",
    "right of closed",
    "ours / theirs",
    "ms",
)


def asked(table: list[Row]) -> dict[str, tuple[list[Value], float] | str]:
    """What each peer says and how long it took, or why it could not be asked."""
    request = json.dumps([[row.span, row.sentence, row.published.isoformat()] for row in table])
    done = subprocess.run(
        [python(REQUIREMENTS), HERE / "peers" / "date_resolvers.py"],
        input=request,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, tuple[list[Value], float] | str] = {}
    for name, result in json.loads(done.stdout).items():
        if "missing" in result:
            told[name] = result["missing"]
            continue
        values = [
            (date.fromisoformat(v[0]), date.fromisoformat(v[1])) if v else None for v in result["answers"]
        ]
        told[f"{name} {result['version']}"] = (values, result["seconds"])
    return told


def verdicts(table: list[Row], answers: list[Value]) -> Counter[str]:
    """How many answers there are of each kind."""
    return Counter(verdict(row.value, answer) for row, answer in zip(table, answers, strict=True))


def line(name: str, counts: Counter[str], seconds: float, fixed: int, own: int) -> list[object]:
    """One line of the table."""
    ratio = f"{own / counts['right']:.2f}" if counts["right"] else "-"
    share = f"{counts['right'] / fixed:.3f}"
    return [name, *(counts[column] for column in COLUMNS[1:6]), share, ratio, round(seconds * 1000)]


def show(table: list[Row], answers: list[Value]) -> None:
    """Print every answer that is not right."""
    for row, answer in zip(table, answers, strict=True):
        said = verdict(row.value, answer)
        if said not in ("right", "open, no value"):
            print(f"{said:18} {row.span!r:40} expected {row.value} got {answer} | {row.sentence[:100]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
