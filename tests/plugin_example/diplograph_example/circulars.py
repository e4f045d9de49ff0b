"""Court circulars: files that end in ``.circular``, with lines that tell of audiences.

A line is ``2024-09-06 KOR received JPN at Seoul.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from diplograph.errors import SourceError
from diplograph.model import Document, EventType, Evidence, Facts, PlaceName, Report, Status, TimeSpan
from diplograph.sources import Draft

_LINE = re.compile(
    r"^(?P<day>\d{4}-\d\d-\d\d) (?P<host>[A-Z]{3}) received (?P<guest>[A-Z]{3}) at (?P<place>[\w ]+)\.",
    re.MULTILINE,
)


def read(name: str, stream: BinaryIO) -> Iterator[Draft]:
    """One circular, which is text in UTF-8."""
    raw = stream.read()
    if not raw.strip():
        raise SourceError(f"{name}: the circular is empty")
    yield Draft(name=name, text=raw.decode("utf-8"), raw=raw, publisher="Lord Chamberlain")


def extract(document: Document) -> tuple[Report, ...]:
    """The audiences of a court circular, as visits."""
    return tuple(_report(document, found) for found in _LINE.finditer(document.text))


def _report(document: Document, found: re.Match[str]) -> Report:
    guest, host = found["guest"], found["host"]
    facts = Facts(
        type=EventType.VISIT,
        status=Status.HELD,
        states=(guest, host),
        guests=(guest,),
        host=host,
        place=PlaceName(name=found["place"], state=host),
        when=TimeSpan(start=found["day"]),
    )
    spans = [("event", found.span()), ("when", found.span("day")), ("place", found.span("place"))]
    evidence = tuple(
        sorted(
            Evidence(start=start, end=end, field=field, quote=document.text[start:end])
            for field, (start, end) in spans
        )
    )
    return Report(
        id=Report.digest(document.id, facts, evidence),
        source=document.id,
        published=document.published,
        facts=facts,
        evidence=evidence,
        confidence=0.99,
        extractor="diplograph-example/1",
        rule="visit/circular",
    )
