"""Exact tests of counts.

Takes counts; gives p values that hold for small numbers, by adding up probabilities.
"""

from __future__ import annotations

import math
from typing import Final

ALMOST: Final = 1 + 1e-9


def binomial(hits: int, trials: int, chance: float = 0.5) -> float:
    """Two-sided p of so many hits: the probability of all outcomes no likelier than the one seen.

    Args:
        hits: How many of the trials came out so.
        trials: How many there were; with none p is 1.
        chance: The probability of a hit, above 0 and below 1.
    """
    if not trials:
        return 1.0
    limit = _log(hits, trials, chance) + math.log(ALMOST)
    logs = (_log(count, trials, chance) for count in range(trials + 1))
    return min(1.0, math.fsum(math.exp(found) for found in logs if found <= limit))


def _log(hits: int, trials: int, chance: float) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
    return ways + hits * math.log(chance) + (trials - hits) * math.log1p(-chance)
