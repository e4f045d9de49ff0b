"""How an answer shows itself: a table of rows, or a page, in a notebook and beyond.

A ``Table`` goes into pandas and polars as it is; a ``Page`` is one HTML file that needs no network.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = Mapping[str, Any]

# A notebook keeps what it shows, so what it shows is bounded.
SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of plain values under headings.

    Attributes:
        headings: The columns, in order.
        rows: One mapping from heading to value for each row.
        caption: What the rows are, in a sentence.
    """

    headings: tuple[str, ...]
    rows: Sequence[Row]
    caption: str = ""

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

    def __repr__(self) -> str:
        told = f"{self.caption}: " if self.caption else ""
        return f"<Table {told}{len(self.rows)} rows of {', '.join(self.headings)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(heading.replace('_', ' '))}</th>" for heading in self.headings)
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows[:SHOWN])
        left = len(self.rows) - SHOWN
        more = f"<p>… and {left} more rows</p>" if left > 0 else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _cells(self, row: Row) -> str:
        return "".join(f"<td>{_shown(row.get(heading))}</td>" for heading in self.headings)


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return html.escape("" if value is None else str(value))


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


def of_arrow(table: pa.Table, caption: str) -> Table:
    """An Arrow table as a table for people and pandas."""
    return Table(headings=tuple(table.column_names), rows=ArrowRows(table), caption=caption)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTML file that holds all it needs.

    Attributes:
        text: The HTML.
        title: What it shows, for those who hear the page.
        height: In a notebook, in pixels.
    """

    text: str
    title: str = "diplograph"
    height: int = 640

    def save(self, path: str | Path) -> Path:
        """Write the page to a file; gives its path."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.text, encoding="utf-8")
        return target

    def __repr__(self) -> str:
        return f"<Page {self.title}, {len(self.text) // 1024} KB; save(path) writes it>"

    def _repr_html_(self) -> str:
        # A frame of its own keeps several pages apart; the sandbox keeps each from the notebook.
        attributes = {
            "title": self.title,
            "sandbox": "allow-scripts",
            "width": "100%",
            "height": str(self.height),
        }
        told = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        return f'<iframe {told} style="border:0" srcdoc="{html.escape(self.text)}"></iframe>'
