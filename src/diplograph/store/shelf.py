"""The reports and events that a change touches, found through the index and remembered for the next change.

Takes an engine; is the ``EventArchive`` of ``consensus.amend``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from diplograph.consensus import Rulings, dyad_of
from diplograph.consensus.touch import filed, filed_event
from diplograph.graph.ntriples import dg, line, text
from diplograph.graph.records import event_from, report_from
from diplograph.model import Event, Report
from diplograph.store.engine import DEFAULT, INDEX, RECORDS, Engine, address, first, local
from diplograph.store.persons import stored_rulings

_MOST: Final = 30_000  # reports or events that are remembered


class Shelf:
    """What is stored, as merging wants it.

    Args:
        engine: Where it is stored.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reports: dict[str, Report] = {}
        self._events: dict[str, Event] = {}
        self._rulings: Rulings | None = None
        # What is filed under a key is asked many times between two changes.
        self._filed: dict[str, frozenset[str]] = {}
        self._few: dict[tuple[str, int], frozenset[str] | None] = {}

    def found(self, keys: Iterable[str]) -> Mapping[str, Set[str]]:
        """By key, the ids of what is filed under it."""
        asked = list(dict.fromkeys(keys))
        names = {text(key): key for key in asked if key not in self._filed}
        told = self._engine.subjects("filed", names, INDEX) if names else {}
        for literal, key in names.items():
            self._filed[key] = frozenset(map(local, told.get(literal, ())))
        return {key: found for key in asked if (found := self._filed[key])}

    def few(self, key: str, most: int) -> Set[str] | None:
        """The ids of what is filed under a key; None if they are more than a few."""
        if (key, most) not in self._few:
            told = self._engine.subjects("filed", [text(key)], INDEX, most=most + 1).get(text(key), ())
            self._few[key, most] = None if len(told) > most else frozenset(map(local, told))
        return self._few[key, most]

    def reports(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids that are there."""
        wanted = list(ids)
        missing = {address("report", name): name for name in wanted if name not in self._reports}
        if missing:
            self._load_reports(missing)
        return [self._reports[name] for name in wanted if name in self._reports]

    def together(self, ids: Iterable[str]) -> list[Sequence[str]]:
        """The ids of all reports of each event that any of these is of."""
        return [event.reports for event in self.events_of(ids)]

    def events(self, ids: Iterable[str]) -> list[Event]:
        """The events of these ids that are there."""
        wanted = list(ids)
        missing = [address("event", name) for name in wanted if name not in self._events]
        if missing:
            _make_room(self._events, wanted)
            for told in self._engine.values(missing, "record", RECORDS).values():
                event = event_from(told[0])
                self._events[event.id] = event
        return [self._events[name] for name in wanted if name in self._events]

    def events_of(self, reports: Iterable[str]) -> list[Event]:
        """The events that any of these reports is of."""
        nodes = [address("report", name) for name in reports]
        told = self._engine.values(nodes, "denotes", DEFAULT)
        return self.events(sorted({local(event) for events in told.values() for event in events}))

    def rulings(self) -> Rulings:
        """What persons decided."""
        if self._rulings is None:
            self._rulings = Rulings(stored_rulings(self._engine).values())
        return self._rulings

    def keep(self, gone: Iterable[Event], fresh: Iterable[Event], changed: Iterable[str]) -> None:
        """Learn what a change did: to events, and to which reports."""
        for event in gone:
            self._events.pop(event.id, None)
        self._events.update((event.id, event) for event in fresh)
        for name in changed:
            self._reports.pop(name, None)
        self._look_again()

    def forget(self) -> None:
        """Remember nothing."""
        self._reports.clear()
        self._events.clear()
        self._look_again()

    def _look_again(self) -> None:
        self._filed.clear()
        self._few.clear()
        self._rulings = None

    def _load_reports(self, missing: Mapping[str, str]) -> None:
        _make_room(self._reports, missing.values())
        of_source: dict[str, list[str]] = defaultdict(list)
        for node, sources in self._engine.values(missing, "reportedIn", INDEX).items():
            of_source[sources[0]].append(node)
        for source, nodes in of_source.items():
            # Copies of one text are known by their words, so merging looks at the quotes too.
            words = first(self._engine, source, "text", source) or ""
            for node, told in self._engine.values(nodes, "record", source).items():
                self._reports[missing[node]] = report_from(told[0], words)


def index_lines(reports: Iterable[Report], events: Iterable[Event]) -> list[str]:
    """What stands in the index for reports and events."""
    lines = []
    for report in reports:
        subject = f"<{address('report', report.id)}>"
        lines.append(line(subject, dg("reportedIn"), f"<{address('source', report.source)}>"))
        lines += [line(subject, dg("filed"), text(key)) for key in filed(report)]
    for event in events:
        subject = f"<{address('event', event.id)}>"
        keys = [*filed_event(event), f"dyad {dyad_of(event.facts.states)}"]
        lines += [line(subject, dg("filed"), text(key)) for key in keys]
    return lines


def _make_room(known: dict[str, Report] | dict[str, Event], wanted: Iterable[str]) -> None:
    """Forget everything but what is wanted now, once too much is remembered."""
    if len(known) > _MOST:
        asked = set(wanted)
        for name in [name for name in known if name not in asked]:
            del known[name]
