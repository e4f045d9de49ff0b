"""Finds the files of ontology/ and data/, in a checkout and in an installed wheel.

Takes a relative name such as ``data/states.csv``; gives a path that exists.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from diplograph.errors import DiplographError

LOCAL_DATA = "DIPLOGRAPH_DATA"
_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds ``ontology/`` and ``data/``.

    Raises:
        DiplographError: If neither the checkout nor the wheel has them.
    """
    for candidate in (_PACKAGE / "_resources", _PACKAGE.parent.parent):
        if (candidate / "ontology").is_dir() and (candidate / "data").is_dir():
            return candidate
    raise DiplographError(f"no ontology/ and data/ beside {_PACKAGE}; install diplograph anew")


def path(name: str) -> Path:
    """The path of one resource, named relative to the root.

    Raises:
        DiplographError: If there is no such file.
    """
    found = root() / name
    if not found.exists():
        raise DiplographError(f"{found} is missing; install diplograph anew")
    return found


def files(folder: str, pattern: str) -> list[Path]:
    """The files of a folder that match a glob pattern, sorted by name."""
    return sorted((root() / folder).glob(pattern))


def local_data() -> Path | None:
    """The folder of the reader's own tables, which ``DIPLOGRAPH_DATA`` names; None if it names none."""
    named = os.environ.get(LOCAL_DATA, "")
    return Path(named) if named else None
