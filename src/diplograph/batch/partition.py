"""Reads one partition: the same code on a laptop and on every machine of a cluster.

Takes paths; gives a ``Line`` for each document: its events in the interchange format, or its failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from diplograph.errors import DiplographError


class Line(NamedTuple):
    """What became of one document.

    Attributes:
        text: Its line of JSON; empty if it failed.
        events: Number of its events.
        failure: Why it failed; empty if it did not.
    """

    text: str
    events: int = 0
    failure: str = ""


def lines(paths: Iterable[str], published: date | None = None) -> Iterator[Line]:
    """The lines of a partition, in the order of its paths.

    Args:
        paths: Files.
        published: Publication date of documents that do not tell their own.
    """
    from diplograph.extract import extract
    from diplograph.model.interchange import to_line
    from diplograph.sources import SourceFailure, read

    for found in read(paths, published=published):
        if isinstance(found, SourceFailure):
            yield Line(text="", failure=str(found.reason))
            continue
        try:
            told = to_line(found, extract(found))
        except (DiplographError, ValueError, RecursionError) as error:
            # One document must not end the work of a whole partition.
            yield Line(text="", failure=f"{found.name}: cannot be read: {error}")
            continue
        yield Line(text=json.dumps(told, ensure_ascii=False), events=len(told["events"]))
