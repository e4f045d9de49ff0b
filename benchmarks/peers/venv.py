"""Keeps the peers of the benchmarks in a virtual environment of their own, so that none becomes a dependency.

``python(requirements)`` gives the interpreter that has them, made the first time under ``~/.cache``; what
cannot be installed is left out, and the benchmark says so.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def python(requirements: Sequence[str]) -> Path:
    """The interpreter of an environment in which as many of these as possible are installed."""
    digest = hashlib.sha256("\n".join([sys.version, *requirements]).encode()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "diplograph-bench" / digest
    interpreter = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        for one in requirements:
            _install(interpreter, one)
        (home / "ready").touch()
    return interpreter


def _install(interpreter: Path, requirement: str) -> None:
    print(f"installing {requirement} for this benchmark", file=sys.stderr)
    command = [interpreter, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "60"]
    done = subprocess.run([*command, *requirement.split()], capture_output=True, text=True)  # noqa: PLW1510
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        print(f"{requirement} cannot be installed: {last[0]}", file=sys.stderr)
