"""The tables of a million visits: returns, shuttles and balances as columns that are read row by row.

A ``Grid`` is a table whose columns are arrays; a cell of event ids is made when it is read, so that a table
of a million rows costs no million objects. ``grid[3]`` is a row with its event ids, ``to_arrow`` all of them.

Takes ``columns.Visits`` (see ``columns.of_events`` and ``arrow.of_table``); gives a ``Grid``. The
definitions are those of ``reciprocity``, ``shuttle`` and ``balance``, which compute with the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from diplograph.analysis import answering, columns, running
from diplograph.analysis.columns import Visits
from diplograph.analysis.ordering import Flags, Ints

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS: Final = ("open", "late", "repeated")


@dataclass(frozen=True, slots=True)
class Coded(Sequence[str]):
    """Text as numbers into a list of words."""

    words: Sequence[str]
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, index: Any) -> Any:
        return self.words[int(self.codes[index])]


@dataclass(frozen=True, slots=True)
class Groups(Sequence[list[str]]):
    """Lists of event ids: stretches of rows of a sequence of ids."""

    events: Sequence[str]
    rows: Ints
    start: Ints
    length: Ints

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, index: Any) -> Any:
        begin = int(self.start[index])
        return [self.events[int(row)] for row in self.rows[begin : begin + int(self.length[index])]]


@dataclass(frozen=True, slots=True)
class Maybe(Sequence[str | None]):
    """Event ids of rows; None where the row is −1."""

    events: Sequence[str]
    rows: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        row = int(self.rows[index])
        return None if row < 0 else self.events[row]


@dataclass(frozen=True, slots=True)
class Grid(Sequence[dict[str, Any]]):
    """A table of columns of equal length; ``grid[3]`` is a row, ``grid.columns["days"]`` a column."""

    columns: Mapping[str, Any]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, index: Any) -> Any:
        return {name: _plain(column[index]) for name, column in self.columns.items()}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))

    def to_arrow(self) -> pa.Table:
        """The whole table, event ids and all, for Parquet, pandas or polars."""
        from diplograph.analysis import arrow

        return arrow.of_columns(self.columns)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def returns(visits: Visits, *, within: int, as_of: int | None = None) -> Grid:
    """One row for each dated visit, in the order given, with the visit that answered it.

    Args:
        visits: Visits; undated ones are left out.
        within: Days within which a return counts.
        as_of: Day number to look from.
    """
    dated = visits if visits.dated.all() else visits.take(visits.dated)
    told = answering.answers(
        dated.way, dated.first, dated.last, dated.events, dated.guest, within=within, as_of=as_of
    )
    return Grid(
        {
            "event": dated.events,
            "guest": Coded(dated.states, dated.guest),
            "host": Coded(dated.states, dated.host),
            "first_day": dated.first,
            "last_day": dated.last,
            "answer": Coded(answering.NAMES, told.answer),
            "return_event": Maybe(dated.events, told.by),
            "days_at_least": told.least,
            "days_at_most": told.most,
        }
    )


def shuttles(visits: Visits, *, window: int, min_legs: int = 2) -> Grid:
    """One row for each shuttle of two legs and more, by dyad and time.

    Args:
        visits: Visits; those that cannot be put in sequence are left out.
        window: Days that a step may take.
        min_legs: The fewest legs of a run that is listed.
    """
    flags = columns.in_sequence(visits)
    placed = visits if flags.all() else visits.take(flags)
    found = running.runs(placed.dyad, placed.guest, placed.first, placed.last, placed.events, window=window)
    chosen = np.flatnonzero(found.length >= min_legs)
    begin = found.rows[found.start[chosen]]
    # A run that ended has the visit that ended it right behind it in the order.
    behind = np.where(found.last, 0, np.minimum(found.start + found.length, len(found.rows) - 1))[chosen]
    after = np.where(found.last[chosen], -1, found.rows[behind] if len(found.rows) else behind)
    return Grid(
        {
            "began_by": Coded(placed.states, placed.guest[begin]),
            "answered_by": Coded(placed.states, placed.host[begin]),
            "first_day": placed.first[begin],
            "last_day": placed.last[begin],
            "legs": found.length[chosen],
            "days_at_least": _summed(found.least, found, chosen),
            "days_at_most": _summed(found.most, found, chosen),
            "certain": found.certain[chosen],
            "ending": Coded(ENDINGS, np.where(found.last, 0, np.where(found.repeated, 2, 1))[chosen]),
            "next_event": Maybe(placed.events, after),
            "events": Groups(placed.events, found.rows, found.start[chosen], found.length[chosen]),
        }
    )


def _summed(days: Ints, found: running.Runs, chosen: Ints) -> Ints:
    """Days from the first leg to the last: the steps added up."""
    total = np.concatenate(([0], np.cumsum(days)))
    summed: Ints = total[found.start[chosen] + found.length[chosen]] - total[found.start[chosen]]
    return summed


def balances(visits: Visits, *, scheme: str = "equal") -> Grid:
    """One row for each dyad: visits both ways, their weights and what of them is reciprocated.

    ``reciprocity`` is 2·min/(w + w'), the dyad's share in the Σmin of ``reciprocity.reciprocity``.
    """
    weight = columns.weights(visits, scheme)
    dyads, place = np.unique(visits.dyad, return_inverse=True)
    back = visits.guest > visits.host
    out_count, back_count = (_counted(place, flags, len(dyads)) for flags in (~back, back))
    out, home = (np.bincount(place[f], weight[f], len(dyads)) for f in (~back, back))
    rows = np.argsort(place, kind="stable")
    length = out_count + back_count
    pairs = [visits.pair(dyad) for dyad in dyads.tolist()]
    return Grid(
        {
            "a": [a for a, _ in pairs],
            "b": [b for _, b in pairs],
            "a_to_b": out_count,
            "b_to_a": back_count,
            "difference": out_count - back_count,
            "weight_a_to_b": out,
            "weight_b_to_a": home,
            "reciprocity": np.divide(
                2 * np.minimum(out, home), out + home, out=np.zeros(len(dyads)), where=out + home > 0
            ),
            "events": Groups(visits.events, rows, np.cumsum(length) - length, length),
        }
    )


def _counted(place: Ints, flags: Flags, groups: int) -> Ints:
    return np.bincount(place[flags], minlength=groups).astype(np.int64)


def reciprocity(visits: Visits, *, scheme: str = "equal") -> tuple[float | None, float | None]:
    """(Σmin/Σmax, 2Σmin/Σw) over all dyads; None where nothing weighs anything."""
    grid = balances(visits, scheme=scheme).columns
    least = float(np.minimum(grid["weight_a_to_b"], grid["weight_b_to_a"]).sum())
    most = float(np.maximum(grid["weight_a_to_b"], grid["weight_b_to_a"]).sum())
    return (least / most, 2 * least / (least + most)) if most else (None, None)


__all__ = ["Coded", "Grid", "Groups", "Maybe", "balances", "reciprocity", "returns", "shuttles"]
