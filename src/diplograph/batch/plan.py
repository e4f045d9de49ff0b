"""Says how a batch is cut into slices, and keeps that beside the results, so that a second start goes on.

``make(inputs, ...)`` takes files and folders and gives a ``Plan``; ``adopt(plan, output)`` writes it down, or
finds that it stands there already. Whoever has the same inputs gets the same plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final

from diplograph.errors import SourceError, StoreError
from diplograph.sources.inputs import paths_of, suffix_of

EVENTS: Final = frozenset({".tab", ".tsv", ".csv", ".tab.gz", ".tsv.gz", ".csv.gz", ".zip", ".xlsx"})
"""The endings of files of event data."""
SLICE: Final = 500
"""Files that are read in one go; an archive of many documents, or a file of event data, is one by itself."""
_ALONE: Final = (".jsonl", ".ndjson", ".warc", ".gz", *EVENTS)
_MOST: Final = 20_000  # slices of a batch; of more files a slice takes more
_VERSION: Final = 1
_FILE: Final = "plan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What is read in one go.

    Attributes:
        number: Its place in the order of all.
        paths: Its files: documents, or one file of event data.
        events: Whether it is event data.
    """

    number: int
    paths: tuple[str, ...]
    events: bool

    @property
    def name(self) -> str:
        """What its files are called by: ``00012``."""
        return f"{self.number:05}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A batch before it begins.

    Attributes:
        slices: What is read, in order.
        options: What besides the inputs decides what comes out.
        digest: Of the names and sizes of all inputs, and the options.
    """

    slices: tuple[Slice, ...]
    options: dict[str, Any]
    digest: str


def make(
    inputs: Iterable[str | Path],
    *,
    published: date | None = None,
    form: str = "auto",
    mapping: Path | None = None,
    size: int = SLICE,
) -> Plan:
    """The plan for some inputs.

    Args:
        inputs: Files, folders and patterns.
        published: Publication date of documents that do not tell their own.
        form: Format of the event data, or ``auto``.
        mapping: What the columns of a table of event data mean.
        size: Documents in a slice.

    Raises:
        SourceError: If there is nothing to read.
    """
    from diplograph.sources import endings

    known = endings() | EVENTS
    given = [str(one) for one in inputs]
    paths = list(dict.fromkeys(chain.from_iterable(paths_of(Path(one).resolve(), known) for one in given)))
    if not paths:
        raise SourceError(
            f"{', '.join(given) or 'no input'}: holds no document that ends in {', '.join(sorted(known))}; "
            "name another folder"
        )
    options = {
        "version": _VERSION,
        "published": published.isoformat() if published else None,
        "format": form,
        "mapping": str(mapping.resolve()) if mapping else None,
    }
    slices = tuple(
        Slice(number=number, paths=tuple(map(str, part)), events=_is_event_data(part[0]))
        for number, part in enumerate(_cut(paths, max(size, -(-len(paths) // _MOST))))
    )
    return Plan(slices=slices, options=options, digest=_digest(slices, options))


def adopt(plan: Plan, output: Path) -> None:
    """Make the folder of the results this plan's.

    Raises:
        StoreError: If something else is there.
    """
    mark = output / _FILE
    told = json.dumps({**plan.options, "slices": len(plan.slices), "digest": plan.digest}, sort_keys=True)
    if mark.exists():
        if mark.read_text(encoding="utf-8") != told:
            raise StoreError(
                f"{output} is there already and holds another batch, or its inputs changed since; "
                "name a new folder or remove it"
            )
        return
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise StoreError(f"{output} is there already and is no batch; name a new folder or remove it")
    output.mkdir(parents=True, exist_ok=True)
    half = mark.with_suffix(".half")
    half.write_text(told, encoding="utf-8")
    half.replace(mark)


def _is_event_data(path: Path) -> bool:
    return suffix_of(path.name) in EVENTS


def _cut(paths: Sequence[Path], size: int) -> Iterator[list[Path]]:
    """Documents first, in order; then event data, as a row of it never makes a document another."""
    waiting: list[Path] = []
    for path in sorted(paths, key=_is_event_data):
        alone = suffix_of(path.name).endswith(_ALONE)
        if waiting and (alone or len(waiting) == size):
            yield waiting
            waiting = []
        if alone:
            yield [path]
        else:
            waiting.append(path)
    if waiting:
        yield waiting


def _digest(slices: Iterable[Slice], options: dict[str, Any]) -> str:
    told = hashlib.sha256(json.dumps(options, sort_keys=True).encode())
    for part in slices:
        told.update(f"slice {len(part.paths)}\n".encode())
        for path in part.paths:
            told.update(f"{path}\t{Path(path).stat().st_size}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()
