"""What may follow in a query: prefixes, terms of the ontology, things of the gazetteer, variables, keywords.

``offers`` takes a query and where the cursor stands; gives the piece of a word before the cursor and the
words that may take its place. ``strangers`` takes a query and tells what in it nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from diplograph.errors import likely
from diplograph.vocab import DG, PREFIXES

MOST: Final = 200
"""Offers at a time; more are found by typing on."""

_VARIABLE: Final = re.compile(r"[?$]\w*$")
_PREFIXED: Final = re.compile(r"\b([a-z][a-z-]*):([\w-]*)$")
_WORD: Final = re.compile(r"[\w-]*$")
_AFTER_A: Final = re.compile(r"(?:\sa|rdf:type)\s+[\w-]*:?[\w-]*$")
# Between quotes and in addresses nothing of ours is meant.
_ELSEWHERE: Final = re.compile(r"""("[^"\n]*|'[^'\n]*|<[^>\s]*|\#[^\n]*)$""")
_KEYWORDS: Final = (
    "SELECT DISTINCT WHERE OPTIONAL FILTER GRAPH UNION MINUS BIND VALUES ORDER BY GROUP HAVING LIMIT OFFSET "
    "ASK CONSTRUCT DESCRIBE PREFIX EXISTS NOT IN AS ASC DESC COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT "
    "COALESCE IF BOUND STR LANG DATATYPE REGEX CONTAINS STRSTARTS STRENDS LCASE UCASE YEAR MONTH DAY"
).split()
# What is behind these prefixes is written down; of persons, places and the like a graph may know others.
_CLOSED: Final = frozenset({"dg", "event-type", "polarity", "state", "status"})
_OTHERS: Final[Mapping[str, str]] = {
    "rdf": "type",
    "rdfs": "label comment subClassOf subPropertyOf",
    "skos": "prefLabel altLabel definition broader narrower notation exactMatch closeMatch",
    "prov": "wasDerivedFrom wasGeneratedBy",
    "oa": "hasSelector start end exact TextPositionSelector TextQuoteSelector",
    "xsd": "date dateTime string integer decimal boolean",
    "owl": "sameAs Class ObjectProperty DatatypeProperty",
}


def offers(query: str, cursor: int) -> tuple[str, list[str]]:
    """What may stand at the cursor.

    Args:
        query: The whole query.
        cursor: Where the cursor stands in it, counted in characters.

    Returns:
        The piece before the cursor that is replaced, and what may replace it.
    """
    before = query[:cursor]
    if _ELSEWHERE.search(before):
        return "", []
    if found := _VARIABLE.search(before):
        known = set(re.findall(r"[?$]\w+", before[: found.start()] + query[cursor:]))
        return found[0], _beginning(found[0], sorted(known))
    if found := _PREFIXED.search(before):
        prefix = found[1]
        names = _classes() if prefix == "dg" and _AFTER_A.search(before) else _names(prefix)
        return found[0], [f"{prefix}:{name}" for name in _beginning(found[2], names)]
    word = found[0] if (found := _WORD.search(before)) else ""
    return word, _beginning(word, [*(f"{prefix}:" for prefix in sorted(PREFIXES)), *_KEYWORDS])


def strangers(query: str) -> list[str]:
    """What is said of terms in a query that the graph cannot know, because nothing of ours is called so.

    An answer without rows is often one to a question that was spelled wrongly.
    """
    told = []
    for prefix, name in dict.fromkeys(re.findall(r"(?<![\w:/-])([a-z][a-z-]*):([A-Za-z][\w-]*)", query)):
        if prefix in _CLOSED and name not in _names(prefix):
            meant = likely(name, _names(prefix), listed=False)
            told.append(f"{prefix}:{name} is no term of the graph{meant}")
    return told


def _beginning(word: str, names: Iterable[str]) -> list[str]:
    """The names that begin so; those that are written so come first."""
    low = word.casefold()
    found = [name for name in names if name.casefold().startswith(low)]
    return sorted(found, key=lambda name: not name.startswith(word))[:MOST]


@cache
def _names(prefix: str) -> tuple[str, ...]:
    """The local names behind a prefix."""
    if prefix in _OTHERS:
        return tuple(_OTHERS[prefix].split())
    return tuple(_SOURCES[prefix]()) if prefix in _SOURCES else ()


def _classes() -> tuple[str, ...]:
    from diplograph.knowledge import ontology

    return tuple(term.name for term in ontology.terms() if term.kind == "class")


def _terms() -> list[str]:
    """Properties before classes: where a class is meant, ``a`` stands before it."""
    from diplograph.knowledge import ontology

    ordered = sorted(ontology.terms(), key=lambda term: (term.kind == "class", term.name))
    return [term.iri.removeprefix(DG) for term in ordered]


def _event_types() -> list[str]:
    from diplograph.knowledge import ontology

    return [term.id for term in ontology.event_types()]


def _issues() -> list[str]:
    from diplograph.knowledge import ontology

    return [issue.id for issue in ontology.issues()]


def _statuses() -> list[str]:
    from diplograph.model import Status

    return [status.value for status in Status]


def _polarities() -> list[str]:
    from diplograph.model import Polarity

    return [polarity.value for polarity in Polarity]


def _known(table: str) -> Callable[[], list[str]]:
    """Slugs of a table of the gazetteer."""

    def names() -> list[str]:
        from diplograph.knowledge import gazetteer

        return sorted(getattr(gazetteer.load(), table))

    return names


def _persons() -> list[str]:
    from diplograph.knowledge import gazetteer

    return sorted({tenure.person for tenure in gazetteer.load().tenures.values()})


_SOURCES: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    "dg": _terms,
    "event-type": _event_types,
    "gathering": _known("gatherings"),
    "issue": _issues,
    "org": _known("organisations"),
    "person": _persons,
    "place": _known("places"),
    "polarity": _polarities,
    "series": _known("series"),
    "state": _known("states"),
    "status": _statuses,
}
