"""The columnar twin of the consensus: every event as a row of Parquet, read by DuckDB, in step with the graph.

``Columns(folder, engine)`` keeps it. A file of event data brings its rows as a part of its own; every change
that the store makes after that notes the events it touches, and whoever reads the twin next has their rows
made anew first.
"""

# ruff: noqa: E501, S608 - SQL stands in lines of its own; it is built of our own names, values come as columns

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.consensus import dyad_of
from diplograph.graph.background import Background
from diplograph.graph.rdf import event_label
from diplograph.graph.records import event_from
from diplograph.model import Event, Report
from diplograph.store import reading
from diplograph.store.engine import RECORDS, Engine, address, first, local

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

SCHEMA: Final = {
    "event": "VARCHAR",
    "label": "VARCHAR",
    "type": "VARCHAR",
    "subtype": "VARCHAR",
    "status": "VARCHAR",
    "dyad": "VARCHAR",
    "states": "VARCHAR[]",
    "guests": "VARCHAR[]",
    "host": "VARCHAR",
    "edtf": "VARCHAR",
    "first": "DATE",
    "first_at_latest": "DATE",
    "last": "DATE",
    "place": "VARCHAR",
    "place_state": "VARCHAR",
    "occasion": "VARCHAR",
    "people": "STRUCT(name VARCHAR, person VARCHAR, state VARCHAR, office VARCHAR)[]",
    "issues": "STRUCT(name VARCHAR, id VARCHAR)[]",
    "confidence": "DOUBLE",
    "reports": "INTEGER",
    "part_of": "VARCHAR",
    "code": "VARCHAR",
    "goldstein": "DOUBLE",
    "guest_code": "VARCHAR",
    "host_code": "VARCHAR",
    "quote": "VARCHAR",
    "source": "VARCHAR",
    "published": "DATE",
}
"""The columns of the table ``events``; dates are bounds: the first day of an event lies between ``first`` and
``first_at_latest``."""

_ROWS: Final = """
SELECT event, edtf AS "when", label AS what, type, subtype, status, states, guests, host, place,
    list_transform(people, lambda p: p.name) AS people, occasion,
    list_transform(issues, lambda i: i.name) AS issues, confidence, reports, quote, called.name AS source,
    published::VARCHAR AS published
FROM events LEFT JOIN called ON called.id = events.source WHERE list_has_all(states, ?::VARCHAR[])
ORDER BY first NULLS LAST, edtf, event
"""
_ALL: Final = "*"
_TOUCHED: Final = "touched"
_AT_ONCE: Final = 5_000

# A part is what bulk.Statements has in its table events.
PART: Final = """
    event, {label} AS label, type, subtype, status, array_to_string(list_sort(states), '-') AS dyad, states, guests,
    host, edtf, day AS first, starts AS first_at_latest, ended AS last, place.name AS place,
    place.state AS place_state, occasion.name AS occasion,
    coalesce(list_transform(staff,
        lambda p: {{'name': p.name, 'person': p.person, 'state': p.state, 'office': p.office}}), []) AS people,
    list_transform(issues, lambda i: {{'name': i.name, 'id': i.id}}) AS issues, confidence, 1 AS reports, part_of,
    regexp_extract(concept, '[^/]+$') AS code, score AS goldstein, one_code AS guest_code, two_code AS host_code,
    rows[1].raw AS quote, '{source}' AS source, NULL::DATE AS published
"""


