"""Everything that the resolver says of the sentences of ``timex.tsv``, as ``tests/golden/timex.tsv`` has it.

python tests/text/timex_golden.py --write    # after a change; read the difference before it is committed

Each sentence is read as its row asks (``told``), and without a day of publication: counted from that day as
if the text had told it (``counted``), or its month alone (``month``), or its year (``year``); of the last two
only what hangs on that is kept. A line is a mention; a sentence without one has a line too.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from diplograph.model import TimeSpan
from diplograph.text import timex

TESTS = Path(__file__).resolve().parent.parent
TABLE = TESTS / "tables" / "timex.tsv"
GOLDEN = TESTS / "golden" / "timex.tsv"
HEAD = (
    "id",
    "phrase",
    "start",
    "value",
    "kind",
    "rule",
    "anchor",
    "from",
    "within",
    "days",
    "relation",
    "then",
)


def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def context_of(day: str) -> timex.TimeContext | None:
    """The context in which a day was told last."""
    if not day:
        return None
    span = TimeSpan.parse(day)
    return timex.TimeContext(day=span, latest=span, year=int((span.start or "")[:4]))


def loosely(day: str, length: int) -> timex.TimeContext | None:
    """The context in which a month or a year was told last."""
    latest = TimeSpan.parse(day[:length]) if length == 7 else None
    return timex.TimeContext(latest=latest, year=int(day[:4])) if day else None


def readings(row: dict[str, str]) -> Iterator[tuple[str, date | None, timex.TimeContext | None]]:
    """The manners in which a sentence is read: name, day of publication, context."""
    published = date.fromisoformat(row["published"]) if row["published"] else None
    yield "told", published, context_of(row["context"])
    yield "counted", None, context_of(row["context"] or row["published"])
    yield "month", None, loosely(row["context"] or row["published"], 7)
    yield "year", None, loosely(row["context"] or row["published"], 4)


def lines(row: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """What is found in the sentence of a row."""
    text = row["sentence"]
    for manner, published, context in readings(row):
        found = timex.find(text, 0, len(text), published, context=context)
        then = (context or timex.TimeContext()).after(found)
        left = "|".join([*(span.edtf if span else "-" for span in (then.day, then.latest)), str(then.year)])
        name = f"{row['id']}/{manner}"
        bare = manner in ("told", "counted")
        for one in found if bare else [one for one in found if one.anchor == "context"]:
            yield (
                name,
                text[one.start : one.end],
                str(one.start),
                one.span.edtf or "unresolved",
                one.kind,
                one.rule,
                one.anchor,
                one.span.anchor or "",
                "/".join(one.within or ()),
                "" if one.days is None else str(one.days),
                one.relation,
                left,
            )
        if not found and bare:
            yield (name, *[""] * (len(HEAD) - 2), left)


def forget() -> None:
    """Empty what the resolver keeps between calls, so that a reading begins from nothing."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(timex.__name__):
            for kept in vars(module).values():
                getattr(kept, "cache_clear", lambda: None)()


def now() -> str:
    """The golden file as it is today, read from nothing."""
    forget()
    told = [HEAD, *(line for row in rows() for line in lines(row))]
    return "".join("\t".join(line) + "\n" for line in told)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    GOLDEN.write_text(now(), encoding="utf-8")
