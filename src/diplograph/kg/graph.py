"""One object for a graph: every method asks a room below and makes its answer a table, quotes or a page.

The examples run in the tests, on three short articles about Korea and Japan.
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
from diplograph.display import Page, Quotes, Table, of_arrow
from diplograph.kg import leader
from diplograph.kg.dossier import Dossier
from diplograph.kg.leader import Leader
from diplograph.model import Event
from diplograph.pair import Pair

if TYPE_CHECKING:
    import networkx as nx

    from diplograph.pipeline import IngestResult
    from diplograph.store import Store


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
        self,
        *inputs: str | Path,
        text: str | None = None,
        published: date | str | None = None,
        jobs: int = 1,
        extractor: str = "rules",
    ) -> IngestResult:
        """Read inputs into the graph; what is in it already changes nothing.

        Args:
            inputs: Files, folders, patterns and addresses.
            text: An article as text, instead of inputs.
            published: When it was published, if it does not tell.
            jobs: Processes that read.
            extractor: What reads, as ``diplograph plugins`` lists it; several with commas.

        Example:
            >>> with diplograph.open("new") as new:
            ...     done = new.ingest(text="Macron met Meloni in Rome on Tuesday.", published="2025-06-05")
            ...     done.reports, new.events().column("when")
            (1, ['2025-06-03'])
        """
        from diplograph import pipeline

        day = date.fromisoformat(published) if isinstance(published, str) else published
        reader = pipeline.named(extractor)
        return pipeline.ingest(self.store, inputs, text=text, published=day, jobs=jobs, extractor=reader)

    def sparql(self, query: str, **values: Any) -> Table:
        """Answer a SPARQL query over the consensus; ``GRAPH`` reaches the evidence.

        Args:
            query: The query; the prefixes of the house need not be declared.
            values: For a variable of the query, the IRI or literal that takes its place.

        Example:
            >>> list(kg.sparql("SELECT ?when { ?visit a dg:Visit ; dg:host state:JPN ; dg:edtf ?when }"))
            [{'when': '2025-08-23'}]
        """
        return record.of_answer(self.store.query(query, values)).cited(self.why)

    def ask(self, question: str, **parameters: str) -> Table:
        """Answer a competency question by its name, such as ``whose-turn``, with ``a="KOR", b="JPN"``.

        Example:
            >>> kg.ask("whose-turn", a="KOR", b="JPN")[0]["turn"]
            'state:KOR'
        """
        from diplograph.store import questions

        return record.of_answer(questions.ask(self.store, question, parameters)).cited(self.why)

    def facts(self, *states: str) -> tuple[Event, ...]:
        """Events as the model has them: those that involve all the states named, or all."""
        from diplograph.analysis import twin

        return twin.events(self.store, [record.state_code(word) for word in states])

    def events(self, *states: str) -> Table:
        """Events in order of time with their quotes: those that involve all the states named, or all.

        Where event data was imported they come from the columnar twin, whatever their number.

        Example:
            >>> kg.events("Korea", "Japan")[0]["what"]
            'Fumio Kishida visited Seoul, South Korea'
            >>> len(kg.events("Korea", "France"))
            0
        """
        twin = getattr(self.store, "columns", None)
        if twin is not None and twin.parts():
            found = twin.rows([record.state_code(word) for word in states])
            return of_arrow(found, wording.count(found.num_rows, "event"), record.BRIEF).cited(self.why)
        table = record.of_events(self.facts(*states), *record.evidence(self.store), self.names)
        return table.cited(self.why)

    def pair(self, a: str, b: str) -> Pair:
        """Two states and what passed between them; names and codes are understood.

        Example:
            >>> kg.pair("Korea", "Japan").shuttle().column("days")
            [None, '351 days', '38 days']
        """
        return Pair(
            a=record.state_code(a),
            b=record.state_code(b),
            events=self.store.events(),
            store=self.store,
            names=self.names,
        )

    def leader(self, who: str) -> Leader:
        """One person, by name or slug: tenures, journeys, counterparts.

        Example:
            >>> kg.leader("Lee Jae Myung").counterparts().column("name")
            ['Shigeru Ishiba']

        Raises:
            QueryError: If no person of the graph is called so, or several are.
        """
        from diplograph.knowledge import gazetteer

        events = self.store.events()
        tenures = gazetteer.load().tenures.values()
        person, name = leader.found(who, events, tenures)
        return Leader(
            person=person,
            name=name,
            events=tuple(e for e in events if person in {p.person for p in e.facts.participants}),
            held=tuple(
                sorted((t for t in tenures if t.person == person), key=lambda t: (t.start or "", t.id))
            ),
            store=self.store,
            names=self.names,
        )

    def why(self, subject: str, predicate: str | None = None, value: str | None = None) -> Quotes:
        """The words of the sources behind an event, or behind one triple of it.

        Args:
            subject: Id of an event, or its beginning.
            predicate: Name of a property, such as ``place``.
            value: Its value; None takes what the graph says.

        Example:
            >>> visit = kg.pair("KOR", "JPN").visits()[0]
            >>> kg.why(visit["event"], "place")[0].quote
            'Seoul'
        """
        return Quotes(self.store.why(record.event_id(self.store, subject), predicate, value))

    def diff(self, since: date | str, until: date | str | None = None) -> Table:
        """What sources published after one day, and up to another, changed: new, moved, contradicted, gone.

        Example:
            >>> kg.diff("2025-08-31", "2025-10-31").column("after")[0]
            'visit of JPN and KOR in Busan, 2025-09-30 (held)'
        """
        from dataclasses import asdict, fields

        from diplograph.store.difference import Difference, difference

        first, last = (date.fromisoformat(d) if isinstance(d, str) else d for d in (since, until))
        assert first is not None, "an argument that must be given"
        rows = tuple(
            {**asdict(one), "kind": one.kind.value, "sources": list(one.sources)}
            for one in difference(self.store, first, last)
        )
        headings = tuple(each.name for each in fields(Difference))
        caption = wording.count(len(rows), "difference")
        return Table(headings=headings, rows=rows, caption=caption).cited(self.why)

    def as_of(self) -> date | None:
        """The day of the newest source; the graph knows nothing later."""
        return record.newest(self.store)

    def to_networkx(self, **options: Any) -> nx.MultiDiGraph:
        """Visits as a directed multigraph, guest → host; options as in ``analysis.network.visits``.

        Example:
            >>> kg.to_networkx().number_of_edges("JPN", "KOR")
            2
        """
        from diplograph.analysis import network

        return network.visits(self.store.events(), names=self.names, **options)

    def view(self, *states: str) -> Page:
        """The interactive graph as one HTML page that needs no network; of all states or those named.

        Example:
            >>> kg.view("Korea", "Japan").save("korea-japan.html").name
            'korea-japan.html'
        """
        return pages.network(self.store, *states)

    def map(self) -> Page:
        """Journeys on the map, by year, as one page."""
        return pages.page(self.store, "map")

    def page(self, kind: str, *subjects: str) -> Page:
        """A page: ``page("pair", "KOR", "JPN")``, ``page("event", id)``, ``page("source", name)``."""
        return pages.page(self.store, kind, *subjects)

    def dossier(
        self, a: str, b: str, *, since: date | str | None = None, as_of: date | str | None = None
    ) -> Dossier:
        """A briefing on two states, with footnotes that quote.

        Args:
            a: The one.
            b: The other.
            since: Where the record begins.
            as_of: The day to look from; by default that of the newest source.

        Example:
            >>> kg.dossier("Korea", "Japan", since="2023-01-01").markdown.splitlines()[0]
            '# South Korea – Japan: dossier'
        """
        first, last = (date.fromisoformat(d) if isinstance(d, str) else d for d in (since, as_of))
        codes = (record.state_code(a), record.state_code(b))
        return Dossier(a=codes[0], b=codes[1], store=self.store, since=first, as_of=last)

    def measure(
        self, name: str, *states: str, as_of: date | None = None, options: Mapping[str, Any] | None = None
    ) -> Table:
        """A measure that is plugged in, by its name, such as ``travellers`` or, of two states, ``series``.

        Args:
            name: As ``diplograph plugins`` lists it.
            states: Two states for a measure of two; else only events that involve all of them are measured.
            as_of: The day to look from; by default that of the newest source.
            options: Parameters of the measure's own.

        Example:
            >>> kg.measure("travellers").column("name")
            ['Fumio Kishida', 'Lee Jae Myung', 'Shigeru Ishiba']
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
        return Table(headings=headings, rows=rows, caption=wording.count(len(rows), "row")).cited(self.why)

    def export(self, form: str = "trig") -> str:
        """The graph as text in a format of RDF: ``ttl``, ``trig``, ``nq``, ``nt`` or ``jsonld``."""
        return self.store.export(form)

    def close(self) -> None:
        """Write everything out and let go of the folder."""
        self.store.close()

    def __repr__(self) -> str:
        sources, events = len(self.store.sources()), self.store.size()
        held = f"{wording.count(sources, 'source')}, {wording.count(events, 'event')}"
        return f"<KnowledgeGraph {self.store.where}: {held}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
