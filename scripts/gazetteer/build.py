"""Builds the tables of data/ from the sources at hand and from overrides/.

``python scripts/gazetteer/build.py [table …] [--sources DIR] [--to DIR] [--without SOURCE …]``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import gatherings
import organisations
import places
import states
import tenures

import tables

_BUILDERS = {
    "states": states.build,
    "organisations": organisations.build,
    "gatherings": gatherings.build,
    "tenures": tenures.build,
    "places": places.build,
}


def main() -> int:
    """Build the named tables, or all of them in order."""
    options = argparse.ArgumentParser(description="Build the tables of data/.")
    options.add_argument("tables", nargs="*", metavar="TABLE", help=f"any of {', '.join(_BUILDERS)}")
    options.add_argument("--sources", type=Path, default=tables.SOURCES, help="the folder of the sources")
    options.add_argument("--to", type=Path, default=tables.TARGET, help="where the tenures go")
    options.add_argument("--without", action="append", default=[], metavar="SOURCE", help="leave one out")
    chosen = options.parse_args()
    for name in chosen.tables or _BUILDERS:
        if name not in _BUILDERS:
            options.error(f"there is no table {name!r}; there are {', '.join(_BUILDERS)}")
        try:
            if name == "tenures":
                count = tenures.build(chosen.sources, chosen.without, chosen.to)
            else:
                count = _BUILDERS[name]()
        except ValueError as fault:
            print(f"build.py: {fault}", file=sys.stderr)
            return 1
        print(f"{name}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
