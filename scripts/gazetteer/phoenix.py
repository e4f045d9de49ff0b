"""Reads the people in government out of the Phoenix actor dictionary of PETRARCH2 (to January 2014).

Takes the dictionary; gives an ``Attestation`` per dated government role.
A name stands at the left, other names after ``+``, roles in brackets: ``[JPNGOV 010426-060926]``.
The dictionary says that somebody governed, not in what office; roles that begin and end with a quarter of a
year come from lists that were looked at every few months, and their days are not to be relied on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from attested import Attestation, first

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHOENIX = "Phoenix actors"
_AS_OF = "2014-01-30"
_CODES = {"TMP": "TLS", "KSV": "XKX", "KNT": "KNA"}
_ROLE = re.compile(r"\[\s*([A-Z]{3})([A-Z]*)\s*(.*?)\s*\]?$")
_GOVERNED = re.compile(r"GOV")
_PERIOD = re.compile(r"(?:(\d{8}|\d{6})-(\d{8}|\d{6})|([<>])\s*(\d{8}|\d{6}))")


def read(path: Path) -> list[Attestation]:
    """Every dated role of the dictionary in a government.

    Raises:
        ValueError: With file and line, if the file is missing or a role has no form that is known.
    """
    if not path.is_file():
        message = f"{path}: this source is not there; name its folder with --sources DIR"
        raise ValueError(message)
    found: list[Attestation] = []
    runs = _Runs()
    for name, aliases, roles in _entries(path):
        spells = [one for line, role in roles for one in _role(role, name, tuple(aliases), f"{path}:{line}")]
        # Whoever led has a life before and after office; ministers have their offices alone.
        led = any(_ROLE.match(role) and "ELI" in role for _, role in roles)
        number = runs.number(spells) if led and spells else 0
        found.extend(replace(one, run=number if one.dated else 0) for one in spells)
    return found


class _Runs:
    """Counts the runs of a state: heads of state in the order of time, then heads of government."""

    def __init__(self) -> None:
        self._state, self._number, self._reached = "", 0, ""

    def number(self, spells: list[Attestation]) -> int:
        """The run to which a person belongs; a person who began long before the last one opens the next."""
        state, begun = spells[0].state, min(one.start for one in spells)
        if state != self._state:
            self._state, self._number, self._reached = state, 1, begun
        elif first(begun or self._reached).year + 3 < first(self._reached).year:
            self._number += 1
            self._reached = begun
        self._reached = max(self._reached, begun)
        return self._number


def _entries(path: Path) -> Iterator[tuple[str, list[str], list[tuple[int, str]]]]:
    name, aliases, roles = "", list[str](), list[tuple[int, str]]()
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        text = line.partition("#")[0].strip()
        if text.startswith("["):
            roles.append((number, text))
        elif text.startswith("+"):
            aliases.append(_words(text[1:].partition("[")[0]))
        elif text:
            if name:
                yield name, aliases, roles
            label, bracket, rest = text.partition("[")
            name, aliases, roles = _words(label), [], [(number, bracket + rest)] if bracket else []
    if name:
        yield name, aliases, roles


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).title()


def _role(text: str, name: str, aliases: tuple[str, ...], where: str) -> Iterator[Attestation]:
    """The attestation of a role in brackets, if it is one of a government and dated."""
    if text.startswith("[---]"):
        return  # the dictionary's own sign for no role
    match = _ROLE.match(text)
    if not match:
        message = f"{where}: this role cannot be read: {text!r}"
        raise ValueError(message)
    period = _PERIOD.search(match[3])
    if not period or not _GOVERNED.match(match[2]):
        return
    start, end = _bounds(period)
    if start and end and end < start:
        return  # a few roles end before they begin; nothing can be said of them
    precise = match[2] == "GOV" and not _of_a_quarter(start, end)
    yield Attestation(
        state=_state(match[1], end or _AS_OF),
        name=name,
        names=aliases,
        start=start,
        end=end,
        dated=precise and len(start) == 10,
        ended=precise and len(end) == 10,
        source=PHOENIX,
        as_of=_AS_OF,
        where=where,
    )


def _state(code: str, end: str) -> str:
    """The state of a code, and of Moscow's the one of the day."""
    return "SUN" if code == "RUS" and end < "1991-12-27" else _CODES.get(code, code)


def _bounds(period: re.Match[str]) -> tuple[str, str]:
    if period[1]:
        return _date(period[1]), _date(period[2])
    return ("", _date(period[4])) if period[3] == "<" else (_date(period[4]), "")


def _date(digits: str) -> str:
    """A date of six or eight digits; of a day that no month has, the month."""
    century = "" if len(digits) == 8 else "20" if digits[:2] <= _AS_OF[2:4] else "19"
    full = century + digits
    text = f"{full[:4]}-{full[4:6]}-{full[6:]}"
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30|31)", text):
        return full[:4]
    long = full[4:6] in {"04", "06", "09", "11"}
    return text[:7] if (full[6:] == "31" and long) or (full[4:6] == "02" and full[6:] > "28") else text


def _of_a_quarter(start: str, end: str) -> bool:
    return start[8:] in ("", "01") and (not end or end[8:] >= "28" or len(end) < 10 or end[8:] == "01")
