"""Reads a document with extractors that are plugged in, by their names.

``named("rules,gazette")`` gives an ``Extractor``. What comes from another package is held to the promise that
every fact has its sentence before it goes any further.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diplograph.model import Document, Report
from diplograph.pipeline.reading import Extractor, own_extractor
from diplograph.plugins import OWN, Plug, Socket, find

RULES = "rules"


@dataclass(frozen=True, slots=True)
class Named:
    """Extractors by their names; another process, to which this is sent, imports them anew.

    Attributes:
        names: As they are plugged in.
    """

    names: tuple[str, ...]

    def __call__(self, document: Document) -> tuple[Report, ...]:
        """What all of them read, in their order; a report that several give counts once.

        Raises:
            PluginError: If one breaks, or gives what is no report of this document.
        """
        found: dict[str, Report] = {}
        for name in self.names:
            for report in _read(find(Socket.EXTRACTOR, name), document):
                found.setdefault(report.id, report)
        return tuple(found.values())


def named(names: str) -> Extractor:
    """The extractor of a name, or several as one if there are commas between the names.

    Raises:
        UnknownPluginError: If there is none of a name; lists the names there are.
        PluginError: If one cannot be loaded.
    """
    wanted = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip())) or (RULES,)
    found = [find(Socket.EXTRACTOR, name) for name in wanted]
    for plug in found:
        plug.load()
    return own_extractor() if [plug.package for plug in found] == [OWN] else Named(wanted)


def _read(plug: Plug, document: Document) -> Iterator[Report]:
    for report in plug.each(document):
        if plug.package != OWN and (fault := _fault(report, document)):
            raise plug.broken(fault)
        yield report


def _fault(report: object, document: Document) -> str | None:
    """What keeps a report from being one of this document, in words."""
    if not isinstance(report, Report):
        return f"it gave a {type(report).__name__}, where a Report is asked for"
    if report.source != document.id:
        return f"it gave a report of the source {report.source!r}, and read {document.name}"
    wrong = [e for e in report.evidence if document.text[e.start : e.end] != e.quote or not e.quote]
    if wrong:
        return f"its evidence {wrong[0].quote!r} does not stand at {wrong[0].start} in {document.name}"
    if not any(e.field == "event" for e in report.evidence):
        return "it gave a report without evidence of field 'event', the sentence that tells it"
    if report.id != Report.digest(report.source, report.facts, report.evidence):
        return "it gave a report whose id is not Report.digest(source, facts, evidence)"
    return None
