"""Corrects p values where many pairs are tested at once.

``bh``: Benjamini and Hochberg (1995), "Controlling the false discovery rate", J. R. Stat. Soc. B 57:289: of
the pairs called significant at level α at most the share α is expected to be so by chance.
``holm``: Holm (1979), "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6:65: the
chance that any is called so wrongly is at most α. ``none`` leaves them as they are.

Takes p values; gives corrected ones in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Correction(StrEnum):
    """How p values are corrected."""

    BH = "bh"
    HOLM = "holm"
    NONE = "none"


def corrected(values: Sequence[float], how: Correction = Correction.BH) -> tuple[float, ...]:
    """The corrected p values; a pair is significant at α if its value is at most α."""
    if how is Correction.NONE:
        return tuple(values)
    order = sorted(range(len(values)), key=lambda place: values[place])
    found = _bh(values, order) if how is Correction.BH else _holm(values, order)
    result = [0.0] * len(values)
    for place, value in zip(order, found, strict=True):
        result[place] = value
    return tuple(result)


def _bh(values: Sequence[float], order: Sequence[int]) -> list[float]:
    """p·m/rank, made monotone from the largest down."""
    least, found = 1.0, []
    for rank in range(len(order), 0, -1):
        least = min(least, values[order[rank - 1]] * len(order) / rank)
        found.append(least)
    return found[::-1]


def _holm(values: Sequence[float], order: Sequence[int]) -> list[float]:
    """p·(m − rank + 1), made monotone from the smallest up."""
    most, found = 0.0, []
    for rank, place in enumerate(order):
        most = max(most, min(1.0, values[place] * (len(order) - rank)))
        found.append(most)
    return found
