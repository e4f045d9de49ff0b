"""Rows become reports: mirror rows and re-reports of one act are one, with each row as evidence.

``episodes(staging)`` makes the table ``reports`` from ``told``. In data that a program coded from news, rows
of one act between the same states are one episode while no more than ``GAP`` days lie between one and the
next. Visits of different persons stay apart; rows that name nobody join those that do. In lists of officials
each row stands alone.
"""

# ruff: noqa: E501, S608 - SQL stands in lines of its own; it is built of our own names, values come as columns

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

    from diplograph.sources.tables.staging import Staging

GAP: Final = 3
AT_ONCE: Final = 100_000
"""Rows of which lists are made at once."""
_END: Final = 1 << 62

_CHAINED: Final = f"""
CREATE OR REPLACE TABLE chained AS
WITH keyed AS (
    SELECT r, day,
        concat_ws('|', type, coalesce(subtype, ''), CASE type WHEN 'visit' THEN '' ELSE act END, s1, s2) AS k,
        CASE type WHEN 'visit' THEN coalesce(p1.person, '') ELSE '' END AS who
    FROM told),
broken AS (
    SELECT *, day - lag(day) OVER chain > {GAP} AS fresh FROM keyed WINDOW chain AS (PARTITION BY k, who ORDER BY day, r))
SELECT r, day, k, who, sum(coalesce(fresh, false)::INTEGER) OVER (PARTITION BY k, who ORDER BY day, r) AS e FROM broken
"""

# A chain that names nobody belongs to the first that names someone and touches it.
_HOMES: Final = f"""
CREATE OR REPLACE TABLE homes AS
WITH spans AS (
    SELECT k, who, e, min(day) AS first, max(day) AS last FROM chained WHERE k LIKE 'visit|%' GROUP BY ALL)
SELECT n.k, n.e, arg_min({{'who': m.who, 'e': m.e}}, (m.first, m.who, m.e)) AS home
FROM spans n JOIN spans m ON n.k = m.k AND n.who = '' AND m.who <> ''
    AND m.first <= n.last + {GAP} AND m.last >= n.first - {GAP}
GROUP BY ALL
"""

_LED: Final = """
CREATE OR REPLACE TABLE led AS
SELECT r, min(r) OVER (PARTITION BY k, who, e) AS r0 FROM (
    SELECT c.r, c.k, coalesce(h.home.who, c.who) AS who, coalesce(h.home.e, c.e) AS e
    FROM chained c LEFT JOIN homes h ON c.who = '' AND h.k = c.k AND h.e = c.e)
"""

# Rows beside those that they belong to, so that reports can be made of a stretch of them at a time.
_SORTED: Final = """
CREATE OR REPLACE TABLE sorted AS SELECT told.*, led.r0 FROM told JOIN {led} led ON led.r = told.r ORDER BY r0
"""

# An act that was reported for days began on the first of them; nothing tells how long it lasted.
_REPORTS: Final = """
SELECT r0 AS r, list({{'r': sorted.r, 'c0': c0, 'raw': raw}} ORDER BY c0) AS rows,
    any_value(type) AS type, any_value(subtype) AS subtype, arg_min(status, sorted.r) AS status,
    [any_value(s1), any_value(s2)] AS states,
    CASE any_value(type) WHEN 'visit' THEN [any_value(s1)] ELSE []::VARCHAR[] END AS guests,
    CASE any_value(type) WHEN 'visit' THEN any_value(s2) END AS host,
    list_filter([arg_min(p1, (day, sorted.r)), arg_min(p2, (day, sorted.r))], lambda p: p IS NOT NULL) AS people,
    arg_min(place, (day, sorted.r)) AS place, arg_min(first, (day, sorted.r)) AS first, min(day) AS day,
    {last} AS last, arg_min(occasion, (day, sorted.r)) AS occasion,
    []::STRUCT(name VARCHAR, id VARCHAR, node VARCHAR, key VARCHAR)[] AS issues,
    arg_min(concept, (day, sorted.r)) AS concept, arg_min(score, (day, sorted.r)) AS score,
    arg_min(one_code, sorted.r) AS one_code, arg_min(two_code, sorted.r) AS two_code,
    arg_min(remark, sorted.r) AS remark, {confidence}::DOUBLE AS confidence, '{rule}' AS rule
FROM sorted WHERE r0 >= {first} AND r0 < {next}
GROUP BY r0
"""


def episodes(staging: Staging) -> None:
    """Make ``reports`` from ``told``."""
    form, con = staging.form, staging.con
    if form.machine:
        con.execute(_CHAINED)
        con.execute(_HOMES)
        con.execute(_LED)
    led, last = (
        ("led", "NULL::VARCHAR") if form.machine else ("(SELECT r, r AS r0 FROM told)", "any_value(last)")
    )
    rule = f"{form.name}/row".replace("'", "''")
    con.execute(_SORTED.format(led=led))
    con.execute(
        "DROP VIEW told; DROP TABLE read; DROP TABLE IF EXISTS chained; DROP TABLE IF EXISTS homes; DROP TABLE IF EXISTS led"
    )
    told = {"last": last, "confidence": form.confidence, "rule": rule}
    con.execute(f"CREATE OR REPLACE TABLE reports AS {_REPORTS.format(**told, first=0, next=0)}")
    for first, following in stretches(con, "sorted", "r0"):
        con.execute(f"INSERT INTO reports {_REPORTS.format(**told, first=first, next=following)}")
    con.execute("DROP TABLE sorted")


def stretches(con: duckdb.DuckDBPyConnection, table: str, column: str) -> Iterator[tuple[int, int]]:
    """Ranges of the numbers by which a table is sorted, each of a number of rows whose lists fit into memory.

    Lists that are being gathered cannot be put aside on disk, so what makes them takes a stretch at a time.

    Args:
        con: The database.
        table: A table sorted by the column.
        column: Its numbers.

    Yields:
        The first number, and the one before which the stretch ends.
    """
    told = con.sql(f"SELECT {column} FROM {table} WHERE rowid % {AT_ONCE} = 0 ORDER BY 1").fetchall()
    bounds = [*sorted({number for (number,) in told}), _END]
    yield from pairwise(bounds)
