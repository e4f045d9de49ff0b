"""Two states and what passed between them.

Takes events and two codes; gives tables and sentences, each from a measure of ``analysis``.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from diplograph import record
from diplograph.analysis import balance, reciprocity, tempo
from diplograph.analysis import shuttle as shuttling
from diplograph.display import Page, Table
from diplograph.model import Event, EventType

if TYPE_CHECKING:
    from diplograph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two states in a graph.

    Example:
        >>> pair = kg.pair("Korea", "Japan")
        >>> pair.whose_turn().turn
        'KOR'
        >>> pair.visits().column("guests")
        [['JPN'], ['KOR'], ['JPN']]

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
        return self._cited(record.of_legs(self.exchange(window=window, as_of=as_of).shuttles, self.names))

    def whose_turn(self, as_of: date | None = None) -> shuttling.Turn:
        """Whose turn it is to travel, with the visits that this rests on and a sentence.

        Args:
            as_of: The day to look from; by default that of the newest source.
        """
        day = as_of or record.newest(self.store)
        return shuttling.whose_turn(self.events, self.a, self.b, day, names=self.names)

    def balance(self, as_of: date | None = None) -> Table:
        """How many held visits went either way."""
        counted = balance.balance(self.events, self.a, self.b, as_of=as_of)
        return self._cited(record.of_balances([counted], self.names))

    def returns(self, *, within: int = reciprocity.WITHIN, as_of: date | None = None) -> Table:
        """Each held visit and whether it was returned in time."""
        rows = reciprocity.returns(self._shared(), within=within, as_of=as_of or record.newest(self.store))
        return self._cited(record.of_returns(rows, self.names))

    def tempo(self, as_of: date | None = None) -> Table:
        """The gaps between their visits, and where the rhythm broke."""
        day = as_of or record.newest(self.store)
        return self._cited(record.of_gaps(tempo.tempo(self.events, self.a, self.b, as_of=day)))

    def view(self) -> Page:
        """The page of the pair: whose turn, the shuttle strip, balance, agenda, the record."""
        from diplograph import pages

        return pages.page(self.store, "pair", self.a, self.b)

    def strip(self) -> str:
        """The shuttle strip as SVG, for papers."""
        from diplograph.knowledge import gazetteer
        from diplograph.views import strip

        tenures = gazetteer.load().tenures.values()
        day = record.newest(self.store)
        return strip.render(self.events, self.a, self.b, names=self.names, as_of=day, tenures=tenures)

    def __repr__(self) -> str:
        return f"<Pair {self.a}–{self.b}: {self.whose_turn().sentence}>"

    def _repr_html_(self) -> str:
        """The sentence and the strip; as a picture, so that its styles stay inside it."""
        drawn = base64.b64encode(self.strip().encode()).decode()
        sentence = html.escape(self.whose_turn().sentence)
        title = html.escape(f"Shuttle strip of {self.a} and {self.b}")
        picture = f'<img alt="{title}" style="max-width:100%" src="data:image/svg+xml;base64,{drawn}">'
        return f"<p>{sentence}</p>{picture}"

    def _shared(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if {self.a, self.b} <= set(event.facts.states))

    def _table(self, kind: EventType | None) -> Table:
        chosen = [event for event in self._shared() if kind in (None, event.facts.type)]
        return self._cited(record.of_events(chosen, *record.evidence(self.store), self.names))

    def _cited(self, table: Table) -> Table:
        return table.cited(self.store.why)
