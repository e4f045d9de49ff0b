"""What a store lets in: names in one spelling, nothing that turns the direction of text, dates that can be.

Takes a document and its reports; gives them as they are stored, or refuses in words. Names that are encoded
in two ways (composed and decomposed) become one; quotes and texts stay as they were told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from diplograph.errors import SourceError
from diplograph.model import Document, Facts, Report

FIRST_YEAR: Final = 1500
LAST_YEAR: Final = 2200
# They turn or hide what stands beside them, and belong in no name.
_HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")


def admitted(document: Document, reports: Sequence[Report]) -> tuple[Document, tuple[Report, ...]]:
    """The document and its reports as they are stored.

    Raises:
        SourceError: If a date lies outside the years 1500 to 2200.
    """
    _check_day(document.published, f"the date of publication of {document.name}")
    named = replace(
        document,
        name=clean(document.name),
        publisher=document.publisher and clean(document.publisher),
        title=document.title and clean(document.title),
    )
    return named, tuple(_report(report, document.name) for report in reports)


def clean(name: str) -> str:
    """A name in NFC, on one line, without controls."""
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", name)).split())


def _report(report: Report, source: str) -> Report:
    when = report.facts.when
    if when.start:
        for bound in (when.earliest_start(), when.latest_end()):
            _check_day(bound, f"the time {when.edtf} that {source} tells")
    said = report.attribution and clean(report.attribution)
    facts = _facts(report.facts)
    if facts == report.facts and said == report.attribution:
        return report
    return replace(report, facts=facts, attribution=said)


def _facts(facts: Facts) -> Facts:
    place, occasion = facts.place, facts.occasion
    return replace(
        facts,
        participants=tuple(
            replace(p, name=clean(p.name), person=clean(p.person), office=p.office and clean(p.office))
            for p in facts.participants
        ),
        place=place and replace(place, name=clean(place.name)),
        occasion=occasion and replace(occasion, name=clean(occasion.name)),
        issues=tuple(replace(topic, name=clean(topic.name)) for topic in facts.issues),
    )


def _check_day(day: date | None, what: str) -> None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise SourceError(
            f"{what} lies outside the years {FIRST_YEAR} to {LAST_YEAR}: {day}; correct it and try again"
        )
