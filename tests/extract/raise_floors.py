"""Sets the floors of ``tests/tables/floors.tsv`` 0.01 below what is measured now; floors only rise.

python tests/extract/raise_floors.py           # raise
python tests/extract/raise_floors.py --lower   # also lower, which a review should not let pass
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

from reading_tables import JUDGES, rows

from conftest import TESTS, _days, _read
from diplograph.extract.evaluation import evaluate
from diplograph.extract.pairing import Reading, agreement, pair

TABLE = TESTS / "tables" / "floors.tsv"
MARGIN = 0.01
NARA = "2026-01-09-lee-takaichi-nara"
Floors = dict[tuple[str, str], float]


def measured() -> Floors:
    """What the reader reaches now, less the margin; the share of a table is exact."""
    demo = sorted(path.stem for path in (TESTS / "demo").glob("*.json"))
    articles: Path = TESTS.parent / "data" / "articles"
    sets = {
        "gold": _read(sorted((TESTS / "gold").glob("*.txt")), {}),
        "demo": _read([articles / f"{name}.md" for name in demo], _days(TESTS / "demo")),
    }
    found: Floors = {}
    for name, (lines, texts) in sets.items():
        figures = evaluate(TESTS / name, lines, texts).figures
        for measure in ("event f1", "fact f1", "status", "start", "host", "participants"):
            key, _, part = measure.partition(" ")
            found[name, measure] = round((figures[key][part] if part else figures[key]) - MARGIN, 3)
        if name == "gold":
            found["gold-clean", "hard_negatives_clean"] = float(figures["hard_negatives_clean"].split("/")[0])
        if name == "demo":
            found |= _nara(lines)
    for name in JUDGES:
        marks = [row["known"] for row in rows(name)]
        found["table", name] = int(1000 * marks.count("ok") / len(marks)) / 1000
    return found


def _nara(lines: list[dict[str, Any]]) -> Floors:
    annotation = json.loads((TESTS / "demo" / f"{NARA}.json").read_text("utf-8"))
    golds = [Reading.of(event) for event in annotation["events"] if not event["optional"]]
    reads = [Reading.of(e) for line in lines if NARA in line["source"] for e in line["events"]]
    pairs = pair(golds, reads)
    facts = sum(sum(agreement(golds[i], reads[j]).values()) for i, j in pairs.items())
    return {("nara", "events"): float(len(pairs)), ("nara", "facts"): float(facts)}


def main(arguments: list[str]) -> None:
    """Write the floors."""
    now = measured()
    with TABLE.open(encoding="utf-8", newline="") as file:
        old = {
            (row["set"], row["measure"]): float(row["floor"]) for row in csv.DictReader(file, delimiter="\t")
        }
    for key, value in now.items():
        print(*key, "floor", old.get(key), "now", value)
        if "--lower" not in arguments:
            now[key] = max(value, old.get(key, value))
    lines = ["set\tmeasure\tfloor", *(f"{s}\t{m}\t{v}" for (s, m), v in now.items())]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
