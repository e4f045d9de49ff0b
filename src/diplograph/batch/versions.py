"""Finds the documents that another one of the batch replaces, as ``pipeline.ingest`` would.

Of one document found twice the first name stays; of versions of one text, by address or by name, the newest.
Takes the sources of all slices as a Spark table; gives slice and place of those that go.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from diplograph.model import Document
from diplograph.pipeline import is_version

# What is found twice counts where it is found last, under the name that sorts first.
_FOUND: Final = """
SELECT *, row_number() OVER (PARTITION BY id ORDER BY name, slice, place) AS again,
    max(slice * 1000000000L + place) OVER (PARTITION BY id) AS at
FROM sources
"""
_REPLACED: Final = """
SELECT slice, place FROM (
    SELECT slice, place, row_number() OVER (PARTITION BY url ORDER BY coalesce(published, DATE '0001-01-01') DESC, at DESC) AS old
    FROM found WHERE again = 1 AND url IS NOT NULL)
WHERE old > 1
"""
_NAMESAKES: Final = """
SELECT slice, place, id, name, url, published, at, quads FROM found
WHERE again = 1 AND name NOT IN ('text', '-') AND name IN (
    SELECT name FROM found WHERE again = 1 GROUP BY name HAVING count(*) > 1 AND count(url) < count(*))
"""


def dropped(session: Any, sources: Any) -> Any:
    """Slice and place of the sources that go, as a Spark table.

    Args:
        session: The Spark session.
        sources: The table of all sources.
    """
    sources.createOrReplaceTempView("sources")
    session.sql(_FOUND).createOrReplaceTempView("found")
    twice = session.sql("SELECT slice, place FROM found WHERE again > 1")
    named = session.sql(_NAMESAKES).repartition("name").sortWithinPartitions("name", "at")
    older = session.createDataFrame(
        named.rdd.map(lambda row: row.asDict()).mapPartitions(_older), "slice int, place int"
    )
    return twice.union(session.sql(_REPLACED)).union(older).distinct()


def _older(rows: Iterator[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """Of documents of one name those that a later one is a version of."""
    for _, group in groupby(rows, key=lambda row: row["name"]):
        same = [(row, _document(row)) for row in group]
        for row, document in same:
            if any(_replaces(a, row, b, document) for a, b in same):
                yield row["slice"], row["place"]


def _replaces(newer: Mapping[str, Any], row: Mapping[str, Any], document: Document, older: Document) -> bool:
    later = (str(newer["published"] or ""), newer["at"]) > (str(row["published"] or ""), row["at"])
    return later and is_version(document, older)


def _document(row: Mapping[str, Any]) -> Document:
    """As much of a document as tells whether it is a version of another."""
    return Document(
        id=row["id"], name=row["name"], text=_text(row["quads"]), raw=b"", published=row["published"],
        publisher=None, url=row["url"],
    )  # fmt: skip


def _text(triples: str) -> str:
    from pyoxigraph import NamedNode, RdfFormat, parse

    from diplograph.vocab import DG

    found = parse(triples.encode(), format=RdfFormat.N_TRIPLES)
    return next(str(t.object.value) for t in found if t.predicate == NamedNode(f"{DG}text"))
