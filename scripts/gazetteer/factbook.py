"""Reads dated heads of state and government out of the mined World Factbook rows.

Takes factbook_leader_terms_from_git.csv; gives a ``Spell`` per person and office, or an
``Attestation`` of each.
Family names are in capitals there.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from attested import Attestation
from spells import FAMILY_FIRST, ROLES, Spell

import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countries import Countries

FACTBOOK = "CIA World Factbook"
_COLUMNS = ("gec", "role", "title_and_name", "since_text", "last_seen_commit")

_TITLE = re.compile(
    r"^(?P<acting>Acting |Interim |Transitional |Transition |Caretaker |Provisional )?"
    r"(?P<title>President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Sultan|Amir|Emir|Pope|Prince|"
    r"Grand Duke|Governor[ -]General|Supreme Leader|Chief Executive|Chief Minister|Taoiseach)"
    r"(?: of (?:the )?[A-Z]\w+)?(?: and (?:Prime Minister|Sultan|Foreign Minister|Defense Minister))?"
    r",? (?P<name>.+)$"
)
_OFFICES = {
    "President": "president",
    "Prime Minister": "prime-minister",
    "Premier": "premier",
    "Chancellor": "chancellor",
    "King": "king",
    "Queen": "king",
    "Emperor": "emperor",
    "Sultan": "sultan",
    "Amir": "emir",
    "Emir": "emir",
    "Pope": "pope",
    "Prince": "prince",
    "Grand Duke": "grand-duke",
    "Supreme Leader": "supreme-leader",
    "Chief Executive": "chief-executive",
    "Chief Minister": "chief-minister",
    "Taoiseach": "prime-minister",
}
_HONORIFICS = re.compile(
    r"^(?:Dr|Sir|Dame|Gen|Lt|Maj|Col|Brig|Adm|Field Marshal|Ratu|Sheikh|Sheik|Shaykh|Tun|Datuk|"
    r"Crown Prince|Prof|Capt|Mr|"
    r"Engineer|Brigadier General|General|Colonel|Lord|Honorable|Most Hon|Rev|Tuanku|Sultan|Mullah)\.? +"
)
_UPPER = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-Þ]{2,}[A-ZÀ-ÖØ-Þ'’-]*")
_NUMERAL = re.compile(r"[IVX]+")


def spells(path: Path, countries: Countries) -> list[Spell]:
    """The spells of the file, one per row that names an office known here.

    Raises:
        ValueError: With file and line, where the file is missing or a row is broken.
    """
    return [one for _, one in _read(path, countries)]


def attestations(path: Path, countries: Countries) -> list[Attestation]:
    """The same rows: in office from the day told until the Factbook was last seen to say so."""
    return [
        Attestation(
            state=one.state,
            name=one.name,
            names=tuple(one.aliases),
            start=one.start,
            end=max(one.last_seen, one.start),
            roles=frozenset({ROLES[one.office]}),
            office=one.office,
            dated=len(one.start) == 10,
            source=FACTBOOK,
            as_of=one.last_seen,
            where=where,
        )
        for where, one in _read(path, countries)
    ]


def _read(path: Path, countries: Countries) -> Iterator[tuple[str, Spell]]:
    for line, row in tables.numbered(path, _COLUMNS):
        state = countries.gec.get(row["gec"])
        one = _spell(row, state) if state else None
        # The king of the Netherlands reigns over Aruba, but is no office-holder of Aruba.
        if one and not (countries.kinds[one.state] == "territory" and one.office in ("president", "king")):
            yield f"{path}:{line}", one


def _spell(row: dict[str, str], state: str) -> Spell | None:
    match = _TITLE.match(re.sub(r"\(.*?\)|\".*?\"", "", row["title_and_name"]).replace("  ", " ").strip())
    start = _date(row["since_text"])
    if not match or not start or match["title"].startswith("Governor"):
        return None
    name = match["name"].split(",")[0].removesuffix("in caretaker status").strip()
    while _HONORIFICS.match(name):
        name = _HONORIFICS.sub("", name)
    words = name.split()
    upper = [word for word in words if _UPPER.fullmatch(word) and not _NUMERAL.fullmatch(word)]
    if not upper:
        return None
    surname = " ".join(_titled(word) for word in upper)
    full = " ".join(
        _titled(word) if _UPPER.fullmatch(word) and not _NUMERAL.fullmatch(word) else word for word in words
    )
    office = _OFFICES[match["title"]]
    return Spell(
        state=state,
        office=office,
        title=match["title"] if match["title"] in ("Queen", "Taoiseach") else "",
        name=full,
        surname=surname,
        start=start,
        end="",
        last_seen=row["last_seen_commit"],
        acting=bool(match["acting"]),
        aliases=_shorter(words, upper, full, state),
        source=FACTBOOK,
        as_of=row["last_seen_commit"],
    )


def _shorter(words: list[str], upper: list[str], full: str, state: str) -> list[str]:
    """``Gustavo Francisco PETRO Urrego`` is Gustavo Petro in the news."""
    if state in FAMILY_FIRST or words[0] in upper or len(words) < 3:
        return []
    short = f"{words[0]} {' '.join(_titled(word) for word in upper)}"
    return [short] if short != full else []


def _titled(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word.replace("’", "'"))


def _date(text: str) -> str:
    found = re.search(r"(\d{1,2} )?([A-Z][a-z]{2})[a-z]* (\d{4})", text)
    if found:
        day = datetime.strptime(f"{found[1] or '1 '}{found[2]} {found[3]}", "%d %b %Y").date()  # noqa: DTZ007
        return day.isoformat() if found[1] else f"{day:%Y-%m}"
    year = re.search(r"\b(19|20)\d\d\b", text)
    return year[0] if year else ""
