"""What an importer is: a format of event data, told as a table of what each column means.

An importer is one module with one ``Format``, and one line in ``IMPORTERS`` of this package. Its ``select``
says in SQL what each column gives, with ``[[Event Date]]`` for a cell of the row; a cell that it leaves out
is NULL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from diplograph.errors import SourceError

CELLS: Final[Mapping[str, str]] = {
    "start": "first day, as a partial ISO date",
    "stop": "last day, as a partial ISO date",
    "code": "what happened, as a code or text of CAMEO or PLOVER, or an event type of ours",
    "subtype": "subtype of ours, if the row tells it",
    "status": "status of ours; held if the row does not tell",
    "a_name": "the first actor: a state, a person, a sector",
    "a_kind": "what sectors it is of",
    "a_land": "of which state it is, by name or code",
    "a_office": "its office, if the row tells it",
    "b_name": "the second actor",
    "b_kind": "what sectors it is of",
    "b_land": "of which state it is",
    "b_office": "its office",
    "goldstein": "score on the scale of Goldstein",
    "place": "where, by name",
    "place_land": "in which state",
    "occasion": "the gathering that it belongs to",
    "publisher": "who reported it",
    "remark": "prose, which is read like an article",
    "reject": "why the row is to be set aside, if it says so itself",
    "a_code": "what the table calls the first state, if it has names of its own",
    "b_code": "what it calls the second",
}
"""What a row can tell; every importer gives these cells, and everything after it is the same for all."""

_CELL: Final = re.compile(r"\[\[([^\]]+)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of event data.

    Attributes:
        name: What to call it after ``--format``.
        about: What it is, in a sentence.
        columns: Its columns, in order where there is no header.
        select: Cell → SQL expression over the columns.
        optional: Those of the columns that may be missing from a header.
        header: Whether its first line names the columns.
        delimiter: What stands between cells; between tabs they are never quoted.
        machine: Whether a program coded it from news: then rows within three days are one episode.
        confidence: Probability that a row tells what took place.
        legacy: Encoding of lines that are no UTF-8.
        placed: Whether only the place tells who hosts a visit, because both sides are coded alike.
        official: Whether its travellers are named, so that a row needs no look-up of who they are.
    """

    name: str
    about: str
    columns: tuple[str, ...]
    select: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    header: bool = True
    delimiter: str = "\t"
    machine: bool = True
    confidence: float = 0.8
    legacy: str | None = None
    official: bool = False
    placed: bool = False
    known_by: frozenset[str] = field(default_factory=frozenset)

    def positions(self, name: str, header: Sequence[str]) -> dict[str, int]:
        """Column → position, counted from 1, from the first line of a file.

        Raises:
            SourceError: If a column that is needed is not in the header.
        """
        if not self.header:
            return {column: number for number, column in enumerate(self.columns, 1)}
        found = {_plain(cell): number for number, cell in enumerate(header, 1)}
        missing = [c for c in self.columns if _plain(c) not in found and c not in self.optional]
        if missing:
            told = ", ".join(repr(c) for c in missing)
            raise SourceError(
                f"{name}:1: the header lacks {told}, which {self.name} has; name the columns with a mapping "
                "(--format table --mapping FILE)"
            )
        return {column: found[_plain(column)] for column in self.columns if _plain(column) in found}

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header is one of this format."""
        told = {_plain(cell) for cell in header}
        return self.header and {_plain(column) for column in self.known_by} <= told

    def meanings(self) -> dict[str, str]:
        """Cell → what it is, of the cells that this format gives."""
        return {cell: meaning for cell, meaning in CELLS.items() if cell in self.select}

    def told_by(self, cell: str) -> list[str]:
        """The columns that give a cell; none for what is the same in all rows."""
        return list(dict.fromkeys(_CELL.findall(self.select.get(cell, ""))))

    def unused(self) -> list[str]:
        """The columns that give no cell."""
        used = {column for cell in self.select for column in self.told_by(cell)}
        return [column for column in self.columns if column not in used]

    def expression(self, cell: str, positions: Mapping[str, int]) -> str:
        """The SQL of a cell; a column that is missing, or empty, is NULL."""
        sql = self.select.get(cell, "NULL")

        def column(found: re.Match[str]) -> str:
            position = positions.get(found[1])
            return f"nullif(trim(f[{position}]), '')" if position else "NULL::VARCHAR"

        return _CELL.sub(column, sql)


def _plain(cell: str) -> str:
    return cell.strip().strip('\ufeff"').casefold()
