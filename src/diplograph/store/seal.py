"""The seal of a database: what its files were when the last writer closed it.

Takes the folder of a store; gives faults in words. While a writer has the store open there is no seal, and
after one was interrupted there is none either, so that everything is counted.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Final

_FILE: Final = "seal.json"
_READ: Final = 128 << 20  # bytes that are read in a tenth of a second; of larger databases the sizes must do
_LOGS: Final = ("LOG", "LOCK")


def put(folder: Path) -> None:
    """Seal a database that was closed."""
    half = folder / f"{_FILE}.half"
    try:
        half.write_text(json.dumps(_files(folder), sort_keys=True), encoding="utf-8")
        half.replace(folder / _FILE)
    except OSError:
        # Without a seal the next opening counts everything, which is slower and as safe.
        half.unlink(missing_ok=True)


def lift(folder: Path) -> None:
    """Take the seal off, before anything is written."""
    (folder / _FILE).unlink(missing_ok=True)


def is_sealed(folder: Path) -> bool:
    """Whether the last writer closed the store."""
    return (folder / _FILE).exists()


def faults(folder: Path) -> list[str]:
    """What is not as it was sealed; empty if all is well or there is no seal."""
    try:
        sealed = json.loads((folder / _FILE).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as fault:
        return [f"{folder / _FILE} cannot be read ({fault})"]
    try:
        found = _files(folder)
    except OSError as fault:
        return [f"the database cannot be read ({fault.strerror})"]
    names = sorted(set(sealed) | set(found))
    return [
        f"the file graph/{name} is not as it was" for name in names if sealed.get(name) != found.get(name)
    ]


def _files(folder: Path) -> dict[str, list[int]]:
    """Size and checksum of each file; the checksum is left out where reading would take too long."""
    paths = [p for p in sorted((folder / "graph").iterdir()) if p.is_file() and not p.name.startswith(_LOGS)]
    sizes = {path: path.stat().st_size for path in paths}
    whole = sum(sizes.values()) <= _READ
    return {
        path.name: [size, zlib.crc32(path.read_bytes())] if whole or path.suffix != ".sst" else [size]
        for path, size in sizes.items()
    }
