"""Two states and what passed between them.

Takes events and two codes; gives tables and sentences, each from a measure of ``analysis``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from diplograph import record
from diplograph.analysis import balance, reciprocity, tempo
from diplograph.analysis import shuttle as shuttling
from diplograph.display import Table
from diplograph.model import Event, EventType

if TYPE_CHECKING:
    from diplograph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two states in a graph.

    Attributes:
        a: Code of the one.
        b: Code of the other.
        events: Events of the graph, of any states.
        store: Where their reports are.
        names: State code → name.
    """

    a: str
    b: str
    events: tuple[Event, ...]
    store: Store
    names: Mapping[str, str]

    def timeline(self) -> Table:
        """Everything that involves both, in order of time, with quotes."""
        return self._table(None)

    def visits(self) -> Table:
        """The visits of the one to the other, in order of time, with quotes."""
        return self._table(EventType.VISIT)

    def exchange(self, *, window: int = shuttling.WINDOW, as_of: date | None = None) -> shuttling.Exchange:
        """Their visits, sorted into shuttles and what stands beside them."""
        return shuttling.exchange(self.events, self.a, self.b, window=window, as_of=as_of)

    def shuttle(self, *, window: int = shuttling.WINDOW, as_of: date | None = None) -> Table:
        """The legs of their shuttles, with the turn-around of each."""
        return record.of_legs(self.exchange(window=window, as_of=as_of).shuttles, self.names)

    def whose_turn(self, as_of: date | None = None) -> shuttling.Turn:
        """Whose turn it is to travel, with the visits that this rests on and a sentence.

        Args:
            as_of: The day to look from; by default that of the newest source.
        """
        day = as_of or record.newest(self.store)
        return shuttling.whose_turn(self.events, self.a, self.b, day, names=self.names)

    def balance(self, as_of: date | None = None) -> Table:
        """How many held visits went either way."""
        return record.of_balances([balance.balance(self.events, self.a, self.b, as_of=as_of)], self.names)

    def returns(self, *, within: int = reciprocity.WITHIN, as_of: date | None = None) -> Table:
        """Each held visit and whether it was returned in time."""
        rows = reciprocity.returns(self._shared(), within=within, as_of=as_of or record.newest(self.store))
        return record.of_returns(rows, self.names)

    def tempo(self, as_of: date | None = None) -> Table:
        """The gaps between their visits, and where the rhythm broke."""
        day = as_of or record.newest(self.store)
        return record.of_gaps(tempo.tempo(self.events, self.a, self.b, as_of=day))

    def _shared(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if {self.a, self.b} <= set(event.facts.states))

    def _table(self, kind: EventType | None) -> Table:
        chosen = [event for event in self._shared() if kind in (None, event.facts.type)]
        return record.of_events(chosen, *record.evidence(self.store), self.names)
