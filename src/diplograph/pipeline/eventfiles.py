"""Files of event data among inputs: which they are, and the bulk path that they go.

``split(inputs)`` parts files of event data from documents; ``take(store, file)`` puts one into a store and
gives the account of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph import sources
from diplograph.errors import DiplographError, SourceError
from diplograph.sources.inputs import is_address, paths_of, suffix_of

if TYPE_CHECKING:
    from diplograph.sources.tables import Staging
    from diplograph.store import Store

AUTO: Final = "auto"
_PROSE: Final = frozenset({".txt", ".txt.gz", ".gz"})  # endings that texts and tables share
_TABLES: Final = _PROSE | {".tab", ".tsv", ".csv", ".tab.gz", ".tsv.gz", ".csv.gz", ".xlsx", ".zip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How files of event data are to be read.

    Attributes:
        form: Name of their format; ``auto`` looks at each file.
        mapping: A file that says what the columns of a table mean.
        since: For quadruples whose times are numbers, the day that hour 0 is on.
        remarks: Whether remarks are read like articles.
    """

    form: str = AUTO
    mapping: Path | None = None
    since: str | None = None
    remarks: bool = True

    @property
    def told(self) -> bool:
        """Whether all inputs are said to be event data."""
        return self.form != AUTO or self.mapping is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of a file of event data.

    Attributes:
        name: Its path.
        form: Name of its format.
        rows: Rows read.
        set_aside: How many rows tell nothing between states, by reason.
        reports: Reports that the others came to.
        from_remarks: Reports that come from reading remarks.
        met: Reports that were compared with those of other sources.
        source: Id of its source.
        fresh: False if exactly this file was stored already.
    """

    name: str
    form: str
    rows: int
    set_aside: Mapping[str, int] = field(default_factory=dict)
    reports: int
    from_remarks: int
    met: int
    source: str
    fresh: bool


def split(
    inputs: Iterable[str | Path], wanted: Wanted | None = None
) -> tuple[tuple[Path, ...], tuple[str | Path, ...]]:
    """Files of event data, and all other inputs.

    A file is event data if it is said to be, if it ends like a table, or if it begins like one. Files in a
    folder are documents unless all inputs are said to be event data.

    Args:
        inputs: Files, folders, patterns, addresses or ``-``.
        wanted: How event data is to be read.
    """
    wanted = wanted or Wanted()
    events: list[Path] = []
    others: list[str | Path] = []
    for given in inputs:
        named = _named(given, folders=wanted.told)
        if wanted.told:
            # What names no file stays, so that reading it tells why.
            events += named or [Path(given)]
        elif tables := list(filter(is_table, named)):
            events += tables
            others += [path for path in named if path not in tables]
        else:
            others.append(given)
    return tuple(events), tuple(others)


def _named(given: str | Path, *, folders: bool) -> list[Path]:
    """The files that an input names, those in folders only if they are wanted."""
    if is_address(given) or str(given) == "-":
        return []
    try:
        return paths_of(given, _TABLES) if folders or not Path(given).is_dir() else []
    except (OSError, ValueError):
        return []


def is_table(path: Path) -> bool:
    """Whether a file is a table; one that no format fits is one too, so that importing tells what to do."""
    from diplograph.sources import tables

    ending = suffix_of(path.name)
    if not path.is_file() or ending in sources.endings() - _TABLES:
        return False
    try:
        return ending in _TABLES - _PROSE or tables.recognise(path) is not None
    except DiplographError:
        return False


def take(store: Store, staging: Staging, *, remarks: bool = True) -> Account:
    """Put the reports of a file that was understood into a store.

    Args:
        store: Where they go.
        staging: The file.
        remarks: Whether remarks are read like articles.

    Raises:
        StoreError: If the store is none that files can be loaded into, or cannot be written to.
    """
    from diplograph.store import bulk

    done = bulk.take(store, staging, remarks=remarks)
    return Account(
        name=str(staging.path),
        form=staging.form.name,
        rows=staging.total,
        set_aside=staging.counted(),
        reports=done.reports,
        from_remarks=done.from_remarks,
        met=done.met,
        source=done.source,
        fresh=done.fresh,
    )


def take_all(
    store: Store, files: Iterable[Path], wanted: Wanted
) -> Iterator[Account | sources.SourceFailure]:
    """Put files into a store, one after the other; one that cannot be read is told and the rest goes on."""
    from diplograph.sources import tables

    for path in files:
        try:
            with tables.stage(path, wanted.form, mapping=wanted.mapping, since=wanted.since) as staging:
                yield take(store, staging, remarks=wanted.remarks)
        except SourceError as fault:
            yield sources.SourceFailure(name=str(path), reason=fault)
