"""Turns the columnar twin of a store, a row for each event, into visits, a row for each guest.

Takes a store (``of_store``), or an Arrow table of events with the lists ``guests`` and ``people``
(``by_guest``); gives ``Visits``, or a table that ``arrow.of_table`` reads, with the level of each guest's
highest traveller. No Python object is made for a row.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from diplograph.analysis import columns, levels
from diplograph.analysis.arrow import CODES, coded, of_table, pyarrow
from diplograph.analysis.arrowrows import Listed
from diplograph.analysis.columns import LEVELS, Visits
from diplograph.analysis.journeys import HELD
from diplograph.analysis.levels import Level
from diplograph.analysis.ordering import Ints
from diplograph.model import Event, Status

if TYPE_CHECKING:
    import pyarrow as pa

KEPT: Final = (
    "event", "host", "first", "first_at_latest", "edtf", "unit", "status", "subtype", "occasion", "place",
)  # fmt: skip
ROW, STATE, OFFICE = "row", "state", "office"
# Where guest or host is not told, the rule of ``journeys.of_event`` reads them from the states.
VISITS: Final = """
SELECT event, type, coalesce(host, CASE WHEN len(states) > 1 THEN states[-1] END) AS host,
    CASE WHEN len(guests) > 0 THEN guests ELSE states[1:1] END AS guests,
    first, first_at_latest, edtf, status, subtype, occasion, place, people
FROM events WHERE type = 'visit'
"""
INVOLVING: Final = "SELECT event FROM events WHERE list_has_all(states, ?::VARCHAR[]) ORDER BY event"


class Kept(Protocol):
    """What a store gives of its events; its twin, if it has one, is its attribute ``columns``."""

    def events(self) -> tuple[Event, ...]:
        """All events, sorted by id."""

    def event(self, name: str) -> Event:
        """An event by its id."""


def of_store(store: Kept, *, statuses: Collection[Status] = HELD) -> Visits:
    """The visits of a store as columns: from its twin where event data was imported, else from its events.

    Args:
        store: An open store.
        statuses: Which statuses count.

    Raises:
        MissingExtraError: If event data was imported and DuckDB or pyarrow is not installed.
    """
    if not imported(store):
        return columns.of_events(store.events(), statuses=statuses)
    return of_table(_twin(store).open().sql(VISITS).to_arrow_table(), name="the twin", statuses=statuses)


def imported(store: Kept) -> bool:
    """Whether event data was imported into a store, so that its twin answers for all its events."""
    twin = _twin(store)
    return twin is not None and bool(twin.parts())


def _twin(store: Kept) -> Any:
    return getattr(store, "columns", None)


def events(store: Kept, codes: Collection[str] = ()) -> tuple[Event, ...]:
    """The events of a store that involve all of some states, by id; those of a few are looked up in the twin.

    Args:
        store: An open store.
        codes: Codes of states; all events if none is given.
    """
    if not codes or not imported(store):
        wanted = set(codes)
        return tuple(event for event in store.events() if wanted <= set(event.facts.states))
    found = _twin(store).open().execute(INVOLVING, [list(codes)]).fetchall()
    return tuple(store.event(name) for (name,) in found)


def by_guest(table: pa.Table, *, coded_names: bool = False) -> tuple[pa.Table, Listed | None]:
    """A row for each guest of each visit, in the order given, and the people of each row's event."""
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
        return made, None
    levels_of = _levels(pa, people, rows.to_numpy(), made)
    words = pa.array([str(level) for level in LEVELS])
    levelled = made.append_column("level", pa.DictionaryArray.from_arrays(pa.array(levels_of), words))
    return levelled, Listed(people, rows.to_numpy().astype(np.int64))


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
