"""The reports of a file of event data in columns, ready to be merged anywhere.

``reports(statements, ...)`` takes the statements of one file; gives tables of the kind ``reports`` of
``parts``, each beside the N-Quads text of the graph of the file for the same reports.
"""

# ruff: noqa: S608 - the SQL is built of our own names

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from diplograph.batch import parts
from diplograph.store import phrasing, telling

if TYPE_CHECKING:
    import pyarrow as pa

    from diplograph.store.statements import Statements

_EACH: Final = 20_000
# Days are numbered as date.toordinal does; concept is the address of a code.
_COLUMNS: Final = """
    id, '{source}' AS source, {slice}::INTEGER AS slice, 0::INTEGER AS place,
    array_to_string(list_sort(list_distinct(states)), '-') AS dyad,
    (day - DATE '0001-01-01' + 1)::INTEGER AS begins, (ended - DATE '0001-01-01' + 1)::INTEGER AS ends,
    {record} AS record, regexp_extract(concept, '[^/]+$') AS code, score AS goldstein,
    one_code AS guest_code, two_code AS host_code, concat({quads}) AS quads
"""


def reports(statements: Statements, number: int) -> Iterator[tuple[pa.Table, bytes]]:
    """The reports of a file, some thousands at a time.

    Args:
        statements: What the file tells.
        number: The slice that the file is.
    """
    import pyarrow as pa

    source, extractor = statements.source, statements.extractor
    columns = _COLUMNS.format(
        source=source,
        slice=number,
        record=telling.report_json(source, extractor),
        quads=", ".join(phrasing.of_report(source, extractor)),
    )
    query = f"SELECT {columns} FROM (SELECT *, {telling.facts_json()} AS facts FROM events)"
    names = parts.schema("reports").names
    for batch in statements.con.sql(query).to_arrow_reader(_EACH):
        table = pa.Table.from_batches([batch])
        yield table.select(names), "".join(table.column("quads").to_pylist()).encode()
