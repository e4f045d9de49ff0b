"""Reads who met United States leaders in what office on which day, from the Office of the Historian's lists.

Takes both files; gives an ``Attestation`` of one day for every title and name of a foreign leader:
of those who came, and of those whom Presidents and Secretaries of State met abroad, as the remarks name them.
Only the facts leave this module, no sentence does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attested import Attestation, first

import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countries import Countries

HISTORIAN = "Office of the Historian"
_AS_OF = "2025-12-31"
_HEADS = frozenset({"head-of-state", "head-of-government", "leader"})
_STATE = frozenset({"head-of-state", "leader"})
_GOVERNMENT = frozenset({"head-of-government"})
_FOREIGN = frozenset({"foreign-minister"})
# President of the Government, Chairman of the Council: titles say less than they seem to.
ROLES = {
    "president": _HEADS, "acting president": _HEADS, "interim president": _HEADS, "chairman": _HEADS,
    "prime minister": _GOVERNMENT, "premier": _GOVERNMENT, "chancellor": _GOVERNMENT,
    "taoiseach": _GOVERNMENT,
    "acting prime minister": _GOVERNMENT, "interim prime minister": _GOVERNMENT,
    "king": _STATE, "queen": _STATE, "emperor": _STATE, "sultan": _STATE, "amir": _STATE, "emir": _STATE,
    "pope": _STATE, "shah": _STATE, "grand duke": _STATE, "general secretary": frozenset({"leader"}),
    "foreign minister": _FOREIGN, "foreign secretary": _FOREIGN, "minister of foreign affairs": _FOREIGN,
    "minister for foreign affairs": _FOREIGN, "minister of external affairs": _FOREIGN,
    "secretary of foreign affairs": _FOREIGN, "secretary for foreign affairs": _FOREIGN,
    "external affairs minister": _FOREIGN,
}  # fmt: skip
_TITLES = "|".join(sorted((re.escape(title.title()) for title in ROLES), key=lambda one: (-len(one), one)))
_TITLES = _TITLES.replace("Of", "of").replace("For\\", "for\\")
_PARTS = r"(?: (?:de|da|do|dos|del|der|van|von|den|ten|la|bin|ibn|al|el|al-|el-|Al|El|e|y)(?=[ A-Z-]))*"
_PREFIX = r"(?:(?:al|el|an|as|ad|ar|at|bin)[-’'])?"
_INITIAL = r"(?:[A-Z]\.)+|[A-Z][a-z]{0,2}\.(?= [A-Z])"
_WORD = rf"{_PREFIX}(?:[dDOLM][’'][A-Z][\w-]*|{_INITIAL}|[A-ZÀ-Þ][\w'’-]*)"
_NAME = rf"{_WORD}(?:{_PARTS} {_WORD})*"
_NAMED = re.compile(rf"(?<![\w-])(?P<before>(?:[\w-]+ )?)(?P<title>{_TITLES}),? (?P<name>{_NAME})")
_BARRED = {"vice", "deputy", "former", "elect", "opposition", "then", "late", "assistant", "shadow", "chief"}
# The dead, and those who take or leave an office, held it on other days.
_PAST = re.compile(r"funeral|memorial|burial|coronation|inaugurat|death|mourn|opposition|late |condolence")
_NO_NAMES = re.compile(
    r"^(?:The|Met|He|She|They|Also|Attended|Signed|Accompanied|Conference|Office|Council|Committee|Meeting|"
    r"Summit|Palace|Airport|Ministers?|Minister|General|House|University|Library|of|[A-Z]+\.?$)\b"
)


def read(folder: Path, countries: Countries) -> list[Attestation]:
    """Every leader and foreign minister whom the lists name on a day since 1945.

    Raises:
        ValueError: With file and line, where a row is broken.
    """
    return [*_visits(folder, countries), *_travels(folder, countries)]


def _visits(folder: Path, countries: Countries) -> Iterator[Attestation]:
    path = folder / "foreign_leader_visits_to_us.csv"
    for line, row in tables.numbered(path, ("start", "visitor", "from_label")):
        day = _day(row["start"], f"{path}:{line}")
        state = countries.named(row["from_label"], day)
        for match in _NAMED.finditer(row["visitor"].replace(" and ", " ; ")):
            if state and day >= "1945":
                yield from _one(match, state, day, f"{path}:{line}")


def _travels(folder: Path, countries: Countries) -> Iterator[Attestation]:
    path = folder / "us_travels_abroad.csv"
    for line, row in tables.numbered(path, ("start", "country", "remarks")):
        day = _day(row["start"], f"{path}:{line}")
        host = countries.named(row["country"], day)
        for match in _NAMED.finditer(row["remarks"]):
            people = match["before"].strip()
            unknown = people[:1].isupper() and people != "Met"
            state = countries.adjectives.get(people, "" if unknown else host)
            if state and day >= "1945":
                yield from _one(match, state, day, f"{path}:{line}")


def _one(match: re.Match[str], state: str, day: str, where: str) -> Iterator[Attestation]:
    name = match["name"].strip(" .,").removesuffix("'s").removesuffix("’s")
    earlier = match.string[: match.start()].rpartition(". ")[2]
    if match["before"].strip().lower() in _BARRED or _NO_NAMES.match(name) or _PAST.search(earlier):
        return
    if state == "USA" or re.match(r"\W?s? ?(?:of|from) ", match.string[match.end() :]):
        return  # whoever is "of" somewhere is mostly of somewhere else
    state = "SUN" if state == "RUS" and day < "1991-12-26" else state
    yield Attestation(
        state=state,
        name=name,
        start=day,
        end=day,
        roles=ROLES[match["title"].lower()],
        office=match["title"],
        source=HISTORIAN,
        as_of=day,
        where=where,
    )


def _day(text: str, where: str) -> str:
    try:
        first(text)
    except ValueError as fault:
        message = f"{where}: {text!r} is no day"
        raise ValueError(message) from fault
    return text
