"""Coverage: the lines of ``src/`` that no test runs, with those that run in processes started by tests.

usage: python benchmarks/line_coverage.py [TEST ...]

Runs the tests (all of them if none is named) under coverage in two processes and keeps the share of lines by
room. Runs add up: ``--fresh`` begins anew, and ``--report`` runs nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peers.keeping import keep, table  # noqa: E402 - lies beside this script

ROOT = HERE.parent
WORK = ROOT / "out" / "coverage"
SETTINGS = WORK / "settings.ini"
"""Processes of the server and of the command line count: they are started with the same settings."""


def settings() -> None:
    """Write the settings of coverage."""
    WORK.mkdir(parents=True, exist_ok=True)
    lines = ["[run]", f"source = {ROOT / 'src' / 'diplograph'}", f"data_file = {WORK / 'data'}"]
    # A process that was forked from a test must not write into the data of its parent.
    lines += ["parallel = true", "sigterm = true", "patch =", "    subprocess", "    fork", "    _exit"]
    lines += ["concurrency =", "    multiprocessing"]
    SETTINGS.write_text("\n".join([*lines, "    thread"]) + "\n", encoding="utf-8")


def run(*words: str) -> int:
    """Run a command of coverage in the checkout."""
    command = [sys.executable, "-m", "coverage", words[0], f"--rcfile={SETTINGS}", *words[1:]]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def by_room() -> tuple[list[list[object]], float]:
    """Room, modules, lines, lines not run and share of each room, the least covered first; and the whole."""
    report = WORK / "report.json"
    run("combine", "--append", "--quiet", str(WORK))
    run("json", "--quiet", "-o", str(report))
    told = json.loads(report.read_text("utf-8"))
    rooms: dict[str, list[dict[str, int]]] = defaultdict(list)
    for name, module in told["files"].items():
        inner = Path(name).parts[Path(name).parts.index("diplograph") + 1 :]
        rooms[inner[0].removesuffix(".py")].append(module["summary"])
    rows = []
    for room, modules in rooms.items():
        lines = sum(one["num_statements"] for one in modules)
        missing = sum(one["missing_lines"] for one in modules)
        rows.append([room, len(modules), lines, missing, f"{1 - missing / lines if lines else 1:.3f}"])
    return sorted(rows, key=lambda row: (row[4], row[0])), told["totals"]["percent_covered"]


def main() -> int:
    """Run, then print and keep the figures."""
    tests = [word for word in sys.argv[1:] if not word.startswith("--")]
    failed = 0
    if "--fresh" in sys.argv:
        shutil.rmtree(WORK, ignore_errors=True)
    if "--report" not in sys.argv:
        settings()
        failed = run(
            "run", "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider", *tests
        )
    rows, whole = by_room()
    headings = ["room", "modules", "lines", "not run", "share"]
    keep(__file__, [f"{whole:.1f}% of all lines.", "", *table(headings, rows)])
    return failed


if __name__ == "__main__":
    sys.exit(main())
