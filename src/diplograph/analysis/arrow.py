"""Reads visits from a Parquet or Arrow table into columns, and writes tables of measures back.

Two forms of table are understood. The columnar twin of a store has a row for each event, with its ``type``, a
list of ``guests`` and a list of ``people`` (name, person, state, office); a table of visits has a row for
each guest, under ``guest``, and may tell the ``level``. Both have ``event`` (id), ``host``, ``first`` and
``first_at_latest`` (dates between which it began; null where undated), and may have ``edtf`` or ``unit``
(what the start is known to), ``status``, ``subtype``, ``place`` and ``occasion``. Other columns are passed
over. Text may be dictionary-encoded, which is faster.

Takes a table or the path of a Parquet file; gives ``columns.Visits``. Needs pyarrow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from diplograph.analysis import columns, picking
from diplograph.analysis.arrowrows import ArrowJourneys, Listed
from diplograph.analysis.columns import LEVELS, STATUSES, UNDATED, UNITS, Visits
from diplograph.analysis.journeys import HELD
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import Flags, Ints
from diplograph.analysis.picking import Picked
from diplograph.analysis.tables import Coded, Groups, Maybe
from diplograph.errors import MissingExtraError, SourceError
from diplograph.model import Granularity, Status

if TYPE_CHECKING:
    import pyarrow as pa

NEEDED: Final = ("event", "host", "first", "first_at_latest")
WHO: Final = ("guest", "guests")
CODES: Final = ("guest_code", "host_code")
OPTIONAL: Final = ("type", "people", "edtf", "unit", "level", "status", "subtype", "occasion", "place")
# Day 1 of Python's calendar is this many days before 1970.
EPOCH: Final = 719163


def pyarrow() -> Any:
    """The library, or an error that says which extra brings it."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("reading Parquet and Arrow tables", "data") from error
    return pa


def read(path: Path | str, *, statuses: Collection[Status] = HELD, coded_names: bool = False) -> Visits:
    """The visits of a Parquet file that have one of some statuses.

    Raises:
        SourceError: If it lacks a column that is needed.
        MissingExtraError: If pyarrow is not installed.
    """
    pyarrow()
    import pyarrow.parquet as pq

    known = pq.read_schema(path).names
    wanted = [name for name in (*NEEDED, *WHO, *CODES, *OPTIONAL) if name in known]
    text = [name for name in ("guest", "host", "level", "status", "subtype", "unit") if name in known]
    return of_table(
        pq.read_table(path, columns=wanted, read_dictionary=text),
        name=str(path),
        statuses=statuses,
        coded_names=coded_names,
    )


def of_table(
    table: pa.Table,
    *,
    name: str = "the table",
    statuses: Collection[Status] = HELD,
    coded_names: bool = False,
) -> Visits:
    """The visits of an Arrow table; rows without guest or host, or with the same as both, are left out.

    Args:
        table: The table.
        name: What to call it in an error.
        statuses: Which statuses count; a table without statuses tells of held visits.
        coded_names: Whether partners are told apart as the table that was imported codes them, under
            ``guest_code`` and ``host_code`` of the twin.

    Raises:
        SourceError: If it lacks a column that is needed.
    """
    missing = [heading for heading in NEEDED if heading not in table.column_names]
    missing += [] if set(WHO) & set(table.column_names) else ["guest"]
    people: Listed | None = None
    if missing:
        told = f"{name} has no column {', '.join(missing)}"
        raise SourceError(f"{told}; a table of visits has: {', '.join((*NEEDED, 'guest', *OPTIONAL))}")
    if "guests" in table.column_names:
        from diplograph.analysis import twin

        table, people = twin.by_guest(table, coded_names=coded_names)
    if coded_names:
        table = table.drop_columns(["guest", "host"]).rename_columns(
            {"guest_code": "guest", "host_code": "host"}
        )
    guests, guest = coded(table, "guest")
    hosts, host = coded(table, "host")
    states = tuple(sorted({*guests, *hosts} - {""}))
    guest, host = _moved(guest, guests, states), _moved(host, hosts, states)
    first, last = _days(table, "first"), _days(table, "first_at_latest")
    subtypes, subtype = coded(table, "subtype")
    visits = Visits(
        states=states,
        guest=guest,
        host=host,
        first=first,
        last=last,
        unit=_units(table, first),
        level=_known(table, "level", LEVELS, LEVELS.index(Level.UNKNOWN)),
        status=_known(table, "status", STATUSES, STATUSES.index(Status.HELD)),
        gathering=_told(table, "occasion"),
        subtype=subtype,
        subtypes=tuple(subtypes),
        events=Ids(table.column("event").combine_chunks()),
    )
    visits = replace(visits, journeys=ArrowJourneys(visits, table, people))
    wanted = np.array([status in statuses for status in STATUSES])
    kept = (guest >= 0) & (host >= 0) & (guest != host) & wanted[visits.status]
    return visits if kept.all() else visits.take(kept)


