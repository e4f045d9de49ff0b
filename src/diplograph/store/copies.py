"""A second copy of the evidence, a file for each source, from which a damaged database is made anew.

Takes the statements of a source; gives them back if they are still what the ledger says. A file is written
before the database is, and replaced as a whole.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from diplograph.errors import StoreError

_LEVEL: Final = 1
_SUFFIX: Final = ".nt.gz"


class Copies:
    """The copies of a store.

    Args:
        folder: Where they are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: str, lines: Sequence[str]) -> None:
        """Keep the statements of a source.

        Raises:
            StoreError: If they cannot be written.
        """
        path = self._path(source)
        half = path.with_suffix(".half")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(gzip.compress("\n".join(lines).encode(), _LEVEL, mtime=0))
            half.replace(path)
        except OSError as fault:
            half.unlink(missing_ok=True)
            raise StoreError(
                f"{path} cannot be written: {fault.strerror}; make room and try again"
            ) from fault

    def drop(self, source: str) -> None:
        """Forget a source."""
        self._path(source).unlink(missing_ok=True)

    def lines(self, source: str) -> list[str] | None:
        """The statements of a source; None if there is no copy or it cannot be read."""
        try:
            told = gzip.decompress(self._path(source).read_bytes()).decode()
        except (OSError, EOFError, ValueError, zlib.error):
            return None
        return told.split("\n")

    def sources(self) -> Iterator[str]:
        """The ids of all sources of which there is a copy, sorted."""
        names = sorted(path.name for path in self.folder.glob(f"??/*{_SUFFIX}"))
        return (name.removesuffix(_SUFFIX) for name in names)

    def __bool__(self) -> bool:
        return self.folder.is_dir() and any(os.scandir(self.folder))

    def _path(self, source: str) -> Path:
        return self.folder / source[:2] / f"{source}{_SUFFIX}"
