"""Asks the gazetteer who held an office on a day, with the questions and answers of the sources.

``python scripts/gazetteer/ask.py [--tables DIR] [--sources DIR] [--misses FILE]`` prints the shares of right,
unknown and wrong answers by source and decade.
Each source asks what it knows: the Historian and the Factbook name the office; Archigos, REIGN and Phoenix
only say that somebody governed, so there any leading office counts.
A table that was built from a source agrees with it by construction; build without it (``build.py tenures
--without SOURCE --to DIR``) and ask with ``--tables DIR`` to see what is known without.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import people
from attested import Attestation, family, first, last

import sources
import tables
from diplograph.knowledge import gazetteer
from diplograph.knowledge import spelling as sounding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplograph.knowledge.gazetteer import Gazetteer
    from diplograph.model.entity import Tenure

VERDICTS = ("right", "unknown", "wrong")
_SINCE = "1960"


def main() -> None:
    """Print the table of shares."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--tables", type=Path, default=tables.TARGET, help="the folder of the built tables")
    options.add_argument("--sources", type=Path, default=tables.SOURCES, help="the folder of the sources")
    options.add_argument("--misses", type=Path, help="where to list what was not answered rightly")
    chosen = options.parse_args()
    known = gazetteer.read(chosen.tables)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    missed: list[str] = []
    for said, day in questions(sources.read(chosen.sources)):
        spelt = spelling(known, said, day)
        if spelt:
            counts["by spelling", said.source][spelt] += 1
        verdict, answers = judge(known, said, day)
        decade = f"{day[:3]}0s"
        for row in ((said.source, decade), (said.source, "all"), ("ALL", decade), ("ALL", _era(day))):
            counts[row][verdict] += 1
        if verdict != "right":
            given = "; ".join(one.name for one in answers)
            cells = (verdict, said.state, said.source, said.office, day, said.name, given, said.where)
            missed.append("\t".join(cells))
    print("\n".join(report(counts)))
    if chosen.misses:
        chosen.misses.write_text("\n".join(sorted(missed)) + "\n", encoding="utf-8")


def questions(said: Iterable[Attestation]) -> Iterator[tuple[Attestation, str]]:
    """Each attestation with a day on which the person was in office: the middle of a spell."""
    runs = {(row["state"], int(row["run"])): row["office"] for row in tables.override("runs")}
    for one in said:
        if one.source == "Phoenix actors":
            office = runs.get((one.state, one.run), "")
            if not (office and one.dated and one.ended):
                continue  # nobody knows what office it was
            one = replace(one, office=office)  # noqa: PLW2901  # now it is known
        if not one.start:
            continue
        begin, finish = first(one.start), min(last(one.end), first(one.as_of))
        # On the days of a change two answers are right; a spell of three days asks nothing.
        if begin != finish and finish - begin < timedelta(days=4):
            continue
        day = (begin + (finish - begin) / 2).isoformat()
        if day >= _SINCE:
            yield one, day


def judge(known: Gazetteer, said: Attestation, day: str) -> tuple[str, list[Tenure]]:
    """Right, unknown or wrong, and the answers of the gazetteer."""
    answers = [one for word in _words(said) for one in known.holders(said.state, word, day)]
    if not answers:
        return "unknown", []
    right = any(_same(one, said) for one in answers)
    return ("right" if right else "wrong"), list(dict.fromkeys(answers))


def spelling(known: Gazetteer, said: Attestation, day: str) -> str:
    """Whether the full name as the source spells it leads to a person in office there that day."""
    if len(people.tokens(said.name)) < 2:
        return ""
    called = known.people_named(said.name) or sounding.people(known, said.name, day)
    found = [one for person in called for one in known.tenures_of(person, day)]
    if not found:
        return "unknown"
    return "right" if any(one.state in family(said.state) for one in found) else "wrong"


def _words(said: Attestation) -> tuple[str, ...]:
    if said.office:
        return (said.office,)
    return (
        "leader",
        "head of government",
        "head of state",
        "prime minister",
        "president",
        "king",
        "chairman",
    )


def _same(tenure: Tenure, said: Attestation) -> bool:
    names = (tenure.name, *tenure.aliases)
    return any(people.alike(names, tenure.surname, other) for other in (said.name, *said.names))


def _era(day: str) -> str:
    return "before 1990" if day < "1990" else "from 1990"


def report(counts: dict[tuple[str, str], Counter[str]]) -> Iterator[str]:
    """A line per source and decade, in order."""
    yield f"{'source':<24} {'when':<12} {'asked':>6} {'right':>7} {'unknown':>8} {'wrong':>7}"
    for (source, when), count in sorted(counts.items()):
        total = sum(count.values())
        shares = [f"{100 * count[verdict] / total:.1f}%" for verdict in VERDICTS]
        yield f"{source:<24} {when:<12} {total:>6} {shares[0]:>7} {shares[1]:>8} {shares[2]:>7}"


if __name__ == "__main__":
    main()
