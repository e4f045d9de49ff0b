"""Event data: files of a million rows, understood in columns.

``stage(path)`` reads a file in one of the formats of ``IMPORTERS`` (or told by a mapping) and gives a
``Staging`` whose table ``reports`` holds what its rows tell, and whose table ``aside`` the rows that tell
nothing, with reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from diplograph import plugins
from diplograph.errors import PluginError, SourceError, UnknownPluginError
from diplograph.plugins import Socket
from diplograph.sources.tables import (
    colt,
    gdelt,
    historyatstate,
    icews,
    lines,
    mapped,
    opening,
    polecat,
    quadruples,
)
from diplograph.sources.tables.episodes import episodes
from diplograph.sources.tables.formats import Format
from diplograph.sources.tables.interpreting import interpret
from diplograph.sources.tables.staging import Staging

IMPORTERS: Mapping[str, Format] = {
    one.name: one
    for one in (
        historyatstate.VISITS,
        historyatstate.TRAVELS,
        colt.FORMAT,
        icews.FORMAT,
        polecat.FORMAT,
        gdelt.FORMAT,
        quadruples.FORMAT,
    )
}

_ALIASES = {"quads": "quadruples"}
_WHEN = re.compile(r"\d+|\d{4}-\d\d-\d\d.*")

__all__ = ["IMPORTERS", "Format", "Staging", "find_format", "names", "recognise", "stage"]


def names() -> tuple[str, ...]:
    """What a format may be called: of our own, of what is plugged in, and ``table``."""
    families = {name.partition("-")[0] for name in IMPORTERS}
    return tuple(sorted({*_names(), *families, *_ALIASES, "table"}))


def stage(
    path: Path,
    form: str = "auto",
    *,
    mapping: Path | None = None,
    since: str | None = None,
    most: int | None = None,
) -> Staging:
    """Read and understand one file; close what it gives.

    Args:
        path: The file.
        form: Name of the format, ``table`` for one told by a mapping, or ``auto``.
        mapping: The mapping file of a ``table``.
        since: For quadruples whose times are numbers, the day that hour 0 is on.
        most: Stop after so many rows; None reads all.

    Raises:
        SourceError: If the file cannot be read at all.
        UnknownPluginError: If there is no such format; lists those there are.
    """
    staging = Staging(path, find_format(path, form, mapping), since=since, most=most)
    try:
        interpret(staging)
        episodes(staging)
    except BaseException:
        staging.close()
        raise
    return staging


def find_format(path: Path, form: str = "auto", mapping: Path | None = None) -> Format:
    """The format of a file.

    Raises:
        SourceError: If it is told nowhere and cannot be recognised.
        UnknownPluginError: If there is none of this name.
    """
    if mapping is not None or form == "table":
        if mapping is None:
            raise SourceError(f"{path}: say with --mapping what the columns of the table mean")
        return mapped.mapped(mapping)
    form = _ALIASES.get(form, form)
    if form != "auto":
        for plug in plugins.outside(Socket.IMPORTER):
            if plug.name == form:
                return _plugged(plug)
        families = [one for name, one in IMPORTERS.items() if form in (name, name.partition("-")[0])]
        if not families:
            raise UnknownPluginError("format", form, [*_names(), "historyatstate", "table"])
        if len(families) == 1:
            return families[0]
    found = recognise(path)
    if found is None:
        raise SourceError(
            f"{path}: no format of event data fits; give --format ({', '.join(_names())}), or describe it "
            f"with --mapping{_faults()}"
        )
    return found


def _names() -> list[str]:
    return [*IMPORTERS, *(plug.name for plug in plugins.outside(Socket.IMPORTER))]


def _plugged(plug: plugins.Plug) -> Format:
    """A format that another package plugs in.

    Raises:
        PluginError: If it cannot be loaded or is none.
    """
    found = plug.load()
    if not isinstance(found, Format):
        raise plug.broken(f"it is a {type(found).__name__}, and no diplograph.sources.tables.Format")
    return found


def _formats() -> list[Format]:
    """All formats that a file may be recognised as: our own, then what is plugged in and can be loaded."""
    found = list(IMPORTERS.values())
    for plug in plugins.outside(Socket.IMPORTER):
        with suppress(PluginError):
            found.append(_plugged(plug))
    return found


def _faults() -> str:
    """What is plugged in and cannot be loaded, for the message that no format fits."""
    told = ""
    for plug in plugins.outside(Socket.IMPORTER):
        try:
            _plugged(plug)
        except PluginError as fault:
            told += f"; {fault}"
    return told


def recognise(path: Path) -> Format | None:
    """The format that a file looks like; None if it looks like none."""
    for member in opening.members(path):
        if member.rows is not None:
            first = [str(cell) for cell in next(member.rows, [])]
            return next((one for one in _formats() if one.fits(first)), None)
        assert member.stream is not None, "a table has rows or bytes"
        try:
            start = member.stream.readline(lines.LONGEST)
        except (OSError, EOFError):
            return None
        return _recognised(start.decode("utf-8", "replace").rstrip("\r\n"))
    return None


def _recognised(line: str) -> Format | None:
    for delimiter in ("\t", ","):
        cells = [cell.strip('"') for cell in line.split(delimiter)]
        for one in _formats():
            if one.delimiter == delimiter and one.fits(cells):
                return one
    cells = line.split("\t")
    if len(cells) == len(gdelt.FORMAT.columns) and cells[0].isdigit():
        return gdelt.FORMAT
    fits = len(cells) in (4, 5) and all(cells) and _WHEN.fullmatch(cells[3])
    return quadruples.FORMAT if fits else None
