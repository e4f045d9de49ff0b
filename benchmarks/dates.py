"""Measures date resolution on ``gum_dates`` against dateparser and, where installed, other resolvers.

usage: python benchmarks/dates.py [gum_news_interview_dates.csv] [--show]

Each row is a date expression of a Wikinews article: its sentence, the article's day, the annotated value.
Every peer gets the expression with the article's day; ours finds it in its sentence, as when reading.
A value is right if its first and last day are those annotated (a month is a month, no day in it),
too fine if it is told more precisely than annotated, none if nothing was found.
Rows whose annotation is open (bounds only, repeated, no year) are counted apart: no value is right there.
"""

from __future__ import annotations

import csv
import importlib
import importlib.metadata
import platform
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from diplograph.model import first_day, last_day
from diplograph.text import timex

HERE = Path(__file__).resolve().parent
DEFAULT = HERE.parent.parent / "shared" / "data" / "gum_dates" / "gum_news_interview_dates.csv"
Value = tuple[date, date] | None
Resolver = Callable[["Row"], Value]


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


def dateparser() -> Resolver:
    """dateparser, asked which unit was told, as far as it says so."""
    module = importlib.import_module("dateparser.date")

    def resolve(row: Row) -> Value:
        settings = {"RELATIVE_BASE": datetime.combine(row.published, datetime.min.time())}
        parser = module.DateDataParser(languages=["en"], settings=settings)
        found = parser.get_date_data(row.span)
        if not found or not found.date_obj:
            return None
        day = found.date_obj.date()
        if found.period == "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        if found.period == "month":
            return first_day(f"{day:%Y-%m}"), last_day(f"{day:%Y-%m}")
        return day, day

    return resolve


def recognizers() -> Resolver:
    """Microsoft's recognizers-text, by the TIMEX value of its first reading."""
    module = importlib.import_module("recognizers_date_time")

    def resolve(row: Row) -> Value:
        now = datetime.combine(row.published, datetime.min.time())
        found = module.recognize_datetime(row.span, "en-us", reference=now)
        readings = [r for one in found for r in (one.resolution or {}).get("values", [])]
        past = [r for r in readings if (r.get("value") or r.get("start") or "9") <= row.published.isoformat()]
        for reading in past[-1:] or readings[:1]:
            return _reading(reading)
        return None

    return resolve


def _reading(reading: dict[str, str]) -> Value:
    start, end = reading.get("value") or reading.get("start"), reading.get("value") or reading.get("end")
    if not start or not end or not re.match(r"\d{4}-\d\d-\d\d", start + end[:0]):
        return None
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    # The end of a stretch is told as the day behind it.
    return first, date.fromordinal(
        max(last.toordinal() - (reading.get("type") == "daterange"), first.toordinal())
    )


def parsedatetime() -> Resolver:
    """parsedatetime, which always gives a day."""
    module = importlib.import_module("parsedatetime")
    calendar = module.Calendar()

    def resolve(row: Row) -> Value:
        found, status = calendar.parseDT(row.span, datetime.combine(row.published, datetime.min.time()))
        return (found.date(), found.date()) if status in (1, 3) else None

    return resolve


def dateutil() -> Resolver:
    """python-dateutil, which always gives a day."""
    module = importlib.import_module("dateutil.parser")

    def resolve(row: Row) -> Value:
        try:
            day = module.parse(row.span, default=datetime.combine(row.published, datetime.min.time())).date()
        except (ValueError, OverflowError):
            return None
        return day, day

    return resolve


PEERS: dict[str, tuple[str, Callable[[], Resolver]]] = {
    "dateparser": ("dateparser", dateparser),
    "recognizers-text": ("recognizers-text-date-time", recognizers),
    "parsedatetime": ("parsedatetime", parsedatetime),
    "dateutil": ("python-dateutil", dateutil),
}


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


def measure(resolver: Resolver, table: list[Row], *, show: bool = False) -> tuple[Counter[str], float]:
    """Verdicts and processor seconds of a resolver."""
    start = time.process_time()
    answers = [resolver(row) for row in table]
    spent = time.process_time() - start
    verdicts = [verdict(row.value, answer) for row, answer in zip(table, answers, strict=True)]
    if show:
        for row, answer, said in zip(table, answers, verdicts, strict=True):
            if said not in ("right", "open, no value"):
                print(f"{said:18} {row.span!r:40} expected {row.value} got {answer} | {row.sentence[:100]}")
    return Counter(verdicts), spent


def main(arguments: list[str]) -> int:
    """Print the table."""
    warnings.simplefilter("ignore")
    path = Path(next((a for a in arguments if not a.startswith("-")), DEFAULT))
    if not path.exists():
        print(f"{path} is missing; name the CSV file of gum_dates", file=sys.stderr)
        return 1
    table = rows(path)
    fixed = sum(row.value is not None for row in table)
    print(f"{len(table)} expressions, {fixed} with a closed value · Python {platform.python_version()}")
    columns = ("right", "too fine", "wrong", "none", "open, value given")
    print(
        f"{'resolver':34}"
        + "".join(f"{column:>19}" for column in columns)
        + f"{'right of closed':>17}{'ms':>8}"
    )
    ours_name = f"diplograph {importlib.metadata.version('diplograph')}"
    _line(ours_name, measure(ours, table, show="--show" in arguments), columns, fixed)
    for name, (package, make) in PEERS.items():
        try:
            resolver = make()
        except ImportError:
            print(f"{name:34} not installed (pip install {package}); left out")
            continue
        _line(f"{name} {importlib.metadata.version(package)}", measure(resolver, table), columns, fixed)
    return 0


def _line(name: str, result: tuple[Counter[str], float], columns: tuple[str, ...], fixed: int) -> None:
    counts, spent = result
    cells = "".join(f"{counts[column]:>19}" for column in columns)
    print(f"{name:34}{cells}{counts['right'] / fixed:>17.3f}{spent * 1000:>8.0f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
