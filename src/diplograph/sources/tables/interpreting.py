"""Understands the cells of a table: who acted on whom, what it was, and which rows tell nothing between states.

``interpret(staging)`` makes the table ``told``, a row for each row that is kept, and adds the others to
``aside`` with their reason. It works on whole columns; Python looks at each different actor, place and
gathering once.
"""

# ruff: noqa: E501, S608 - SQL stands in lines of its own; it is built of our own names, values come as columns

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplograph.knowledge import gazetteer
from diplograph.model import first_day, last_day
from diplograph.sources.tables import naming
from diplograph.sources.tables.actors import resolve
from diplograph.sources.tables.codes import spellings

if TYPE_CHECKING:
    from diplograph.sources.tables.staging import Staging

_RANKS: Final = ("head-of-government", "head-of-state", "foreign-minister")

# A partial date as the first day that it can mean; NULL if it is none.
_DAY: Final = """
CREATE OR REPLACE TEMP MACRO day_of(told) AS CASE
    WHEN regexp_full_match(told, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN try_cast(told AS DATE)
    WHEN regexp_full_match(told, '[0-9]{4}-[0-9]{2}') THEN try_cast(told || '-01' AS DATE)
    WHEN regexp_full_match(told, '[0-9]{4}') THEN try_cast(told || '-01-01' AS DATE) END;
CREATE OR REPLACE TEMP MACRO last_of(told) AS CASE length(told)
    WHEN 10 THEN day_of(told) WHEN 7 THEN last_day(day_of(told))
    WHEN 4 THEN try_cast(told || '-12-31' AS DATE) END;
"""

# The office of a person on a day: the highest, in the state named if it is one of theirs.
_HELD: Final = """
CREATE OR REPLACE TABLE held AS
WITH asked AS (
    SELECT DISTINCT key, day FROM (
        SELECT a_key AS key, day_of("start") AS day FROM cells
        UNION ALL SELECT b_key, day_of("start") FROM cells)
    WHERE day IS NOT NULL)
SELECT asked.key, asked.day, {'person': t.person, 'state': t.state, 'title': t.title} AS office
FROM asked JOIN actor USING (key), unnest(actor.people) AS p(person)
JOIN tenure t ON t.person = p.person AND t.first <= asked.day AND t.last >= asked.day
    AND (NOT {official} OR t.state = actor.state)
QUALIFY row_number() OVER (
    PARTITION BY asked.key, asked.day ORDER BY t.state IS DISTINCT FROM actor.state, t.rank, t.first, t.id) = 1
"""

# What each row comes to, before anything is set aside; s1 is the actor's or guest's state, s2 the other.
_READ: Final = """
CREATE OR REPLACE TABLE read AS
WITH joined AS (
    SELECT c.*, day_of(c."start") AS day,
        coalesce(exact.type, rough.type) AS type, coalesce(c.subtype, exact.subtype, rough.subtype) AS kind,
        coalesce(exact.act, rough.act) AS act, coalesce(exact.concept, rough.concept) AS concept,
        coalesce(exact.guest, rough.guest) AS guest_is,
        coalesce(try_cast(c.goldstein AS DOUBLE), exact.goldstein, rough.goldstein) AS score,
        {a} AS a, {b} AS b, p.place AS spot, o.occasion AS gathered
    FROM cells c
    LEFT JOIN code exact ON exact.spelling = lower(c.code)
    LEFT JOIN code rough ON exact.spelling IS NULL AND rough.spelling = lower(split_part(c.code, '/', 1))
    LEFT JOIN actor aa ON aa.key = c.a_key LEFT JOIN held ah ON ah.key = c.a_key AND ah.day = day_of(c."start")
    LEFT JOIN actor ba ON ba.key = c.b_key LEFT JOIN held bh ON bh.key = c.b_key AND bh.day = day_of(c."start")
    LEFT JOIN spot p ON p.name = c.place AND p.land IS NOT DISTINCT FROM c.place_land
    LEFT JOIN gathered o ON o.name = c.occasion AND o.day IS NOT DISTINCT FROM day_of(c."start")
)
SELECT * EXCLUDE (a, b),
    CASE WHEN swap THEN b ELSE a END AS one, CASE WHEN swap THEN a ELSE b END AS two,
    CASE WHEN swap THEN b_code ELSE a_code END AS one_code, CASE WHEN swap THEN a_code ELSE b_code END AS two_code,
    CASE
        WHEN reject IS NOT NULL THEN reject
        WHEN day IS NULL THEN 'no date'
        WHEN type IS NULL THEN 'a code that is not known'
        WHEN a.reason <> '' THEN a.reason
        WHEN b.reason <> '' THEN b.reason
        WHEN a.state = b.state THEN 'within one state'
    END AS reason
FROM (SELECT *, CASE type WHEN 'visit' THEN {hosted}
                          WHEN 'tension' THEN false WHEN 'statement-of-intent' THEN false
                          ELSE a.state > b.state END AS swap FROM joined)
"""

