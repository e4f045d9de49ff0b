"""Makes documents by the thousand from data/articles and tests/gold, varying names and dates.

Run by itself it prints how many differ. The others of this folder import ``documents``.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from diplograph import sources
from diplograph.extract import extract
from diplograph.knowledge import gazetteer
from diplograph.model import Document, Report, State

ROOT = Path(__file__).resolve().parent.parent
MONTHS = "January February March April May June July August September October November December".split()
SHORT = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
SYLLABLES = "ba ke lo mi nu ra se ti vo za dor lin mar nev pol qua rem sil tur wen".split()
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@cache
def originals() -> tuple[Document, ...]:
    """The demo articles and the gold texts that tell when they were published."""
    found = sources.read([ROOT / "data" / "articles", ROOT / "tests" / "gold"])
    return tuple(d for d in found if isinstance(d, Document) and d.published)


def documents(
    number: int, *, names: bool = True, seed: int = 1, years: tuple[int, int] = (-60, 60)
) -> Iterator[Document]:
    """Documents that differ from each other.

    Args:
        number: How many.
        names: Whether states and persons vary as well as dates.
        seed: Another seed gives other documents.
        years: By how many years they move at least and at most.
    """
    dice = random.Random(seed)  # noqa: S311 - documents, not secrets
    seen: set[str] = set()
    while len(seen) < number:
        original = originals()[len(seen) % len(originals())]
        made = varied(original, dice, names=names, years=years, number=len(seen))
        if made.id not in seen:
            seen.add(made.id)
            yield made


def varied(
    original: Document, dice: random.Random, *, names: bool, years: tuple[int, int], number: int
) -> Document:
    """A document with its years and months moved, and its states and persons exchanged."""
    text, published = original.text, original.published
    assert published
    by, turn = dice.randint(*years), dice.randint(0, 11)
    text = YEAR.sub(lambda m: str(int(m[0]) + by), text)
    text = _turned(text, turn)
    month = (published.month - 1 + turn) % 12 + 1
    day = date(published.year + by, month, min(published.day, 28))
    if names:
        text = _renamed(text, dice)
    draft = replace(original, text=text, published=day, raw=text.encode(), url=None, segments=())
    named = replace(draft, name=f"{number:06}-{original.name}")
    return replace(named, id=Document.digest(text, day, named.publisher, None))


def _turned(text: str, turn: int) -> str:
    """The text with each month a few months later in the year."""
    later = {name: names[(n + turn) % 12] for names in (MONTHS, SHORT) for n, name in enumerate(names)}
    later["May"] = MONTHS[(4 + turn) % 12]
    pattern = "|".join(sorted(map(re.escape, later), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: later[m[0]], text)


def _renamed(text: str, dice: random.Random) -> str:
    """The text with its states taken for others, and each surname for one that nobody has."""
    book = gazetteer.load()
    others = [state for state in book.states.values() if state.capitals and state.adjectives]
    there = [state for state in others if re.search(rf"\b{re.escape(state.name)}\b", text)]
    changes: dict[str, str] = {}
    for old, new in zip(there, dice.sample(others, len(there)), strict=True):
        changes.update(_words(old, new))
    surnames = {t.surname for t in book.tenures.values() if len(t.surname) > 3 and t.surname in text}
    for surname in sorted(surnames):
        changes.setdefault(surname, "".join(dice.choices(SYLLABLES, k=3)).capitalize())
    if not changes:
        return text
    pattern = "|".join(sorted(map(re.escape, changes), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: changes[m[0]], text)


def _words(old: State, new: State) -> dict[str, str]:
    return {old.name: new.name, old.adjectives[0]: new.adjectives[0], old.capitals[0]: new.capitals[0]}


def read(number: int, **options: object) -> list[tuple[Document, tuple[Report, ...]]]:
    """Documents with what is read in them."""
    return [(document, extract(document)) for document in documents(number, **options)]  # type: ignore[arg-type]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    made = read(wanted)
    dyads = Counter(r.facts.states for _, reports in made for r in reports)
    told = sum(len(reports) for _, reports in made)
    print(f"documents made: {len(made)}, reports {told}, groups of states {len(dyads)}")
