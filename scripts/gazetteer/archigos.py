"""Reads the spells of effective leaders: Archigos 4.1 to the day, and REIGN's list to the month of the end.

Takes the folder of the files; gives an ``Attestation`` per spell that ended in 1945 or later.
Archigos names leaders by surname and dates power, which need not be an office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attested import LEADING, Attestation, first

import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ARCHIGOS = "Archigos 4.1"
REIGN = "REIGN"
_LAST_DAY = "2015-12-31"
_EDITION = "2021-03"
_SINCE = "1945"


def read(folder: Path, codes: Mapping[str, str]) -> list[Attestation]:
    """Every spell of both lists.

    Args:
        folder: Holds both files.
        codes: COW code to state id.
    """
    return [*_archigos(folder, codes), *_reign(folder, codes)]


def _archigos(folder: Path, codes: Mapping[str, str]) -> Iterator[Attestation]:
    path = folder / "archigos_4.1_from_peacesciencer.csv"
    for line, row in tables.numbered(path, ("gwcode", "leader", "startdate", "enddate")):
        where = f"{path}:{line}"
        for column in ("startdate", "enddate"):
            _day(row[column], where)
        state = _state(row["gwcode"], codes, row["enddate"], where)
        if not state or row["enddate"] < _SINCE or row["enddate"] < row["startdate"]:
            continue
        yield Attestation(
            state=state,
            name=row["leader"],
            start=row["startdate"],
            end="" if row["enddate"] >= _LAST_DAY else row["enddate"],
            roles=LEADING,
            dated=True,
            ended=row["enddate"] < _LAST_DAY,
            source=ARCHIGOS,
            as_of=_LAST_DAY,
            where=where,
        )


def _reign(folder: Path, codes: Mapping[str, str]) -> Iterator[Attestation]:
    path = folder / "leaderlist_3_21.csv"
    columns = ("ccode", "leader", "sdate", "smonth", "syear", "emonth", "eyear")
    for line, row in tables.numbered(path, columns):
        where = f"{path}:{line}"
        start = _assembled(row["syear"], row["smonth"], row["sdate"], where)
        end = _assembled(row["eyear"], row["emonth"], "", where)
        state = _state(row["ccode"], codes, end or _EDITION, where)
        if not state or not start or (end and end < max(_SINCE, start[:7])):
            continue
        yield Attestation(
            state=state,
            name=row["leader"],
            start=start,
            end=end,
            roles=LEADING,
            source=REIGN,
            as_of=_EDITION,
            where=where,
        )


def _state(code: str, codes: Mapping[str, str], end: str, where: str) -> str:
    """The state of a COW code; Moscow's and Belgrade's leaders belong to the state of their day."""
    if not re.fullmatch(r"\d+(\.0)?", code):
        message = f"{where}: {code!r} is no state's number"
        raise ValueError(message)
    state = codes.get(code.removesuffix(".0"), "")
    if state == "RUS":
        return "SUN" if end < "1991-12-26" else state
    if state == "YUG" and end >= "2003-03":
        return "SCG" if end < "2006-07" else "SRB"
    return "YEM" if state == "YAR" and end >= "1990-06" else state


def _day(text: str, where: str) -> None:
    try:
        first(text)
    except ValueError as fault:
        message = f"{where}: {text!r} is no day"
        raise ValueError(message) from fault


def _assembled(year: str, month: str, day: str, where: str) -> str:
    """A partial date out of its parts; a part that is missing ends it."""
    if not year:
        return ""
    parts = [year, *((month.zfill(2), *((day.zfill(2),) if day else ())) if month else ())]
    text = "-".join(parts)
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text):
        message = f"{where}: {text!r} is no date"
        raise ValueError(message)
    try:
        first(text)
    except ValueError:
        return text[:7]  # the list has a 31 June; its month is still good
    return text
