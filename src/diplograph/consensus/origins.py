"""Tells which sources only repeat each other: copies of an agency's text are one voice, not many.

``origins`` takes reports and gives, for each source, the source that stands for all that tell in the same
words. A copy is known by its sentences: cut short, under another headline or publisher, it still tells the
event in the words of the original. Which of them was first is not known and does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from diplograph.model import Report

_WORD = re.compile(r"\w+")
_FEWEST = 8
"""Words from which two writers no longer hit on the same ones by chance."""


def origins(reports: Iterable[Report]) -> Mapping[str, str]:
    """Source → the source, smallest by id, that stands for all which tell in the same words.

    Args:
        reports: Reports of one event.
    """
    stands: dict[str, str] = {}
    first: dict[tuple[str, ...], str] = {}
    for report in sorted(reports, key=lambda r: r.source):
        stands.setdefault(report.source, report.source)
        for words in _wordings(report):
            _join(stands, report.source, first.setdefault(words, report.source))
    return {source: _root(stands, source) for source in stands}


def voices(reports: Iterable[Report]) -> int:
    """How many sources tell something, copies counted once."""
    return len(set(origins(reports).values()))


def copies(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Sources that tell in the same words, in groups of two and more, sorted."""
    groups: dict[str, list[str]] = {}
    for source, origin in origins(reports).items():
        groups.setdefault(origin, []).append(source)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def _wordings(report: Report) -> Iterator[tuple[str, ...]]:
    """The sentence that tells the event, by its beginning and its end; short ones tell nothing.

    A copy may lack a dateline at the one end or a clause at the other.
    """
    for evidence in report.evidence:
        words = tuple(_WORD.findall(evidence.quote.casefold())) if evidence.field == "event" else ()
        if len(words) >= _FEWEST:
            yield words[:_FEWEST]
            yield words[-_FEWEST:]


def _root(stands: dict[str, str], source: str) -> str:
    while stands[source] != source:
        source = stands[source]
    return source


def _join(stands: dict[str, str], one: str, other: str) -> None:
    a, b = sorted((_root(stands, one), _root(stands, other)))
    stands[b] = a
