"""What a store answers: rows of a query, and the citations behind a fact."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from diplograph.vocab import XSD

_NUMBERS = {
    f"{XSD}{kind}": cast
    for kind, cast in (
        ("integer", int),
        ("nonNegativeInteger", int),
        ("decimal", float),
        ("double", float),
        ("boolean", "true".__eq__),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows of a query.

    Attributes:
        variables: Names of the columns, in the order of the query.
        bindings: A mapping for each row, in the form of the W3C's SPARQL 1.1 query results in JSON
            (``{"place": {"type": "uri", "value": "…"}}``); an unbound variable is left out.
    """

    variables: tuple[str, ...]
    bindings: tuple[Mapping[str, Mapping[str, Any]], ...]

    @classmethod
    def of_json(cls, text: str | bytes) -> Self:
        """The answer that the W3C's JSON format tells; yes or no is a row with the column ``answer``."""
        told = json.loads(text)
        if "boolean" in told:
            truth = {"type": "literal", "value": str(told["boolean"]).lower(), "datatype": f"{XSD}boolean"}
            return cls(variables=("answer",), bindings=({"answer": truth},))
        return cls(variables=tuple(told["head"]["vars"]), bindings=tuple(told["results"]["bindings"]))

    def __len__(self) -> int:
        return len(self.bindings)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows as plain mappings from variable to text, number, or None where it is unbound."""
        for binding in self.bindings:
            yield {name: _plain(binding.get(name)) for name in self.variables}

    def rows(self) -> list[dict[str, Any]]:
        """The rows as a list of plain mappings."""
        return list(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as the W3C's JSON format has it."""
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": list(self.bindings)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The words of one source behind a fact.

    Attributes:
        event: Id of the event that the fact is of.
        report: Id of the report that tells it.
        source: Id of the source.
        source_name: Its name, for people.
        published: Its date of publication.
        field: What the words support, such as ``when``; ``event`` for the sentence that tells the event.
        quote: The exact words, ``text[start:end]``.
        start: Where they start in the stored text, in code points.
        end: Where they end.
        attribution: Who says so; None for the outlet itself.
        polarity: ``affirmed``, ``denied`` or ``hypothetical``.
        status: The status that the source gives the event.
        confidence: Of the reading.
        extractor: What read it.
        rule: By which rule it was read, or, for an inferred triple, inferred.
        reasons: What spoke for the reading.
        stance: ``for`` or ``against`` the consensus, by the decision on this field.
    """

    event: str
    report: str
    source: str
    source_name: str
    published: date | None
    field: str
    quote: str
    start: int
    end: int
    attribution: str | None
    polarity: str
    status: str
    confidence: float
    extractor: str
    rule: str
    reasons: tuple[str, ...] = ()
    stance: str = "for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A source that was taken out; nothing of what it said is kept.

    Attributes:
        source: Its id.
        name: Its name, for people.
        published: Its date of publication.
        on: The day on which it was taken out, as the graph counts: that of the newest source by default.
        by: Id of the source that took its place.
        events: Ids of the events that ended with it, or changed their id.
    """

    source: str
    name: str
    published: date | None = None
    on: date | None = None
    by: str | None = None
    events: tuple[str, ...] = ()


def _plain(term: Mapping[str, Any] | None) -> Any:
    if term is None:
        return None
    cast = _NUMBERS.get(term.get("datatype", ""), str)
    return cast(term["value"])
