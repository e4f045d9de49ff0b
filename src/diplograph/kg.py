"""The Python face: one object for a graph, which only delegates to the rooms below.

``open(path)`` gives a ``KnowledgeGraph``, whose answers are ``Table`` values that pandas and notebooks show.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from diplograph import pages, record
from diplograph.analysis import wording
from diplograph.display import Page, Table, of_arrow
from diplograph.model import Event
from diplograph.pair import Pair

if TYPE_CHECKING:
    import networkx as nx

    from diplograph.pipeline import IngestResult
    from diplograph.store import Citation, Store

__all__ = ["KnowledgeGraph", "Pair", "open"]


def open(  # noqa: A001 - diplograph.open
    path: str | Path = "kg", *, read_only: bool = False, as_of: date | str | None = None
) -> KnowledgeGraph:
    """Open the graph in a folder; it is made if it is not there.

    Args:
        path: The folder.
        read_only: Whether nothing may be changed; then the folder must be there.
        as_of: The day to look from: only what sources published by then could tell; nothing can be changed.

    Raises:
        StoreError: If it cannot be opened.
    """
    from diplograph import store

    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return KnowledgeGraph(store.open(path, read_only=read_only, as_of=day))


class KnowledgeGraph:
    """A graph of bilateral relations with its evidence.

    Args:
        store: An open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def names(self) -> dict[str, str]:
        """State code → name."""
        return pages.state_names()

    def ingest(
        self, *inputs: str | Path, text: str | None = None, published: date | str | None = None
    ) -> IngestResult:
        """Read inputs into the graph; what is in it already changes nothing.

        Args:
            inputs: Files, folders and patterns.
            text: An article as text, instead of inputs.
            published: When it was published, if it does not tell.
        """
        from diplograph import pipeline

        day = date.fromisoformat(published) if isinstance(published, str) else published
        return pipeline.ingest(self.store, inputs, text=text, published=day)

    def sparql(self, query: str, **values: Any) -> Table:
        """Answer a SPARQL query over the consensus; ``GRAPH`` reaches the evidence.

        Args:
            query: The query; the prefixes of the house need not be declared.
            values: For a variable of the query, the IRI or literal that takes its place.
        """
        return record.of_answer(self.store.query(query, values))

    def ask(self, question: str, **parameters: str) -> Table:
        """Answer a competency question by its name, such as ``whose-turn``, with ``a="KOR", b="JPN"``."""
        from diplograph.store import questions

        return record.of_answer(questions.ask(self.store, question, parameters))

    def facts(self, *states: str) -> tuple[Event, ...]:
        """Events as the model has them: those that involve all the states named, or all."""
        from diplograph.analysis import twin

        return twin.events(self.store, [record.state_code(word) for word in states])

    def events(self, *states: str) -> Table:
        """Events in order of time with their quotes: those that involve all the states named, or all.

        Where event data was imported they come from the columnar twin, whatever their number.
        """
        twin = getattr(self.store, "columns", None)
        if twin is not None and twin.parts():
            found = twin.rows([record.state_code(word) for word in states])
            return of_arrow(found, wording.count(found.num_rows, "event"))
        return record.of_events(self.facts(*states), *record.evidence(self.store), self.names)

    def pair(self, a: str, b: str) -> Pair:
        """Two states and what passed between them; names and codes are understood."""
        return Pair(
            a=record.state_code(a),
            b=record.state_code(b),
            events=self.store.events(),
            store=self.store,
            names=self.names,
        )

    def why(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> tuple[Citation, ...]:
        """The words of the sources behind an event, or behind one triple of it."""
        return self.store.why(record.event_id(self.store, subject), predicate, value)

    def as_of(self) -> date | None:
        """The day of the newest source; the graph knows nothing later."""
        return record.newest(self.store)

    def to_networkx(self, **options: Any) -> nx.MultiDiGraph:
        """Visits as a directed multigraph, guest → host; options as in ``analysis.network.visits``."""
        from diplograph.analysis import network

        return network.visits(self.store.events(), names=self.names, **options)

    def view(self, *states: str) -> Page:
        """The interactive graph as one HTML page that needs no network; of all states or those named."""
        return pages.network(self.store, *states)

    def page(self, kind: str, *subjects: str) -> Page:
        """A page: ``page("pair", "KOR", "JPN")``, ``page("event", id)``, ``page("source", name)``."""
        return pages.page(self.store, kind, *subjects)

    def measure(
        self, name: str, *states: str, as_of: date | None = None, options: Mapping[str, Any] | None = None
    ) -> Table:
        """A measure that is plugged in, by its name, such as ``travellers`` or, of two states, ``series``.

        Args:
            name: As ``diplograph plugins`` lists it.
            states: Two states for a measure of two; else only events that involve all of them are measured.
            as_of: The day to look from; by default that of the newest source.
            options: Parameters of the measure's own.
        """
        from diplograph.analysis import plugged
        from diplograph.knowledge import gazetteer

        codes = [record.state_code(word) for word in states]
        offered = {
            "names": self.names,
            "tenures": tuple(gazetteer.load().tenures.values()),
            "as_of": as_of or self.store.newest(),
        }
        rows = plugged.measured(name, self.store.events(), codes, offered=offered, options=options)
        headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
        return Table(headings=headings, rows=rows, caption=wording.count(len(rows), "row"))

    def export(self, form: str = "trig") -> str:
        """The graph as text in a format of RDF: ``ttl``, ``trig``, ``nq``, ``nt`` or ``jsonld``."""
        return self.store.export(form)

    def close(self) -> None:
        """Write everything out and let go of the folder."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
