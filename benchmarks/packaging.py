"""Builds wheel and sdist and tries them in fresh environments: each Python, each extra, oldest dependencies.

    python benchmarks/packaging.py [--python 3.11] [--python /path/to/python3.14] [--case core] [--save]

Each case is an environment of its own, made by uv from the wheel, in which a new user's first steps are run,
and what the extra is for. ``oldest`` and ``oldest-all`` take the lowest version of every direct dependency
that pyproject.toml allows; they are tried on the oldest Python. Needs a package index.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peers.keeping import keep, table  # noqa: E402 - lies beside this script

ROOT: Final = HERE.parent
VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
FIRST_STEPS: Final = HERE / "peers" / "first_steps.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a case: size of its environment in MB, and why it failed, if it did."""

    python: str
    case: str
    size: int
    fault: str = ""


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--python", action="append", help="version or path")
    told.add_argument("--case", action="append")
    told.add_argument("--save", action="store_true")
    given = told.parse_args()
    with tempfile.TemporaryDirectory(prefix="diplograph-packaging-") as name:
        folder = Path(name)
        wheel = build(folder)
        outcomes = []
        for python in given.python or VERSIONS:
            path = interpreter(python)
            if path is None:
                print(f"no Python {python} here; name one with --python /path/to/it", flush=True)
                continue
            for case in given.case or cases(path):
                outcomes.append(tried(wheel, path, case, folder))
                print(*rows([outcomes[-1]])[0], flush=True)
    if given.save:
        keep(__file__, table(["Python", "case", "MB", "outcome"], rows(outcomes)))
    sys.exit(any(outcome.fault for outcome in outcomes))


def build(folder: Path) -> Path:
    """The wheel; that which the sdist gives holds the same."""
    run([sys.executable, "-m", "hatchling", "build", "-d", folder], ROOT)
    wheel, sdist = next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "sdist", filter="data")
    source = next((folder / "sdist").iterdir())
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "again"], source)
    assert contents(wheel) == contents(next((folder / "again").glob("*.whl"))), (
        "the sdist gives another wheel"
    )
    print(
        f"wheel {wheel.stat().st_size / 1e6:.1f} MB, sdist {sdist.stat().st_size / 1e6:.1f} MB, alike",
        flush=True,
    )
    return wheel


def contents(wheel: Path) -> dict[str, int]:
    """The files of a wheel and their checksums."""
    return {info.filename: info.CRC for info in zipfile.ZipFile(wheel).infolist()}


def interpreter(told: str) -> Path | None:
    """The Python of a version: on the path, or among pyenv's."""
    if "/" in told:
        return Path(told)
    known = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{told}.*/bin/python{told}"))
    found = known[-1] if known else shutil.which(f"python{told}")
    return Path(found) if found else None


def cases(python: Path) -> list[str]:
    """What to try with a Python."""
    extras = [*everything(), "spark", "all"]
    oldest = ["oldest", "oldest-all"] if python.name == f"python{VERSIONS[0]}" else []
    return ["core", *extras, *oldest]


def everything() -> list[str]:
    """The extras that ``all`` brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [extra for extra in project["optional-dependencies"] if extra not in ("all", "dev", "spark")]


def tried(wheel: Path, python: Path, case: str, folder: Path) -> Outcome:
    """Make the environment of a case, and take the first steps in it."""
    place = folder / f"{python.name}-{case}"
    extra = {"core": "", "oldest": "", "oldest-all": "all"}.get(case, case)
    fault = ""
    try:
        run(["uv", "venv", "--quiet", "--python", python, place / "venv"], folder)
        target = place / "venv" / "bin" / "python"
        lowest = ["--resolution", "lowest-direct"] if case.startswith("oldest") else []
        wanted = f"{wheel}[{extra}]" if extra else str(wheel)
        run(["uv", "pip", "install", "--quiet", *lowest, "--python", target, wanted], folder)
        shutil.copy(FIRST_STEPS, place)
        run(
            [target, FIRST_STEPS.name, *(everything() if extra == "all" else [extra] if extra else [])], place
        )
    except subprocess.CalledProcessError as wrong:
        fault = " ".join((wrong.stderr or wrong.stdout).split())[-300:].replace("|", "/")
    size = sum(f.stat().st_size for f in place.rglob("*") if f.is_file() and not f.is_symlink())
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.split()[-1]
    shutil.rmtree(place, ignore_errors=True)
    return Outcome(python=version, case=case, size=size // 1_000_000, fault=fault)


def run(command: list[object], folder: Path) -> None:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [str(word) for word in command], cwd=folder, check=True, capture_output=True, text=True,
        env=known | {"PATH": path, "PYTHONNOUSERSITE": "1"}, timeout=900,
    )  # fmt: skip


def rows(outcomes: list[Outcome]) -> list[list[object]]:
    return [[one.python, one.case, one.size, one.fault or "works"] for one in outcomes]


if __name__ == "__main__":
    main()
