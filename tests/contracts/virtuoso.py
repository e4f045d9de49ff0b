"""Starts Virtuoso on loopback for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import warnings
from pathlib import Path

import pytest

from diplograph.store.client import Address

SETTINGS = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
"""
PATIENCE = 90  # seconds; two cores may have much else to do


def missing(root: Path) -> str:
    """Why there is no Virtuoso; empty if there is one, or it could be installed."""
    if shutil.which("virtuoso-t"):
        return ""
    done = subprocess.run([root / "scripts" / "install-virtuoso"], capture_output=True, text=True)
    return "" if shutil.which("virtuoso-t") else f"no Virtuoso: {done.stderr.strip()[-400:]}"


def refuse(why: str) -> None:
    """Skip loudly; where nothing may be left out, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(why, stacklevel=2)
    pytest.skip(why)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path) -> tuple[subprocess.Popen, Address]:
    """A server with an empty database in a folder."""
    port, web = free_port(), free_port()
    (folder / "v.ini").write_text(SETTINGS.format(port=port, web=web))
    command = ["virtuoso-t", "-f", "-c", "v.ini"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{web}/"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{base}sparql", timeout=5).close()
            break
        except (urllib.error.URLError, OSError) as fault:
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                log = (folder / "v.log").read_text(errors="replace") if (folder / "v.log").exists() else ""
                pytest.fail(f"Virtuoso did not start: {fault}; {log[-500:]}")
            time.sleep(0.25)
    return process, Address(
        query=f"{base}sparql",
        update=f"{base}sparql-auth",
        graphs=f"{base}sparql-graph-crud-auth",
        user="dba",
        password="dba",
    )
