"""Reads dated heads of state and government out of the mined World Factbook rows.

Takes factbook_leader_terms_from_git.csv; gives a ``Spell`` per person and office.
Family names are in capitals there.
"""

from __future__ import annotations

import re
from datetime import datetime

from spells import FAMILY_FIRST, Spell

import tables

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


def spells(codes: dict[str, str]) -> list[Spell]:
    """The spells of the file.

    Args:
        codes: GEC code to state id.
    """
    rows = tables.read(tables.SHARED / "factbook_leaders" / "factbook_leader_terms_from_git.csv")
    found = [_spell(row, codes[row["gec"]]) for row in rows if row["gec"] in codes]
    return [one for one in found if one]


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
        source="CIA World Factbook (public domain)",
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
