#!/usr/bin/env python3
"""Power and false positives of the null models, over 500 seeds.

usage: analysis_chance.py [SEEDS]

120 visits of 12 states of unequal weight in six years; a share of them planted as returns within 180 days.
Each sample is judged at 0.05 with 199 draws. Prints a Markdown table.
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
SHARES = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3)
MODELS = (Model.YEAR, Model.CONFIGURATION, Model.REGION, Model.ORDER)
REGIONS = {f"S{number:02}": ("north", "south", "east")[number % 3] for number in range(12)}
VISITS, LEVEL, DRAWS = 120, 0.05, 199


def rejected(model: Model, share: float, seeds: int) -> float:
    """The share of samples called significant."""
    hits = 0
    for seed in range(seeds):
        visits = planted(VISITS, share, seed) if share else by_chance(VISITS, seed)
        verdict = significance.of_visits(
            visits, measure="returned", model=model, draws=DRAWS, seed=seed, regions=REGIONS
        )
        hits += verdict is not None and verdict.p <= LEVEL
    return hits / seeds


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    begun = time.process_time()
    most = LEVEL + 2.33 * math.sqrt(LEVEL * (1 - LEVEL) / seeds)
    terms = f"{seeds} seeds, {VISITS} visits, {DRAWS} draws, level {LEVEL}"
    lines = [
        f"{terms}; {datetime.now(UTC):%Y-%m-%d}, numpy {np.__version__}.",
        f"Without planted returns at most {most:.3f} is within the level (99%).",
        "",
        "| model | " + " | ".join(f"planted {share:.2f}" for share in SHARES) + " |",
        "|---|" + "---:|" * len(SHARES),
    ]
    for model in MODELS:
        found = [rejected(model, share, seeds) for share in SHARES]
        lines.append(f"| {model} | " + " | ".join(f"{share:.3f}" for share in found) + " |")
        if found[0] > most:
            lines.append(f"\n{model}: false positives above the level")
    text = "\n".join(lines) + f"\n\n{time.process_time() - begun:.0f} s of CPU\n"
    print(text, end="")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"`benchmarks/analysis_chance.py`\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
