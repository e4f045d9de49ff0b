"""Resolves date expressions with each library that is installed here; started by ``benchmarks/dates.py``.

Reads from stdin a list of ``[expression, sentence, day of the article]`` as JSON; writes for each library its
version, the seconds it took, and for each expression first and last day, or null. Each library is asked for
the unit that was told, as far as it says so, and gets the settings that suit news best (dates lie in the
past).
"""

from __future__ import annotations

import calendar
import contextlib
import importlib
import importlib.metadata
import json
import re
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

Value = tuple[date, date] | None
Resolver = Callable[[str, date], Value]


def dateparser() -> Resolver:
    """The library dateparser, asked which unit was told."""
    module = importlib.import_module("dateparser.date")

    def resolve(span: str, published: date) -> Value:
        settings = {"RELATIVE_BASE": midnight(published), "PREFER_DATES_FROM": "past"}
        found = module.DateDataParser(languages=["en"], settings=settings).get_date_data(span)
        return unit(found.date_obj.date(), found.period) if found and found.date_obj else None

    return resolve


def dateparser_as_it_comes() -> Resolver:
    """The same library without the preference for the past."""
    module = importlib.import_module("dateparser.date")

    def resolve(span: str, published: date) -> Value:
        settings = {"RELATIVE_BASE": midnight(published)}
        found = module.DateDataParser(languages=["en"], settings=settings).get_date_data(span)
        return unit(found.date_obj.date(), found.period) if found and found.date_obj else None

    return resolve


def recognizers() -> Resolver:
    """Microsoft's recognizers-text, by the latest of its readings that is not later than the article."""
    module = importlib.import_module("recognizers_date_time")

    def resolve(span: str, published: date) -> Value:
        found = module.recognize_datetime(span, "en-us", reference=midnight(published))
        readings = [r for one in found for r in (one.resolution or {}).get("values", [])]
        past = [r for r in readings if (r.get("value") or r.get("start") or "9") <= published.isoformat()]
        for reading in past[-1:] or readings[:1]:
            return _recognized(reading)
        return None

    return resolve


def _recognized(reading: dict[str, str]) -> Value:
    start, end = reading.get("value") or reading.get("start"), reading.get("value") or reading.get("end")
    if not start or not end or not re.match(r"\d{4}-\d\d-\d\d", start):
        return None
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    # The end of a stretch is told as the day behind it.
    return first, max(first, last - timedelta(days=reading.get("type") == "daterange"))


def parsedatetime() -> Resolver:
    """parsedatetime, which always gives a day."""
    reader = importlib.import_module("parsedatetime").Calendar()

    def resolve(span: str, published: date) -> Value:
        found, status = reader.parseDT(span, midnight(published))
        return (found.date(), found.date()) if status in (1, 3) else None

    return resolve


def dateutil() -> Resolver:
    """python-dateutil, which always gives a day."""
    module = importlib.import_module("dateutil.parser")

    def resolve(span: str, published: date) -> Value:
        day = module.parse(span, default=midnight(published)).date()
        return day, day

    return resolve


def ctparse() -> Resolver:
    """ctparse, by its best reading."""
    module = importlib.import_module("ctparse")

    def resolve(span: str, published: date) -> Value:
        found = module.ctparse(span, ts=midnight(published), timeout=5)
        told: Any = found.resolution if found else None
        if told is None or not hasattr(told, "start"):
            return None
        return told.start.dt.date(), told.end.dt.date()

    return resolve


def timefhuman() -> Resolver:
    """timefhuman, which gives days and pairs of days."""
    module = importlib.import_module("timefhuman")

    def resolve(span: str, published: date) -> Value:
        found = module.timefhuman(span, module.tfhConfig(now=midnight(published)))
        one = found[0] if isinstance(found, list) and found else found
        ends = one if isinstance(one, tuple) else (one, one)
        days = [end.date() if isinstance(end, datetime) else end for end in ends]
        return (days[0], days[-1]) if all(isinstance(day, date) for day in days) else None

    return resolve


def datefinder() -> Resolver:
    """datefinder, which always gives a day."""
    module = importlib.import_module("datefinder")

    def resolve(span: str, published: date) -> Value:
        day = next(iter(module.find_dates(span, base_date=midnight(published))), None)
        return (day.date(), day.date()) if day else None

    return resolve


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, datetime.min.time())


def unit(day: date, period: str) -> Value:
    """The year, month or day that a day stands for."""
    if period == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


PEERS: dict[str, tuple[str, Callable[[], Resolver]]] = {
    "dateparser, past preferred": ("dateparser", dateparser),
    "dateparser, as it comes": ("dateparser", dateparser_as_it_comes),
    "recognizers-text": ("recognizers-text-date-time", recognizers),
    "parsedatetime": ("parsedatetime", parsedatetime),
    "ctparse": ("ctparse", ctparse),
    "timefhuman": ("timefhuman", timefhuman),
    "datefinder": ("datefinder", datefinder),
    "python-dateutil": ("python-dateutil", dateutil),
}


def answers(resolver: Resolver, rows: list[list[str]]) -> tuple[list[list[str] | None], float]:
    """What a library says of each expression, and the seconds it took; an exception is no answer."""
    found: list[list[str] | None] = []
    start = time.process_time()
    for span, _, published in rows:
        value = None
        with contextlib.suppress(Exception):
            value = resolver(span, date.fromisoformat(published))
        found.append([day.isoformat() for day in value] if value else None)
    return found, time.process_time() - start


def main() -> None:
    """Ask every library that is here."""
    warnings.simplefilter("ignore")
    rows = json.load(sys.stdin)
    told: dict[str, Any] = {}
    for name, (package, make) in PEERS.items():
        try:
            resolver, version = make(), importlib.metadata.version(package)
        except ImportError as missing:
            told[name] = {"missing": str(missing)}
            continue
        found, seconds = answers(resolver, rows)
        told[name] = {"version": version, "answers": found, "seconds": seconds}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
