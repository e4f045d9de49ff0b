"""Reports in columns as N-Quads text: written by the database of columns itself, a string for each event.

Takes the connection of a staging whose table ``reports`` is made; gives blocks of N-Quads for the source
graph, the consensus and the records. The text is the same as ``graph.rdf.event_triples`` writes for the event
of that one report; a test holds both together.
"""

# ruff: noqa: E501, S608 - SQL stands in lines of its own; it is built of our own names, values come as columns

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.consensus.likeness import DIRECTED, place_names, series_of
from diplograph.graph.facts import issue_node, occasion_node, place_node
from diplograph.graph.ntriples import node
from diplograph.model import Occasion, PlaceName, Topic
from diplograph.sources.tables.episodes import stretches
from diplograph.store import filing, phrasing, telling
from diplograph.store.columns import PART
from diplograph.vocab import ID, XSD

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from diplograph.graph.background import Background

FAMILY: Final = (
    f"concat(type, ':', CASE WHEN type IN ({', '.join(repr(str(kind)) for kind in sorted(DIRECTED))}) "
    "THEN array_to_string(states, '>') ELSE array_to_string(list_sort(states), '-') END)"
)
"""What can be one event at all, as consensus.touch.family_of has it; reports of one event overlap in time as well."""
_OPTIONAL: Final = ("concept", "score", "one_code", "two_code")
ROWS: Final = 2_000  # events in a block of text

# The events with what labels call their states.
_JOINED: Final = """
    LEFT JOIN state_names g ON g.code = states[1] LEFT JOIN state_names h ON h.code = states[2]
    CROSS JOIN (SELECT map(list(code), list(label)) AS names FROM state_names) AS every
"""

_MACROS: Final = rf"""
CREATE OR REPLACE TEMP MACRO lit(x) AS concat('"',
    replace(replace(replace(x, '\', '\\'), '"', '\"'), chr(127), '\u007F'), '"');
CREATE OR REPLACE TEMP MACRO js(x) AS CASE WHEN x IS NULL THEN 'null' ELSE json_quote(x) END;
CREATE OR REPLACE TEMP MACRO state(x) AS concat('<{ID}state/', x, '>');
CREATE OR REPLACE TEMP MACRO lit_or_null(x) AS CASE WHEN x IS NOT NULL THEN lit(x) END;
CREATE OR REPLACE TEMP MACRO decimal_of(x) AS CASE WHEN x IS NOT NULL THEN
    concat('"', regexp_replace(printf('%.4f', x), '\.?0+$', ''), '"^^<{XSD}decimal>') END;
CREATE OR REPLACE TEMP MACRO moment(day, clock) AS concat('"', day::VARCHAR, 'T', clock, 'Z"^^<{XSD}dateTime>');
CREATE OR REPLACE TEMP MACRO array_and(l) AS
    concat(array_to_string(l[:-2], ', '), CASE WHEN len(l) > 1 THEN ' and ' ELSE '' END, l[-1]);
"""

# The tenure under which each person acts: of those with the title the only one in office, as Background has it.
_STAFF: Final = """
WITH part AS (
    SELECT k, p, i, day AS d0, last_of(coalesce(last, first)) AS d1
    FROM (SELECT rowid AS k, day, first, last, unnest(people) AS p, generate_subscripts(people, 1) AS i
          FROM reports WHERE len(people) > 0 AND rowid >= {first} AND rowid < {next})),
fitting AS (
    SELECT part.k, i, t.id AS tenure, t.title = p.office AS titled, t.first <= d1 AND t.last >= d0 AS serving
    FROM part JOIN tenure t ON t.person = p.person AND t.state = p.state),
chosen AS (
    SELECT k, i, CASE count(*) WHEN 1 THEN any_value(tenure) END AS tenure FROM (
        SELECT *, bool_or(coalesce(titled, false)) OVER (PARTITION BY k, i) AS any_titled FROM fitting)
    WHERE serving AND (coalesce(titled, false) OR NOT any_titled) GROUP BY k, i)
SELECT k, list({{'name': p.name, 'person': p.person, 'state': p.state, 'office': p.office, 'tenure': tenure}}
    ORDER BY i) AS staff
FROM part LEFT JOIN chosen USING (k, i) GROUP BY k
"""

