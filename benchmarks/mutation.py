"""Mutation testing: changes the code in small ways and counts the changes that no test notices.

usage: python benchmarks/mutation.py [--minutes N] [--sample N] [--again] [--show] [ROOM ...]

Rooms are those of ``ROOMS``; all of them if none is named. The work is mutmut's, in a copy of the checkout in
``out/mutation/ROOM``, so it can be broken off (``--minutes``) and goes on where it stood; a function that has
changed since is tried anew. ``--again`` tries the survivors anew after tests were added, ``--show`` prints
how each survivor differs, ``--sample`` tries so many only, drawn by the hash of their names. mutmut lives in
an environment of its own, made at the first run.

It mutates the bodies of functions. It leaves alone what is decorated (``@property``, ``@cache``) and what
stands outside of functions: tables, defaults of dataclasses, patterns.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peers.keeping import keep, table  # noqa: E402 - lies beside this script
from peers.venv import python  # noqa: E402

ROOT = HERE.parent
WORK = ROOT / "out" / "mutation"
MUTMUT = "mutmut==3.8.1"
COPIED = ("src", "tests", "data", "ontology", "pyproject.toml")
ROOMS = {
    "text/timex": (["text/timex/*"], ["text/test_timex_table.py", "text/test_timex_rules.py"]),
    "extract/status": (["extract/status.py"], ["extract/test_status.py"]),
    "consensus/merge": (["consensus/merge.py"], ["consensus"]),
    "analysis/shuttle": (
        ["analysis/shuttle.py"],
        ["analysis/test_shuttle.py", "analysis/test_shuttle_scope.py", "analysis/test_rhythm.py"],
    ),
}
"""Name of a room → what is mutated under ``src/diplograph``, and which tests under ``tests`` must notice."""

OUTCOMES = {
    0: "survived",
    2: "not tried",
    5: "untested",
    33: "untested",
    24: "too slow",
    36: "too slow",
    152: "too slow",
}
"""mutmut's exit codes; None is not tried, everything else is noticed."""


def folder(room: str) -> Path:
    """Where a room is mutated."""
    return WORK / room.replace("/", "-")


def lay_out(room: str) -> None:
    """Copy the checkout and say what is to be mutated."""
    home = folder(room)
    home.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = ROOT / name, home / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    mutated, tests = ROOMS[room]
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/diplograph/{pattern}" for pattern in mutated],
        "also_copy": ["data", "ontology"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:xdist"],
        "pytest_add_cli_args_test_selection": [
            f"tests/{name}" for name in tests if (ROOT / "tests" / name).exists()
        ],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    lines += ["track_dependencies = false", "use_git_change_detection = false"]
    with (home / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[tool.mutmut]", *lines]) + "\n")


def mutmut(room: str, *words: str, minutes: float | None = None, quiet: bool = False) -> str:
    """Run mutmut on a room; when the time is over it is asked to stop. Gives what it printed."""
    command = [str(python([MUTMUT])), "-m", "mutmut", *words]
    libraries = sysconfig.get_paths()["purelib"]
    environment = os.environ | {"PYTHONPATH": libraries, "DIPLOGRAPH_TEST_MUTATION": "1"}
    # A group of its own, since the processes that try mutants must end with mutmut; results are kept at once.
    process = subprocess.Popen(
        command,
        cwd=folder(room),
        env=environment,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=minutes * 60 if minutes else None)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        printed, _ = process.communicate()
    return printed or ""


def results(room: str) -> Iterator[tuple[str, str]]:
    """Name and outcome of each mutant of a room."""
    for path in sorted((folder(room) / "mutants").rglob("*.meta")):
        for name, code in sorted(json.loads(path.read_text("utf-8"))["exit_code_by_key"].items()):
            yield name, "not tried" if code is None else OUTCOMES.get(abs(code), "noticed")


def survivors(room: str) -> list[str]:
    """Names of the mutants that no test noticed."""
    return [name for name, outcome in results(room) if outcome in ("survived", "untested")]


def drawn(room: str, number: int) -> list[str]:
    """Some mutants of a room that were not tried yet, always the same ones of the same code."""
    names = sorted(results(room), key=lambda one: hashlib.sha256(one[0].encode()).hexdigest())
    return [name for name, outcome in names[:number] if outcome == "not tried"]


def difference(room: str, name: str) -> str:
    """The lines that a mutant changes."""
    printed = mutmut(room, "show", name, quiet=True).splitlines()
    return "\n".join(line for line in printed if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def figures(room: str) -> list[object]:
    """A row of the table of results."""
    counts = Counter(outcome for _, outcome in results(room))
    tried = sum(counts.values()) - counts["not tried"]
    left = counts["survived"] + counts["untested"]
    share = f"{left / tried:.3f}" if tried else "-"
    return [room, sum(counts.values()), tried, counts["noticed"], counts["too slow"], left, share]


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument(
        "--minutes", type=float, help="stop after that time for each room; the next run goes on"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try N mutants only, drawn from all")
    parser.add_argument("--again", action="store_true", help="try the survivors anew")
    parser.add_argument("--show", action="store_true", help="print the survivors and run nothing")
    return parser.parse_args()


def main() -> None:
    """Mutate, then print and keep the figures."""
    asked = arguments()
    for room in asked.rooms or ROOMS:
        if asked.show:
            print(*(f"{name}\n{difference(room, name)}\n" for name in survivors(room)), sep="\n")
            continue
        lay_out(room)
        chosen = survivors(room) if asked.again else []
        if asked.sample:
            mutmut(room, "run", "no.such.mutant")  # makes the mutants and tries none
            chosen = drawn(room, asked.sample)
        mutmut(room, "run", "--max-children", "2", *chosen, minutes=asked.minutes)
    if not asked.show:
        headings = ["room", "mutants", "tried", "noticed", "too slow", "survived", "share"]
        keep(__file__, table(headings, [figures(room) for room in ROOMS]))


if __name__ == "__main__":
    main()
