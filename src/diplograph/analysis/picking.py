"""Reads some items of a long sequence, many at once, without copying the sequence.

Takes a sequence (of ids, of journeys) and positions; gives a sequence whose items are read when they are
asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

import numpy as np

from diplograph.analysis.ordering import Ints

BLOCK: Final = 50_000  # items of a sequence that are read at once
Item_co = TypeVar("Item_co", covariant=True)


@runtime_checkable
class Bulk(Protocol[Item_co]):
    """A sequence that reads many of its items at once faster than one by one."""

    def many(self, rows: Ints) -> Iterable[Item_co]:
        """The items at positions."""


def many(given: Sequence[Item_co], rows: Ints) -> list[Item_co]:
    """The items of a sequence at positions, at once where it can."""
    if isinstance(given, Bulk):
        return list(given.many(rows))
    return [given[row] for row in rows.tolist()]


def in_blocks(given: Sequence[Item_co]) -> Iterator[Item_co]:
    """The items of a sequence in order, a block of them read at once."""
    rows = np.arange(len(given))
    return chain.from_iterable(many(given, rows[at : at + BLOCK]) for at in range(0, len(given), BLOCK))


@dataclass(frozen=True, slots=True)
class Picked(Sequence[Item_co]):
    """Some items of a sequence, which is not copied: ids are read only where a figure is asked for."""

    given: Sequence[Item_co]
    rows: Ints

    @classmethod
    def of(cls, given: Sequence[Item_co], rows: Ints) -> Picked[Item_co]:
        """The items at positions; items of items are items of the first."""
        return cls(given.given, given.rows[rows]) if isinstance(given, Picked) else cls(given, rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return self.many(np.arange(len(self))[index])
        return self.given[int(self.rows[index])]

    def __iter__(self) -> Iterator[Item_co]:
        return in_blocks(self)

    def many(self, rows: Ints) -> list[Item_co]:
        """The items at positions."""
        return many(self.given, self.rows[rows])
