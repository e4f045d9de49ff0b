#!/usr/bin/env python3
"""Power and false positives of the null models, over 500 seeds.

usage: analysis_chance.py [SEEDS]

120 or 240 visits of 12 states of unequal weight in six years; a share of them planted as returns within 180
days. Each sample is judged at 0.05 with 199 draws. A model is given larger shares until it finds all of them.
Prints a Markdown table, which tells the smallest share that is found with power 0.9.
"""

from __future__ import annotations

import math
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "analysis"))

from made_visits import by_chance, planted  # noqa: E402 - lies beside the tests that use it too

from diplograph.analysis import significance  # noqa: E402
from diplograph.analysis.nulls import Model  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "analysis-chance.md"
SHARES = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
DESIGNS = (
    (Model.YEAR, "returned", 120),
    (Model.CONFIGURATION, "returned", 120),
    (Model.REGION, "returned", 120),
    (Model.ORDER, "returned", 120),
    (Model.ORDER, "legs", 120),
    (Model.ORDER, "returned", 240),
)
REGIONS = {f"S{number:02}": ("north", "south", "east")[number % 3] for number in range(12)}
LEVEL, DRAWS, POWER = 0.05, 199, 0.9


def rejected(model: Model, measure: str, count: int, share: float, seeds: int) -> float:
    """The share of samples called significant."""
    hits = 0
    for seed in range(seeds):
        visits = planted(count, share, seed) if share else by_chance(count, seed)
        verdict = significance.of_visits(
            visits, measure=measure, model=model, draws=DRAWS, seed=seed, regions=REGIONS
        )
        hits += verdict is not None and verdict.p <= LEVEL
    return hits / seeds


def powers(model: Model, measure: str, count: int, seeds: int) -> list[float]:
    """The share of samples called significant at each planted share, until all are."""
    found: list[float] = []
    for share in SHARES:
        found.append(rejected(model, measure, count, share, seeds))
        if found[-1] == 1:
            break
    return found


def line(model: Model, measure: str, count: int, found: list[float], most: float) -> str:
    """A row of the table."""
    reached = next(
        (f"{share:.2f}" for share, power in zip(SHARES, found, strict=False) if power >= POWER), "–"
    )
    cells = [*(f"{power:.3f}" for power in found), *["1"] * (len(SHARES) - len(found))]
    cells[0] += "" if found[0] <= most else " (above the level)"
    return f"| {model} | {measure} | {count} | {' | '.join(cells)} | {reached} |"


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    begun = time.process_time()
    most = LEVEL + 2.33 * math.sqrt(LEVEL * (1 - LEVEL) / seeds)
    shares = " | ".join(f"planted {share:.2f}" for share in SHARES)
    lines = [
        f"{seeds} seeds, {DRAWS} draws, level {LEVEL}; {datetime.now(UTC):%Y-%m-%d}, numpy {np.__version__}.",
        f"Without planted returns at most {most:.3f} is within the level (99%).",
        "`returned`: the share of visits returned within 180 days; `legs`: that of legs of a shuttle.",
        "",
        f"| model | measure | visits | {shares} | power {POWER} from |",
        "|---|---|---:|" + "---:|" * (len(SHARES) + 1),
    ]
    lines += [line(*design, powers(*design, seeds), most) for design in DESIGNS]
    text = "\n".join(lines) + f"\n\n{time.process_time() - begun:.0f} s of CPU\n"
    print(text, end="")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"`benchmarks/analysis_chance.py`\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