# Everything that a report tells, with ids as Report.digest and consensus.id_from make them.
_EVENTS: Final = """
CREATE OR REPLACE TABLE events AS
SELECT *, substr(sha256('event ' || id), 1, 32) AS event FROM (
    SELECT reports.*, concat_ws('/', first, last) AS edtf, staff.staff AS staff,
        sp.node AS place_node, sp.names AS place_names, oc.node AS occasion_node, oc.series AS series,
        NULL::VARCHAR AS part_of,
        CASE WHEN last IS NULL THEN last_of(first) ELSE least(last_of(first), last_of(last)) END AS starts,
        CASE WHEN last IS NULL THEN day ELSE greatest(day_of(last), day) END AS ends,
        last_of(coalesce(last, first)) AS ended,
        substr(sha256(concat('["{source}", "', type, '", ["', array_to_string(states, '", "'), '"], "',
            concat_ws('/', first, last), '", [', array_to_string(list_transform(rows,
                lambda x: concat('[', x.c0, ', ', x.c0 + length(x.raw), ']')), ', '), ']]')), 1, 32) AS id
    FROM reports LEFT JOIN staff ON staff.k = reports.rowid
    LEFT JOIN place_nodes sp ON sp.place = reports.place
    LEFT JOIN occasion_nodes oc ON oc.occasion = reports.occasion)
"""

# A remark may tell one thing twice.
_ONCE: Final = """
DELETE FROM events WHERE rowid IN (
    SELECT k FROM (SELECT rowid AS k, row_number() OVER (PARTITION BY id ORDER BY r, rule) AS n FROM events)
    WHERE n > 1)
"""


