"""Which form of an answer a client gets: the best of those it asks for, of those there are.

Takes the header ``Accept``; gives a media type, or None where nothing fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
TURTLE: Final = "text/turtle"

# What a client may ask for, the favourite first, and the form in which the engine then writes it.
ROWS: Final[Mapping[str, str]] = {
    JSON: JSON,
    "application/json": JSON,
    XML: XML,
    "application/xml": XML,
    "text/xml": XML,
    CSV: CSV,
    TSV: TSV,
}
TRUTH: Final[Mapping[str, str]] = ROWS
TRIPLES: Final[Mapping[str, str]] = {
    TURTLE: TURTLE,
    "application/n-triples": "application/n-triples",
    "application/ld+json": "application/ld+json",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
    "application/rdf+xml": "application/rdf+xml",
    "text/n3": "text/n3",
    "application/x-turtle": TURTLE,
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
}
# For links, which cannot say what they accept: a short name for a form, for whatever kind of answer has it.
SHORT: Final[Mapping[str, str]] = {
    "csv": CSV,
    "tsv": TSV,
    "json": f"{JSON}, application/ld+json",
    "xml": f"{XML}, application/rdf+xml",
    "ttl": TURTLE,
    "nt": "application/n-triples",
}
KINDS: Final = {"rows": ROWS, "truth": TRUTH, "triples": TRIPLES}


def chosen(accept: str, kinds: Sequence[str]) -> str | None:
    """The media type to answer in.

    Args:
        accept: The header; empty asks for anything.
        kinds: What there is, the favourite first.
    """
    asked = _asked(accept)
    if not asked:
        return kinds[0]
    best, best_weight = None, 0.0
    for kind in kinds:
        weight = _weight(kind, asked)
        if weight > best_weight:
            best, best_weight = kind, weight
    return best


def wants_page(accept: str) -> bool:
    """Whether a client is a browser: it asks for HTML, and for nothing that the endpoint speaks more."""
    return chosen(accept, (JSON, "text/html")) == "text/html"


def _asked(accept: str) -> list[tuple[str, float]]:
    asked = []
    for part in filter(None, (part.strip() for part in accept.split(","))):
        media, *parameters = (each.strip().lower() for each in part.split(";"))
        weights = [each[2:] for each in parameters if each.startswith("q=")]
        asked.append((media, _number(weights[0]) if weights else 1.0))
    return asked


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _weight(kind: str, asked: Sequence[tuple[str, float]]) -> float:
    """How much a kind is wanted: the most exact range that fits it tells."""
    for range_ in (kind, f"{kind.split('/', maxsplit=1)[0]}/*", "*/*"):
        weights = [weight for media, weight in asked if media == range_]
        if weights:
            return max(weights)
    return 0.0
