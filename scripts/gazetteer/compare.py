"""Prints where data/tenures.csv and the sources differ, for a person to judge; it writes nothing.

``python scripts/gazetteer/compare.py [--sources DIR] [--days N] [STATE …]`` prints two kinds of lines:
``date`` where a row and a source that attests it give days more than N apart, and ``person`` where a source
names a leader or foreign minister whom no row of the state supports.
A day that was looked up carries ``!`` in overrides/leaders/ and is not printed again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import ask
import tenures

import sources
import tables
from diplograph.knowledge import gazetteer


def main() -> None:
    """Print the differences, by state."""
    options = argparse.ArgumentParser(description="Print where the tenures and the sources differ.")
    options.add_argument("states", nargs="*", metavar="STATE", help="only these states")
    options.add_argument("--sources", type=Path, default=tables.SOURCES, help="the folder of the sources")
    options.add_argument("--days", type=int, default=3, help="differences of so few days are not printed")
    chosen = options.parse_args()
    lines = [*dates(chosen.sources, chosen.days), *persons(chosen.sources)]
    print("\n".join(sorted(line for line in lines if not chosen.states or line[:3] in chosen.states)))


def dates(folder: Path, days: int) -> list[str]:
    """A line per day on which a row and a source that attests it differ."""
    _, differences = tenures.joined(folder)
    return [
        f"{one.spell.state}\tdate\t{one.spell.office}\t{one.spell.name}\t{one.bound} {one.ours}"
        f"\t{one.source} {one.theirs}"
        for one in differences
        if one.days > days
    ]


def persons(folder: Path) -> list[str]:
    """A line per person whom a source names in office and the table does not."""
    known = gazetteer.read(tables.TARGET)
    lines = []
    for said, day in ask.questions(sources.read(folder)):
        verdict, answers = ask.judge(known, said, day)
        if verdict != "right":
            given = ", ".join(one.name for one in answers) or "nobody"
            told = f"{said.office} {said.name} {said.start}/{said.end}".strip()
            lines.append(f"{said.state}\tperson\t{told}\t{given}\t{said.source}")
    return lines


if __name__ == "__main__":
    main()