class Statements:
    """The N-Quads of the reports of one source.

    Args:
        con: The connection of the staging.
        source: Id of the source.
        extractor: Name and version of the importer.
        background: What is known of states and places.
    """

    def __init__(
        self, con: duckdb.DuckDBPyConnection, source: str, extractor: str, background: Background
    ) -> None:
        self.con, self.source, self.extractor, self.background = con, source, extractor, background
        con.execute(_MACROS)
        con.execute(f"CREATE OR REPLACE TABLE staff AS {_STAFF.format(first=0, next=0)}")
        for first, following in stretches(con, "reports", "rowid"):
            con.execute(f"INSERT INTO staff {_STAFF.format(first=first, next=following)}")
        self._nodes()
        con.execute(_EVENTS.replace("{source}", source))
        con.execute("DROP TABLE reports; DROP TABLE staff")
        con.execute(_ONCE)
        filing.prepare(con)

    def count(self) -> int:
        """How many reports there are; each is of an event of its own."""
        found = self.con.sql("SELECT count(*) FROM events").fetchall()
        return int(found[0][0])

    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day that the reports tell of; None if there are no reports."""
        first, last = self.con.sql("SELECT min(day), max(ended) FROM events").fetchall()[0]
        return first, last

    def own_statements(self) -> int:
        """How many statements their source graph holds of them."""
        optional = " + ".join(f"({column} IS NOT NULL)::INTEGER" for column in _OPTIONAL)
        found = self.con.sql(
            f"SELECT coalesce(sum(3 + len(rows) + {optional}), 0)::BIGINT FROM events"
        ).fetchall()
        return int(found[0][0])

    def records_around_meetings(self) -> list[str]:
        """The records of visits and meetings between states of which one hosted a meeting."""
        return self._records("""
            type IN ('visit', 'meeting') AND list_sort(states) IN (
                SELECT DISTINCT list_sort(states) FROM events WHERE type = 'meeting' AND host IS NOT NULL)
        """)

    def set_parts(self, parts: Sequence[tuple[str, str | None]]) -> None:
        """Say of which visit meetings are part: pairs of ids of events."""
        self._table("parts", "meeting VARCHAR, visit VARCHAR", parts)
        self.con.execute("UPDATE events SET part_of = parts.visit FROM parts WHERE event = parts.meeting")

    def take(self, others: pa.Table) -> list[str]:
        """Take the reports out that can be of an event of other sources; gives their records.

        Args:
            others: Family, first and last day of each of these events; NULL days if nothing fixes its time.
        """
        self.con.register("others", others)
        self.con.execute(f"""
            CREATE OR REPLACE TABLE meeting AS SELECT id FROM events SEMI JOIN others
            ON others.family = {FAMILY}
                AND (others.first IS NULL OR (others.first <= ended AND others.last >= day))
        """)
        found = self._records("id IN (SELECT id FROM meeting)")
        self.con.execute("CREATE OR REPLACE TABLE met AS SELECT * FROM events SEMI JOIN meeting USING (id)")
        self.con.execute("DELETE FROM events WHERE id IN (SELECT id FROM meeting)")
        self.con.unregister("others")
        return found

    def ids(self) -> list[str]:
        """The ids of the events."""
        return [row[0] for row in self.con.sql("SELECT event FROM events").fetchall()]

    def met_lines(self) -> list[str]:
        """The statements of the source graph for the reports that were taken out."""
        if not self.con.sql("SELECT 1 FROM duckdb_tables() WHERE table_name = 'met'").fetchall():
            return []
        parts = ", ".join(phrasing.of_report(self.source, self.extractor))
        told = self.con.sql(
            f"SELECT concat({parts}) FROM (SELECT *, {telling.facts_json()} AS facts FROM met)"
        )
        return [row[0] for row in told.fetchall()]

    def _records(self, where: str) -> list[str]:
        record = telling.report_json(self.source, self.extractor)
        query = f"SELECT {record} FROM (SELECT *, {telling.facts_json()} AS facts FROM events) WHERE {where}"
        return [row[0] for row in self.con.sql(query).fetchall()]

    def blocks(self) -> Iterator[memoryview]:
        """The text, a block at a time: first what stands in graphs with a name, then the consensus.

        The database keeps both apart, so that each load fills half as many of its files, to twice the size.
        """
        records = f"(SELECT *, {telling.facts_json()} AS facts FROM events)"
        yield from self._blocks(phrasing.named(self.source, self.extractor), records)
        yield from self._blocks(phrasing.consensus(), f"events {_JOINED}")

    def _blocks(self, parts: Sequence[str], table: str) -> Iterator[memoryview]:
        import pyarrow as pa

        for batch in self.con.sql(f"SELECT concat({', '.join(parts)}) AS text FROM {table}").to_arrow_reader(
            ROWS
        ):
            column = batch.column(0).cast(pa.large_string())
            _, offsets, content = column.buffers()
            bounds = memoryview(offsets).cast("q")
            first, last = bounds[column.offset], bounds[column.offset + len(column)]
            if last > first:
                yield memoryview(content)[first:last]

    def write_part(self, path: Path) -> None:
        """Write the events as a part of the columnar twin."""
        select = PART.format(label=telling.label(), source=self.source)
        half = path.with_suffix(".half")
        target = str(half).replace("'", "''")
        self.con.execute(
            f"COPY (SELECT {select} FROM events {_JOINED}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        half.replace(path)

    def things(self) -> Iterator[str]:
        """What the background says of everything that the events name, as N-Triples of the default graph."""
        nodes = {row[0] for table in ("place_nodes", "occasion_nodes") for row in self._column(table, "node")}
        nodes |= {issue_node(Topic(name=name, id=slug)) for name, slug in self._issues()}
        states = {state for (state,) in self.con.sql(
            "SELECT unnest(states) AS s FROM events UNION SELECT place.state FROM events WHERE place IS NOT NULL"
        ).fetchall()}  # fmt: skip
        nodes |= {node("state", state) for state in states if state}
        people = self.con.sql("SELECT DISTINCT unnest(people).person FROM events").fetchall()
        nodes |= {node("person", person) for (person,) in people}
        for thing in sorted(nodes):
            yield from (f"{statement}\n" for statement in self.background.lines(thing))

    def _issues(self) -> list[tuple[str, str | None]]:
        found = self.con.sql("SELECT DISTINCT i.name, i.id FROM (SELECT unnest(issues) AS i FROM events)")
        return found.fetchall()

    def _column(self, table: str, column: str) -> list[tuple[str]]:
        return self.con.sql(f"SELECT {column} FROM {table}").fetchall()

    def _nodes(self) -> None:
        places = self.con.sql("SELECT DISTINCT place FROM reports WHERE place IS NOT NULL").fetchall()
        self._table("place_nodes", "place STRUCT(name VARCHAR, state VARCHAR, id VARCHAR), node VARCHAR, names VARCHAR[]", [
            (place, place_node(PlaceName(**place)), sorted(place_names(PlaceName(**place)))) for (place,) in places
        ])  # fmt: skip
        occasions = self.con.sql(
            "SELECT DISTINCT occasion FROM reports WHERE occasion IS NOT NULL"
        ).fetchall()
        self._table("occasion_nodes", "occasion STRUCT(name VARCHAR, id VARCHAR), node VARCHAR, series VARCHAR", [
            (occasion, occasion_node(Occasion(**occasion)), series_of(Occasion(**occasion)))
            for (occasion,) in occasions
        ])  # fmt: skip
        names = [(state, self.background.state_name(state)) for state in sorted(self.background.states)]
        self._table("state_names", "code VARCHAR, label VARCHAR", names)

    def _table(self, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        self.con.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        if rows:
            self.con.register(
                "given", pa.table({f"c{n}": list(cells) for n, cells in enumerate(zip(*rows, strict=True))})
            )
            self.con.execute(f"INSERT INTO {name} SELECT * FROM given")
            self.con.unregister("given")
