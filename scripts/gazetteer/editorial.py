"""Reads the hand-written spells in overrides/leaders/*.txt.

A heading ``## KOR president`` (then optionally ``= Title`` and ``: role``) opens an office.
Each line below is ``name|start|end|alias; alias|note``.
A name in square brackets is the surname where it is not the last word
(or the first, where the family name comes first).
No end: the next spell begins then; ``-``: it lasts; ``?``: nobody knows it.
A day with ``!`` was looked up and stays, whatever the sources say.
A line that begins with ``*`` is a person who only stood in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spells import FAMILY_FIRST, Spell

import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_OF = "2026-01-31"
_SNAPSHOT = {"GBR", "VNM", "MMR"}
_PARTICLES = {
    "de",
    "da",
    "van",
    "von",
    "der",
    "den",
    "el-",
    "bin",
    "al",
    "le",
    "ten",
    "dos",
    "del",
    "di",
    "du",
    "la",
}


def spells() -> list[Spell]:
    """Every hand-written spell, ends filled in from the next of the same heading."""
    found: list[Spell] = []
    for path in sorted((tables.OVERRIDES / "leaders").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for heading, body in _blocks(lines, path.name):
            found.extend(_block(heading, body))
    return found


def _blocks(lines: list[str], file: str) -> Iterator[tuple[str, list[str]]]:
    heading, body = "", []
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            if heading:
                yield heading, body
            heading, body = line[3:], []
        elif line.strip() and not line.startswith("# "):
            if not heading:
                raise ValueError(f"{file}:{number}: a spell before the first heading")
            body.append(line)
    if heading:
        yield heading, body


def _block(heading: str, body: list[str]) -> list[Spell]:
    match = re.fullmatch(r"(\S+) (\S+)(?: = ([^:]+?))?(?: : (\S+))?", heading.strip())
    if not match:
        raise ValueError(f"this heading cannot be read: {heading!r}")
    state, office, title, role = match.groups()
    found = [_spell(line, state, office, title or "", role or "") for line in body]
    for one, following in zip(found, [*found[1:], None], strict=True):
        if one.end == "" and following:
            one.end = following.start
        one.end = "" if one.end in ("-", "?") else one.end
        _stamp_late(one)
    return found


def _stamp_late(one: Spell) -> None:
    """Say of a change after the editorial day whether the later snapshot shows it or it was only due."""
    if max(one.start, one.end) <= AS_OF:
        return
    if one.state in _SNAPSHOT:
        one.source, one.as_of = "world_leaders", "2026-08-22"
    else:
        one.note = one.note or "a change due after the as-of day, as it was scheduled then"


def _spell(line: str, state: str, office: str, title: str, role: str) -> Spell:
    cells = [cell.strip() for cell in line.lstrip("*").split("|")]
    pinned = frozenset(
        bound for bound, cell in zip(("start", "end"), cells[1:3], strict=False) if cell.endswith("!")
    )
    cells[1:3] = [cell.removesuffix("!") for cell in cells[1:3]]
    if len(cells) < 2 or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", cells[1]):
        raise ValueError(f"{state} {office}: this line cannot be read: {line!r}")
    cells += [""] * (6 - len(cells))
    name, surname = names(cells[0], state)
    return Spell(
        state=state,
        office=office,
        title=title,
        role=role,
        name=name,
        surname=surname,
        start=cells[1],
        end=cells[2],
        acting=line.startswith("*"),
        aliases=[alias.strip() for alias in cells[3].split(";") if alias.strip()],
        source="editorial",
        as_of=AS_OF,
        note=cells[4],
        given_first=_western(name, surname, state),
        pinned=pinned,
    )


def names(text: str, state: str) -> tuple[str, str]:
    """The name without brackets, and the surname."""
    marked = re.search(r"\[(.+?)\]", text)
    name = text.replace("[", "").replace("]", "")
    if marked:
        return name, marked[1]
    words = name.split()
    if state == "MMR":
        return name, name  # Burmese names have no part that stands for the whole
    if state in FAMILY_FIRST and state not in ("VNM", "RVN"):
        return name, words[0]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return name, " ".join(words[first:])


def _western(name: str, surname: str, state: str) -> bool | None:
    """Whether the family name comes last after all, as in ``Carrie Lam`` of Hong Kong.

    Vietnamese are called by their last name although the family name comes first.
    """
    if state in FAMILY_FIRST and state not in ("VNM", "RVN", "KHM"):
        return name.endswith(" " + surname)
    return None