# One side of a row; a person of the gazetteer acts for the state that the tenure of the day tells.
_SIDE: Final = """{{
    'state': coalesce({side}h.office.state, {side}a.state),
    'person': coalesce({side}h.office.person, {side}a.person), 'name': {side}a.name,
    'office': coalesce({side}a.office, {side}h.office.title),
    'reason': CASE
        WHEN {side}a.reason <> '' THEN {side}a.reason
        WHEN {side}h.office IS NOT NULL AND {side}a.state IS NOT NULL AND {side}h.office.state <> {side}a.state
            THEN 'mislinked: the person held office in another state that day'
        WHEN {side}h.office IS NULL AND {side}a.by_tenure
            THEN 'a person who held no office of a state that day'
        ELSE '' END}}"""

_TOLD: Final = """
CREATE OR REPLACE VIEW told AS
SELECT r, c0, raw, "start" AS first, day,
    CASE WHEN last_of(stop) >= last_of("start") AND stop <> "start" THEN stop END AS last,
    type, kind AS subtype, coalesce(status, 'held') AS status, act, concept, score,
    one.state AS s1, two.state AS s2,
    CASE WHEN one.person IS NOT NULL THEN
        {'name': one.name, 'person': one.person, 'state': one.state, 'office': one.office} END AS p1,
    CASE WHEN two.person IS NOT NULL THEN
        {'name': two.name, 'person': two.person, 'state': two.state, 'office': two.office} END AS p2,
    CASE WHEN type <> 'visit' OR spot.state = two.state THEN spot END AS place,
    gathered AS occasion, one_code, two_code, remark
FROM read WHERE reason IS NULL
"""


def interpret(staging: Staging) -> None:
    """Make ``told`` from ``cells``; what tells nothing between states goes to ``aside``."""
    con = staging.con
    con.execute(_DAY)
    _codes(staging)
    _actors(staging)
    _tenures(staging)
    naming.places(con)
    naming.occasions(con)
    con.execute(_HELD.replace("{official}", str(staging.form.official)))
    sides = {side: _SIDE.format(side=side) for side in "ab"}
    hosted = "coalesce(spot.state = a.state, false)" if staging.form.placed else "guest_is = 'target'"
    con.execute(_READ.format(hosted=hosted, **sides))
    con.execute("INSERT INTO aside SELECT r, reason FROM read WHERE reason IS NOT NULL")
    con.execute(_TOLD)
    con.execute("DROP TABLE cells; DROP TABLE held")


def fill(staging: Staging, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Make a small table of what Python knows."""
    import pyarrow as pa

    names = [column.split()[0] for column in columns.split(", ")]
    staging.con.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
    found = list(rows)
    if found:
        told = pa.table({name: [row[at] for row in found] for at, name in enumerate(names)})
        staging.con.register("told_by_python", told)
        staging.con.execute(f"INSERT INTO {table} SELECT * FROM told_by_python")
        staging.con.unregister("told_by_python")


def _codes(staging: Staging) -> None:
    columns = (
        "spelling VARCHAR, concept VARCHAR, act VARCHAR, type VARCHAR, subtype VARCHAR, guest VARCHAR, "
        "goldstein DOUBLE"
    )
    rows = ((c.spelling, c.concept, c.act, c.type, c.subtype, c.guest, c.goldstein) for c in spellings())
    fill(staging, "code", columns, rows)


def _actors(staging: Staging) -> None:
    keys = staging.con.sql("SELECT a_key FROM cells UNION SELECT b_key FROM cells ORDER BY 1").fetchall()
    official = staging.form.official
    rows = []
    for (key,) in keys:
        name, kind, land, office = key.split(chr(31))
        actor = resolve(name, kind, land, office, official=official)
        rows.append((
            key, actor.state, actor.person, actor.name, actor.office, list(actor.people), actor.reason, actor.by_tenure
        ))  # fmt: skip
    columns = (
        "key VARCHAR, state VARCHAR, person VARCHAR, name VARCHAR, office VARCHAR, people VARCHAR[], "
        "reason VARCHAR, by_tenure BOOLEAN"
    )
    fill(staging, "actor", columns, rows)


def _tenures(staging: Staging) -> None:
    rows = []
    for tenure in gazetteer.load().tenures.values():
        rank = _RANKS.index(tenure.role) if tenure.role in _RANKS else len(_RANKS)
        begun = first_day(tenure.start) if tenure.start else date.min
        ended = last_day(tenure.end) if tenure.end else date.max
        rows.append(
            (tenure.id, tenure.person, tenure.state, tenure.title, rank + tenure.acting, begun, ended)
        )
    columns = "id VARCHAR, person VARCHAR, state VARCHAR, title VARCHAR, rank INTEGER, first DATE, last DATE"
    fill(staging, "tenure", columns, rows)
