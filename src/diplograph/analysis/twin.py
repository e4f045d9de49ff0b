"""Turns the columnar twin of a store, a row for each event, into a table with a row for each guest.

Takes an Arrow table of events with the lists ``guests`` and ``people``; gives one of visits that
``arrow.of_table`` reads, with the level of each guest's highest traveller. No Python object is made for a
row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from diplograph.analysis import levels
from diplograph.analysis.arrow import CODES, coded, pyarrow
from diplograph.analysis.columns import LEVELS, Ints
from diplograph.analysis.levels import Level

if TYPE_CHECKING:
    import pyarrow as pa

KEPT: Final = ("event", "host", "first", "first_at_latest", "edtf", "unit", "status", "subtype", "occasion")
ROW, STATE, OFFICE = "row", "state", "office"


def by_guest(table: pa.Table, *, coded_names: bool = False) -> pa.Table:
    """A row for each guest of each visit, in the order given."""
    pa = pyarrow()
    import pyarrow.compute as pc

    if "type" in table.column_names:
        table = table.filter(pc.equal(table.column("type"), "visit"))
    guests = table.column("guests").combine_chunks()
    rows, codes = pc.list_parent_indices(guests), pc.list_flatten(guests)
    wanted = (*KEPT, *CODES) if coded_names else KEPT
    kept = {name: table.column(name).take(rows) for name in wanted if name in table.column_names}
    made = pa.table({**kept, "guest": codes})
    people = table.column("people").combine_chunks() if "people" in table.column_names else None
    # Where nobody is named in any row the column has no fields at all.
    if people is None or not pa.types.is_struct(getattr(people.type, "value_type", pa.null())):
        return made
    levels_of = _levels(pa, people, rows.to_numpy(), made)
    words = pa.array([str(level) for level in LEVELS])
    return made.append_column("level", pa.DictionaryArray.from_arrays(pa.array(levels_of), words))


def _levels(pa: Any, people: Any, rows: Ints, made: pa.Table) -> Ints:
    """For each guest the position of the highest level among the people who travel for it."""
    import pyarrow.compute as pc

    owner = pc.list_parent_indices(people).to_numpy().astype(np.int64)
    flat = pc.list_flatten(people)
    told = pa.table({STATE: pc.struct_field(flat, "state"), OFFICE: pc.struct_field(flat, "office")})
    states, state = coded(told, STATE)
    titles, title = coded(told, OFFICE)
    rank = np.array([LEVELS.index(levels.of_title(each or None)) for each in titles])[title]
    guests, guest = coded(made, "guest")
    place = {code: number for number, code in enumerate(states)}
    own = np.array([place.get(code, -1) for code in guests])[guest]
    # A key for each guest of each event, and for each person; the lowest level number is the highest rank.
    size = len(states) + 1
    keys, asked = owner * size + state, rows.astype(np.int64) * size + own
    order = np.lexsort((rank, keys))
    keys, rank = keys[order], rank[order]
    at = np.searchsorted(keys, asked)
    inside = np.minimum(at, max(0, len(keys) - 1))
    known = (at < len(keys)) & (own >= 0) & ((keys[inside] if len(keys) else asked - 1) == asked)
    found = rank[inside] if len(keys) else np.zeros(len(asked), dtype=np.int64)
    return np.where(known, found, LEVELS.index(Level.UNKNOWN))
