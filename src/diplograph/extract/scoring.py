"""How much speaks for a reading: named features, each with a weight, summed and squashed.

Takes a candidate's features; gives its confidence and, for ``why``, what counted most. Weights come from
``data/reader/weights.json`` (trained by ``make train``); without the file the priors below stand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache

from diplograph import resources

PRIORS: Mapping[str, float] = {
    "bias": 0.2,
    **{f"strength={tenth / 10}": (tenth - 5) * 0.5 for tenth in range(11)},
    "cue:object": 0.6,
    "subject-inherited": -0.3,
    "target-by-nearness": -0.9,
    "target-elsewhere": -0.5,
    "backoff": -1.2,
    "persons:two": 0.5,
    "persons:none": -0.3,
    "loose": -0.6,
    "time": 0.4,
    "place": 0.2,
    "heading": 0.2,
    "lead": 0.3,
    "tail": -0.1,
    "author-of-remarks": 1.5,
    "quotation": -1.0,
    "pronoun": -0.2,
    "split": 0.2,
    "sport": -2.0,
    "to-the-press": -2.5,
}
"""Weights at the desk, in log-odds, used where no trained weights are found."""


@cache
def weights() -> Mapping[str, float]:
    """The weights in force: feature → log-odds."""
    file = resources.root() / "data" / "reader" / "weights.json"
    if not file.is_file():
        return PRIORS
    trained: Mapping[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return trained


def score(features: Iterable[str], table: Mapping[str, float] | None = None) -> float:
    """The confidence of a reading, 0 to 1."""
    table = weights() if table is None else table
    total = table.get("bias", 0.0) + sum(table.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-total))


def reasons(features: Iterable[str], count: int = 4) -> tuple[str, ...]:
    """What counted most for or against a reading: ``cue:strong +1.20``, strongest first."""
    table = weights()
    weighted = sorted(
        ((table.get(f, 0.0), f) for f in set(features)), key=lambda pair: (-abs(pair[0]), pair[1])
    )
    return tuple(f"{feature} {weight:+.2f}" for weight, feature in weighted[:count] if weight)
