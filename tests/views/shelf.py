"""A store for tests that holds what it is given: its graph answers which events there are, and every other
query is answered with the same rows.
"""

from __future__ import annotations

from functools import cached_property

from diplograph.errors import StoreError
from diplograph.graph import background, rdf
from diplograph.store import Answer
from diplograph.store.asking import select
from diplograph.vocab import ID


class Shelf:
    """Events, reports and documents as a store shows them; ``said`` is what a query is answered with."""

    where = "memory"
    read_only = True

    def __init__(self, events, reports, documents, said="Busan"):
        self._events = tuple(sorted(events, key=lambda event: event.id))
        self._reports = {report.id: report for report in reports}
        self._documents = {document.id: document for document in documents}
        self._said = said

    def events(self):
        return self._events

    def event(self, name):
        for event in self._events:
            if event.id == name:
                return event
        raise StoreError(f"no event {name!r}")

    def reports(self, event=None):
        if event is None:
            return tuple(self._reports.values())
        return tuple(self._reports[key] for key in self.event(event).reports if key in self._reports)

    def report(self, name):
        return self._reports[name]

    def reports_of_source(self, name):
        return tuple(report for report in self._reports.values() if report.source == name)

    def sources(self):
        return tuple(sorted(self._documents))

    def has(self, name):
        return name in self._documents

    def sources_named(self, name, url=None):  # noqa: ARG002 - as a store has it
        return tuple(sorted(key for key, document in self._documents.items() if document.name == name))

    def document(self, name):
        if name not in self._documents:
            raise StoreError(f"no source {name!r}")
        return self._documents[name]

    def newest(self):
        days = [document.published for document in self._documents.values() if document.published]
        return max(days, default=None)

    @cached_property
    def _graph(self):
        from pyoxigraph import NamedNode, RdfFormat
        from pyoxigraph import Store as Database

        database, known = Database(), background.load()
        for event in self._events:
            text = "\n".join(rdf.event_triples(event, known))
            database.load(text.encode("utf-8", "replace"), format=RdfFormat.N_TRIPLES)
        for key, document in self._documents.items():
            text = "\n".join(rdf.source_triples(document, self.reports_of_source(key)))
            graph = NamedNode(f"{ID}source/{key}")
            database.load(text.encode("utf-8", "replace"), format=RdfFormat.N_TRIPLES, to_graph=graph)
        return database

    def query(self, sparql, substitutions=None):
        if "?event" in sparql or "dg:attribution" in sparql:
            return select(self._graph, sparql, substitutions)
        rows = (
            {
                "state": {"type": "uri", "value": "https://w3id.org/diplograph/id/state/KOR"},
                "words": {"type": "literal", "value": self._said},
                "address": {"type": "uri", "value": f"https://example.org/{self._said}"},
            },
        )
        return Answer(variables=("state", "words", "address"), bindings=rows)
