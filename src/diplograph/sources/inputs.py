"""Finds the files that an input names: a file, a folder, a pattern, or standard input.

``expand`` takes one input and gives ``Found`` bytes with their names, or a failure that says what is missing.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from diplograph.errors import SourceError
from diplograph.sources.draft import SourceFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An open file: its name, its bytes to be read, and the suffix that says how."""

    name: str
    stream: BinaryIO
    suffix: str


def expand(
    given: str | Path, suffixes: frozenset[str], stdin: BinaryIO | None
) -> Iterator[Found | SourceFailure]:
    """The files behind one input, opened one after the other.

    Args:
        given: Path, folder, pattern or ``-``.
        suffixes: Which files of a folder to take; a file named by itself is taken whatever its suffix.
        stdin: What ``-`` reads from; standard input if None.
    """
    if str(given) == "-":
        yield Found(name="-", stream=stdin or sys.stdin.buffer, suffix=".txt")
        return
    path = Path(given)
    try:
        paths = _paths(path, str(given), suffixes)
    except (OSError, ValueError) as wrong:
        yield _failure(str(given), f"cannot be listed ({wrong}); check the path and its permissions")
        return
    if not paths:
        yield _failure(str(given), _nothing(path, suffixes))
    for one in paths:
        yield from _opened(one)


def _paths(path: Path, given: str, suffixes: frozenset[str]) -> list[Path]:
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if one.suffix.lower() in suffixes and one.is_file())
    if path.exists():
        return [path]
    if glob.has_magic(given):
        # Path.glob refuses absolute patterns.
        return sorted(Path(one) for one in glob.glob(given, recursive=True) if Path(one).is_file())  # noqa: PTH207
    return []


def _nothing(path: Path, suffixes: frozenset[str]) -> str:
    if path.is_dir():
        return f"the folder holds no file that ends in {', '.join(sorted(suffixes))}; name another folder"
    if glob.has_magic(str(path)):
        return "no file matches this pattern; check it, and quote it if the shell changes it"
    return "there is no such file; check the name"


def _opened(path: Path) -> Iterator[Found | SourceFailure]:
    try:
        with path.open("rb") as stream:
            yield Found(name=str(path), stream=stream, suffix=path.suffix.lower())
    except OSError as wrong:
        why = wrong.strerror or wrong
        yield _failure(str(path), f"cannot be read ({why}); check that it is a readable file")


def _failure(name: str, why: str) -> SourceFailure:
    return SourceFailure(name=name, reason=SourceError(f"{name}: {why}"))