class Columns:
    """The twin of a store.

    Args:
        folder: The folder of the store; None keeps the twin in a folder that goes with the store.
        engine: The database that the store is in.
        background: Gives what is known of states.
        writable: Whether the twin may be brought up to date on disk.
    """

    def __init__(
        self, folder: Path | None, engine: Engine, background: Callable[[], Background], *, writable: bool
    ) -> None:
        self._engine, self._background, self._writable = engine, background, writable
        self._told = folder / "columns" if folder else None
        self._keeper: tempfile.TemporaryDirectory[str] | None = None
        self._con: duckdb.DuckDBPyConnection | None = None
        self._read = -1

    def touch(self, events: Iterable[str]) -> None:
        """Note events that are about to change; before anybody asked for the twin there is nothing to note."""
        names = sorted(set(events))
        if names and (self._told or self._keeper) and self._folder.is_dir():
            with (self._folder / _TOUCHED).open("a", encoding="ascii") as file:
                file.write("".join(f"{name}\n" for name in names))

    def forget(self) -> None:
        """Note that everything is about to change."""
        for part in self.parts():
            part.unlink()
        self.touch([_ALL])

    def part(self, source: str) -> Path:
        """The file of the events that a source brings."""
        self._con = None
        return self._folder / f"part-{source}.parquet"

    def drop(self, source: str) -> None:
        """Forget what a source brought."""
        if self._told or self._keeper:
            (self._folder / f"part-{source}.parquet").unlink(missing_ok=True)
            self._con = None

    def parts(self) -> list[Path]:
        """The files of event data, sorted."""
        if not self._told and not self._keeper:
            return []
        return sorted(self._folder.glob("part-*.parquet"))

    def open(self) -> duckdb.DuckDBPyConnection:
        """A connection in which the table ``events`` is every event of the store, as it is now.

        Raises:
            MissingExtraError: If DuckDB is not installed.
        """
        path = self._folder / _TOUCHED
        size = path.stat().st_size if path.exists() else 0
        if self._con is None or size != self._read:
            self._con = self._fresh(path, size)
            self._read = size
        return self._con.cursor()

    @property
    def _folder(self) -> Path:
        if self._told:
            return self._told
        if self._keeper is None:
            self._keeper = tempfile.TemporaryDirectory(prefix="diplograph-")
        return Path(self._keeper.name)

    def rows(self, states: Sequence[str] = ()) -> pa.Table:
        """The events that involve all these states, in order of time, as people read them."""
        import pyarrow as pa

        con = self.open()
        sources = [row[0] for row in con.sql("SELECT DISTINCT source FROM events").fetchall() if row[0]]
        names = [first(self._engine, s, "name", s) for s in (address("source", name) for name in sources)]
        con.register(
            "called", pa.table({"id": pa.array(sources, pa.string()), "name": pa.array(names, pa.string())})
        )
        return con.sql(_ROWS, params=[list(states)]).to_arrow_table()

    def _fresh(self, path: Path, size: int) -> duckdb.DuckDBPyConnection:
        from diplograph.sources.tables.staging import connect

        con = connect()
        columns = ", ".join(f"{name} {kind}" for name, kind in SCHEMA.items())
        con.execute(f"CREATE TABLE others ({columns}); CREATE TABLE touched (event VARCHAR PRIMARY KEY)")
        others, done = self._folder / "others.parquet", self._consumed(size)
        if done is not None:
            con.execute(f"INSERT INTO others SELECT * FROM read_parquet('{_quoted(others)}')")
        every = list(_names(path, size))
        changed = list(_names(path, size, done or 0))
        if _ALL in changed or done is None:
            changed = [local(told.subject) for told in self._engine.all("record", RECORDS)]
            con.execute("DELETE FROM others")
        self._note(con, {*every, *changed})
        self._renew(con, sorted(set(changed)))
        self._keep(con, others, size)
        con.execute(f"CREATE VIEW events AS {self._whole()}")
        return con

    def _consumed(self, size: int) -> int | None:
        """Up to where the notes are in ``others.parquet``; None if it has to be made anew."""
        try:
            done = int(json.loads((self._folder / "state.json").read_bytes())["consumed"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return done if done <= size and (self._folder / "others.parquet").exists() else None

    def _note(self, con: duckdb.DuckDBPyConnection, names: set[str]) -> None:
        import pyarrow as pa

        con.register("noted", pa.table({"event": pa.array(sorted(names), pa.string())}))
        con.execute("INSERT INTO touched SELECT event FROM noted")
        con.unregister("noted")

    def _renew(self, con: duckdb.DuckDBPyConnection, names: list[str]) -> None:
        """Make the rows of these events anew from their records."""
        import pyarrow as pa

        con.execute("DELETE FROM others WHERE event IN (SELECT unnest(?::VARCHAR[]))", [names])
        schema = con.sql("SELECT * FROM others LIMIT 0").to_arrow_table().schema
        waiting = iter(names)
        while block := list(islice(waiting, _AT_ONCE)):
            nodes = [address("event", name) for name in block]
            told = self._engine.values(nodes, "record", RECORDS)
            events = [event_from(records[0]) for records in told.values()]
            rows = list(self._rows(events))
            if rows:
                con.register("renewed", pa.Table.from_pylist(rows, schema=schema))
                con.execute("INSERT INTO others SELECT * FROM renewed")
                con.unregister("renewed")

    def _rows(self, events: list[Event]) -> Iterator[dict[str, Any]]:
        wanted = sorted({report for event in events for report in event.reports})
        reports = {report.id: report for report in reading.reports(self._engine, wanted)}
        background = self._background()
        for event in events:
            yield twin_row(event, [reports[name] for name in event.reports], event_label(event, background))

    def _keep(self, con: duckdb.DuckDBPyConnection, others: Path, size: int) -> None:
        if not self._writable:
            return
        self._folder.mkdir(exist_ok=True)
        (self._folder / _TOUCHED).touch()
        half = others.with_suffix(f".{os.getpid()}")
        con.execute(f"COPY others TO '{_quoted(half)}' (FORMAT parquet, COMPRESSION zstd)")
        half.replace(others)
        (self._folder / "state.json").write_text(json.dumps({"consumed": size}), encoding="ascii")

    def _whole(self) -> str:
        parts = ", ".join(f"'{_quoted(part)}'" for part in self.parts())
        if not parts:
            return "SELECT * FROM others"
        return f"SELECT * FROM read_parquet([{parts}]) ANTI JOIN touched USING (event) UNION ALL SELECT * FROM others"


def _names(path: Path, size: int, start: int = 0) -> Iterator[str]:
    if path.exists():
        with path.open("rb") as file:
            file.seek(start)
            yield from file.read(size - start).decode("ascii").split()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def twin_row(event: Event, reports: list[Report], label: str) -> dict[str, Any]:
    """The row of an event that documents tell of; the columns of codes stay empty."""
    facts, when = event.facts, event.facts.when
    agreeing = [r for r in reports if (r.facts.type, r.facts.status) == (facts.type, facts.status)]
    best = min(
        agreeing or reports, key=lambda r: (-r.confidence, str(r.published or "9999"), r.id), default=None
    )
    dated = when.start is not None
    return {
        "event": event.id,
        "label": label,
        "type": facts.type.value,
        "subtype": facts.subtype,
        "status": facts.status.value,
        "dyad": dyad_of(facts.states),
        "states": list(facts.states),
        "guests": list(facts.guests),
        "host": facts.host,
        "edtf": when.edtf or None,
        "first": when.earliest_start() if dated else None,
        "first_at_latest": when.latest_start() if dated else None,
        "last": when.latest_end() if dated else None,
        "place": facts.place.name if facts.place else None,
        "place_state": facts.place.state if facts.place else None,
        "occasion": facts.occasion.name if facts.occasion else None,
        "people": [
            {"name": p.name, "person": p.person, "state": p.state, "office": p.office}
            for p in facts.participants
        ],
        "issues": [{"name": topic.name, "id": topic.id} for topic in facts.issues],
        "confidence": event.confidence,
        "reports": len(event.reports),
        "part_of": event.part_of,
        "quote": best.quote if best else None,
        "source": best.source if best else None,
        "published": best.published if best else None,
    }
