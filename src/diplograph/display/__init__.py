"""How an answer shows itself: a table of rows, quotes, or a page, in a notebook and beyond.

A ``Table`` goes into pandas, polars and duckdb as it is; ``Quotes`` are the words behind a fact; a ``Page``
is one HTML file that needs no network. Each is bounded in a notebook, and disturbs nothing else in it.
"""

from __future__ import annotations

from diplograph.display.page import Page
from diplograph.display.quotes import Quotes
from diplograph.display.table import ArrowRows, Row, Table, of_arrow

__all__ = ["ArrowRows", "Page", "Quotes", "Row", "Table", "of_arrow"]
