"""Finds the files that an input names: a file, a folder, a pattern, or standard input.

``expand`` takes one input and gives ``Found`` bytes with their names, or a failure that says what is missing.
``count`` takes inputs and tells how many documents are in them, where that can be told without reading them.
"""

from __future__ import annotations

import glob
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from diplograph.errors import SourceError
from diplograph.sources.draft import SourceFailure

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An open file: its name, its bytes to be read, and the suffix that says how."""

    name: str
    stream: BinaryIO
    suffix: str


def is_address(given: str | Path) -> bool:
    """Whether an input is the address of a page or feed."""
    return isinstance(given, str) and bool(_ADDRESS.match(given))


def suffix_of(name: str) -> str:
    """What the end of a file's name says of its kind, in small letters: ``.txt``, ``.warc.gz``."""
    ends = Path(name.lower()).suffixes
    return "".join(ends[-2:]) if ends[-1:] == [".gz"] else "".join(ends[-1:])


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
    try:
        paths = paths_of(given, suffixes)
    except (OSError, ValueError) as wrong:
        yield _failure(str(given), f"cannot be listed ({wrong}); check the path and its permissions")
        return
    if not paths:
        yield _failure(str(given), _nothing(Path(given), str(given), suffixes))
    for one in paths:
        yield from _opened(one)


def paths_of(given: str | Path, suffixes: frozenset[str]) -> list[Path]:
    """The files that a path, folder or pattern names, sorted.

    Raises:
        OSError: If a folder cannot be listed.
        ValueError: If the name is none that a file can have.
    """
    path = Path(given)
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if suffix_of(one.name) in suffixes and one.is_file())
    if path.exists():
        return [path]
    if glob.has_magic(str(given)):
        # Path.glob refuses absolute patterns.
        return sorted(Path(one) for one in glob.glob(str(given), recursive=True) if Path(one).is_file())  # noqa: PTH207
    return []


def count(inputs: Iterable[str | Path], suffixes: frozenset[str]) -> int | None:
    """How many documents are in some inputs; None where only reading them can tell.

    Args:
        inputs: Files, folders, patterns.
        suffixes: Which files of a folder are taken.
    """
    total = 0
    for given in inputs:
        if is_address(given) or str(given) == "-":
            return None
        try:
            for path in paths_of(given, suffixes):
                inside = _inside(path)
                if inside is None:
                    return None
                total += inside
        except (OSError, ValueError):
            return None
    return total


def _inside(path: Path) -> int | None:
    kind = suffix_of(path.name)
    if kind.endswith((".gz", ".warc")):
        return None
    if kind not in (".jsonl", ".ndjson"):
        return 1
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b""))


def _nothing(path: Path, given: str, suffixes: frozenset[str]) -> str:
    if path.is_dir():
        return f"the folder holds no file that ends in {', '.join(sorted(suffixes))}; name another folder"
    if _SCHEME.match(given):
        return "only addresses that begin with http:// or https:// are read; save it as a file"
    if glob.has_magic(str(path)):
        return "no file matches this pattern; check it, and quote it if the shell changes it"
    return "there is no such file; check the name"


def _opened(path: Path) -> Iterator[Found | SourceFailure]:
    try:
        with path.open("rb") as stream:
            yield Found(name=str(path), stream=stream, suffix=suffix_of(path.name))
    except OSError as wrong:
        why = wrong.strerror or wrong
        yield _failure(str(path), f"cannot be read ({why}); check that it is a readable file")


def _failure(name: str, why: str) -> SourceFailure:
    return SourceFailure(name=name, reason=SourceError(f"{name}: {why}"))
