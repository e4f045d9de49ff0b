"""Finds what stands near a line without looking through the whole text.

``Nearness`` takes numbers of things with the lines that tell them; gives the numbers near some lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Nearness:
    """Finds what stands near a line, however long the text: numbers of events by the lines that tell them."""

    def __init__(self, told: Iterable[tuple[int, Iterable[int]]]) -> None:
        self._at: dict[int, list[int]] = defaultdict(list)
        for number, lines in told:
            for line in lines:
                self._at[line].append(number)

    def near(self, lines: Iterable[int], distance: int) -> list[int]:
        """Numbers of what stands no further from any of some lines, in their order."""
        around = {line + d for line in lines for d in range(-distance, distance + 1)}
        return sorted({number for line in around for number in self._at.get(line, ())})