class Ids(Sequence[str]):
    """Event ids that stay in Arrow until one is asked for."""

    def __init__(self, given: Any) -> None:
        self.given = given

    def __len__(self) -> int:
        return len(self.given)

    def __getitem__(self, index: Any) -> Any:
        return self.given[index].as_py()

    def __iter__(self) -> Iterator[str]:
        return picking.in_blocks(self)

    def many(self, rows: Ints) -> list[str]:
        """The ids of rows."""
        return list(self.given.take(pyarrow().array(rows)).to_pylist())


def coded(table: pa.Table, heading: str) -> tuple[list[str], Ints]:
    """The distinct texts of a column and, for each row, which; ``""`` for null and a missing column."""
    if heading not in table.column_names:
        return [""], np.zeros(len(table), dtype=np.int64)
    pa = pyarrow()
    column = table.column(heading)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    words = ["", *(word or "" for word in whole.dictionary.to_pylist())]
    codes = whole.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False) + 1
    return words, codes.astype(np.int64)


def _moved(codes: Ints, words: Sequence[str], states: Sequence[str]) -> Ints:
    place = {code: number for number, code in enumerate(states)}
    moved: Ints = columns.ints(place.get(word, -1) for word in words)[codes]
    return moved


def _days(table: pa.Table, heading: str) -> Ints:
    pa = pyarrow()
    column = table.column(heading).combine_chunks()
    whole = column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()).fill_null(UNDATED - EPOCH)
    days: Ints = whole.to_numpy(zero_copy_only=False) + EPOCH
    return days


def _units(table: pa.Table, first: Ints) -> Ints:
    """What each start is known to: as told, or by the length of what stands before the slash in EDTF."""
    day, none = UNITS.index(Granularity.DAY), UNITS.index(Granularity.UNRESOLVED)
    if "unit" in table.column_names:
        told = _known(table, "unit", UNITS, none)
    elif "edtf" in table.column_names:
        words, codes = coded(table, "edtf")
        by_length = {4: Granularity.YEAR, 7: Granularity.MONTH, 10: Granularity.DAY}
        found = (by_length.get(len(word.split("/")[0]), Granularity.UNRESOLVED) for word in words)
        told = columns.ints(UNITS.index(unit) for unit in found)[codes]
    else:
        told = _by_width(first, _days(table, "first_at_latest"), day)
    return np.where(first == UNDATED, none, told)


def _by_width(first: Ints, last: Ints, day: int) -> Ints:
    month, year = UNITS.index(Granularity.MONTH), UNITS.index(Granularity.YEAR)
    width = last - first
    return np.where(width == 0, day, np.where(width <= 30, month, year))


def _known(table: pa.Table, heading: str, values: Sequence[str], otherwise: int) -> Ints:
    words, codes = coded(table, heading)
    place = {str(value): number for number, value in enumerate(values)}
    known: Ints = columns.ints(place.get(word, otherwise) for word in words)[codes]
    return known


def _told(table: pa.Table, heading: str) -> Flags:
    if heading not in table.column_names:
        return np.zeros(len(table), dtype=np.bool_)
    words, codes = coded(table, heading)
    flags: Flags = np.array([bool(word) for word in words])[codes]
    return flags


def of_columns(given: Mapping[str, Any]) -> pa.Table:
    """Columns of a ``tables.Grid`` as an Arrow table; day numbers under ``…_day`` become dates."""
    pa = pyarrow()
    return pa.table({name: _array(pa, name, column) for name, column in given.items()})


def _array(pa: Any, name: str, column: Any) -> Any:
    if isinstance(column, Coded):
        return pa.DictionaryArray.from_arrays(pa.array(column.codes), pa.array(list(column.words)))
    if isinstance(column, Groups):
        rows = [np.arange(s, s + n) for s, n in zip(column.start, column.length, strict=True)]
        flat = column.rows[np.concatenate(rows)] if rows else np.zeros(0, dtype=np.int64)
        offsets = np.concatenate(([0], np.cumsum(column.length))).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), _ids(pa, column.events, flat))
    if isinstance(column, Maybe):
        return _ids(pa, column.events, column.rows)
    if isinstance(column, (Ids, Picked)):
        return _ids(pa, column, np.arange(len(column)))
    if name.endswith("_day"):
        return pa.array((column - EPOCH).astype(np.int32)).cast(pa.date32())
    return pa.array(column)


def _ids(pa: Any, events: Sequence[str], rows: Ints) -> Any:
    """The ids of rows as an Arrow array; null where the row is −1."""
    if isinstance(events, Picked):
        return _ids(pa, events.given, np.where(rows < 0, -1, events.rows[rows]))
    given = events.given if isinstance(events, Ids) else pa.array(list(events), pa.string())
    return given.take(pa.array(rows, mask=rows < 0))
