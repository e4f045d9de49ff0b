"""A table: rows of plain values under headings, for people, pandas, polars and duckdb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from diplograph.display import markup
from diplograph.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of plain values under headings.

    ``pandas.DataFrame(table)``, ``polars.DataFrame(table)`` and ``pyarrow.table(table)`` take it as it is.

    Example:
        >>> table = kg.pair("Korea", "Japan").balance()
        >>> table[0]["b_to_a"], table.column("a")
        (2, ['South Korea'])

    Attributes:
        headings: The columns, in order.
        rows: One mapping from heading to value for each row.
        caption: What the rows are, in a sentence.
        brief: The columns that a notebook shows; all if empty.
        evidence: Gives the quotes behind an event id, which a notebook folds into the table.
    """

    headings: tuple[str, ...]
    rows: Sequence[Row]
    caption: str = ""
    brief: tuple[str, ...] = ()
    evidence: markup.Ask | None = field(default=None, compare=False)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]

    def column(self, heading: str) -> list[Any]:
        """The values under one heading.

        Raises:
            KeyError: If there is no such heading.
        """
        if heading not in self.headings:
            raise KeyError(f"no column {heading!r}; there are: {', '.join(self.headings)}")
        return [row.get(heading) for row in self.rows]

    def cited(self, evidence: markup.Ask) -> Table:
        """The table with somebody who can be asked for the quotes behind its events."""
        return replace(self, evidence=evidence)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("a data frame", "data") from error
        if isinstance(self.rows, ArrowRows):
            return self.rows.table.to_pandas()
        return pd.DataFrame([dict(row) for row in self.rows], columns=list(self.headings))

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table; a column of mixed kinds becomes text.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise MissingExtraError("an Arrow table", "data") from error
        if isinstance(self.rows, ArrowRows):
            return self.rows.table
        return pa.table({heading: _array(self.column(heading)) for heading in self.headings})

    def to_polars(self) -> pl.DataFrame:
        """The rows as a frame of polars.

        Raises:
            MissingExtraError: If polars or pyarrow is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("a frame of polars", "data") from error
        return pl.DataFrame(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What polars, duckdb and others take a table by (the Arrow PyCapsule interface)."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        told = f"{self.caption}: " if self.caption else ""
        return f"<Table {told}{len(self.rows)} rows of {', '.join(self.headings)}>"

    def _repr_html_(self) -> str:
        shown = [h for h in self.headings if h in self.brief] or list(self.headings)
        left_out = [h for h in self.headings if h not in shown]
        return markup.table(shown, self.rows, self.caption, self.evidence, left_out)


def _array(values: list[Any]) -> pa.Array:
    import pyarrow as pa

    try:
        found = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    # A column of which nothing is known is one of texts, so that frames of several answers fit together.
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


class ArrowRows(Sequence[Row]):
    """The rows of an Arrow table, each made when it is asked for.

    Args:
        table: The table.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return ArrowRows(self.table.take(list(range(*index.indices(len(self))))))
        at = range(len(self))[index]
        return self.table.slice(at, 1).to_pylist()[0]

    def __iter__(self) -> Iterator[Row]:
        for batch in self.table.to_batches(max_chunksize=1_000):
            yield from batch.to_pylist()


def of_arrow(table: pa.Table, caption: str, brief: tuple[str, ...] = ()) -> Table:
    """An Arrow table as a table for people and pandas."""
    return Table(headings=tuple(table.column_names), rows=ArrowRows(table), caption=caption, brief=brief)
