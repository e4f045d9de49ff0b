"""Builds the tables of data/ from the sources at hand: ``python scripts/gazetteer/build.py [table …]``."""

from __future__ import annotations

import importlib
import sys

TABLES = ("states", "organisations", "gatherings", "tenures", "places")


def main(names: list[str]) -> None:
    """Build the named tables, or all of them in order."""
    for name in names or TABLES:
        print(f"{name}: {importlib.import_module(name).build()} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
