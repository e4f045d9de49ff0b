"""Merges the reports of some groups of states and writes what comes of it.

Takes the rows of a partition, sorted by group of states, first day and id; cuts them where nothing that was
told before can meet what is told after, so that memory holds one piece at a time; each piece goes through the
same ``consensus.merge`` and ``graph.rdf`` as on one machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from diplograph.batch import parts
from diplograph.consensus import dyad_of, merge
from diplograph.graph.background import Background
from diplograph.graph.ntriples import in_graph
from diplograph.graph.rdf import RECORDS, event_label, event_record_line, event_triples, things
from diplograph.graph.records import report_from
from diplograph.model import Event, Report
from diplograph.store.columns import twin_row
from diplograph.store.engine import INDEX
from diplograph.store.shelf import index_lines

Row = Mapping[str, Any]
_CODES = ("code", "goldstein", "guest_code", "host_code")


def pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows that can meet each other, directly or by way of others.

    Args:
        rows: Sorted by ``dyad`` and ``begins``.
    """
    piece: list[Row] = []
    ends = 0
    for row in rows:
        if piece and (row["dyad"] != piece[0]["dyad"] or row["begins"] > ends):
            yield piece
            piece = []
        ends = max(ends, row["ends"]) if piece else row["ends"]
        piece.append(row)
    if piece:
        yield piece


def merge_partition(rows: Iterable[Row], output: Path, number: int, background: Background) -> dict[str, Any]:
    """Merge a partition into files of the folder of a batch.

    Args:
        rows: Rows of reports, sorted by ``dyad``, ``begins`` and ``id``.
        output: The folder.
        number: The partition's.
        background: What is known of states and places.

    Returns:
        Numbers of reports and events, and of the reports in the largest piece.
    """
    with _Sheets(output, number, background) as sheets:
        for piece in pieces(rows):
            sheets.take(piece)
    parts.write_lines(output / parts.WORK / f"things-{number:05}.gz", sorted(sheets.things))
    told = {"reports": sheets.reports, "events": sheets.events, "largest": sheets.largest}
    parts.settle(output, f"merge-{number:05}", told)
    return told


class _Sheets:
    """The files of a partition while they are written."""

    def __init__(self, output: Path, number: int, background: Background) -> None:
        self._output, self._name, self._background = output, f"{number:05}", background
        self.things: set[str] = set()
        self.reports = self.events = self.largest = 0

    def __enter__(self) -> _Sheets:
        self._stack = ExitStack()
        quads, tables = self._output / parts.QUADS, self._output / parts.TABLES
        self._consensus = self._open(quads / f"consensus-{self._name}.nt.gz")
        self._books = self._open(quads / f"books-{self._name}.nq.gz")
        self._told = parts.Table(tables / f"events-{self._name}.parquet", "events")
        self._denoted = parts.Table(tables / f"reports-{self._name}.parquet", "denoted")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What broke off is not put in its place.
        self._stack.__exit__(kind, fault, trace)
        if kind is None:
            self._told.close()
            self._denoted.close()

    def _open(self, path: Path) -> IO[bytes]:
        return self._stack.enter_context(parts.packed(path))

    def take(self, piece: list[Row]) -> None:
        """Merge what can meet, and write it."""
        reports = [report_from(row["record"]) for row in piece]
        events = merge(reports)
        codes = {row["id"]: row for row in piece if row["code"] is not None}
        by_id = {report.id: report for report in reports}
        for event in events:
            self._event(event, [by_id[name] for name in event.reports], codes)
        self._file(reports, events)
        denoted = {report: event.id for event in events for report in event.reports}
        for row, report in zip(piece, reports, strict=True):
            self._denoted.add({
                "report": report.id, "event": denoted.get(report.id), "source": report.source,
                "dyad": dyad_of(report.facts.states), "record": row["record"],
            })  # fmt: skip
        self.reports += len(reports)
        self.events += len(events)
        self.largest = max(self.largest, len(reports))

    def _event(self, event: Event, reports: list[Report], codes: Mapping[str, Row]) -> None:
        _write(self._consensus, event_triples(event, self._background))
        self.things |= things(event)
        row = twin_row(event, reports, event_label(event, self._background))
        coded = codes.get(event.reports[0], {}) if len(event.reports) == 1 else {}
        self._told.add(row | {name: coded.get(name) for name in _CODES})

    def _file(self, reports: list[Report], events: tuple[Event, ...]) -> None:
        _write(self._books, in_graph([event_record_line(event) for event in events], RECORDS))
        _write(self._books, in_graph(index_lines(reports, events), f"<{INDEX}>"))


def _write(stream: IO[bytes], lines: Iterable[str]) -> None:
    stream.write("".join(f"{line}\n" for line in lines).encode())
