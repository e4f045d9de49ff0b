"""Measures how often the gazetteer knows office-holders: ``python benchmarks/holders.py [--sources DIR]``.

Every source asks what it knows. It asks twice: the table as it is shipped, and a table that was built without
that source, so that it cannot have been copied from it. Needs the folder of the sources, which is no part of
the repository; without it the script says so and fails.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts" / "gazetteer"
# REIGN was made from Archigos: who leaves out one must leave out the other.
ALONE = (
    ("Archigos 4.1", "REIGN"),
    ("Office of the Historian",),
    ("CIA World Factbook",),
    ("Phoenix actors",),
)


def main() -> int:
    """Print both tables."""
    options = argparse.ArgumentParser(description="Ask the gazetteer what the sources know.")
    options.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "data")
    folder = options.parse_args().sources
    if not folder.is_dir():
        print(f"holders.py: {folder} is not there; name the folder of the sources", file=sys.stderr)
        return 1
    print("As it is shipped:\n")
    print(_asked(ROOT / "data", folder))
    for names in ALONE:
        print(f"\nBuilt without {' and '.join(names)}, asked by them:\n")
        with tempfile.TemporaryDirectory() as built:
            for table in (ROOT / "data").glob("*.csv"):
                shutil.copy(table, built)
            leave = [word for name in names for word in ("--without", name)]
            _run(SCRIPTS / "build.py", "tenures", "--sources", str(folder), "--to", built, *leave)
            lines = _asked(Path(built), folder).splitlines()
        print("\n".join(line for line in lines if line.startswith(("source", *names))))
    return 0


def _asked(tables: Path, folder: Path) -> str:
    return _run(SCRIPTS / "ask.py", "--tables", str(tables), "--sources", str(folder)).rstrip()


def _run(script: Path, *words: str) -> str:
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
