"""A process with little memory opens the graph again and again, as a server does beside a writer."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Each flush leaves files of its own; the engine opens them in threads, many at a time.
FILES = """
import os, sys
from pyoxigraph import Store
database = Store(sys.argv[1])
for n in range(40):
    lines = " ".join(f'<urn:s{n}-{i}> <urn:p{i}> "{n} {i}" .' for i in range(20))
    database.update(f"INSERT DATA {{ GRAPH <urn:g{n}> {{ {lines} }} }}")
    database.flush()
os._exit(0)
"""
OPEN = """
import sys
from diplograph.app import cage
from diplograph.app.engine import Opened
opened = Opened()
opened.at(sys.argv[1])
cage.bound(60)
for n in range(30):
    database = opened.at(sys.argv[1] + "/." * (n % 2))
    assert 40 == len(list(database.named_graphs()))
del database
try:
    bytearray(200 << 20)
except MemoryError:
    print("still bound")
"""


@pytest.fixture(scope="module")
def many_files(tmp_path_factory):
    """A database that a busy writer left."""
    path = tmp_path_factory.mktemp("many") / "graph"
    subprocess.run([sys.executable, "-c", FILES, path], check=True)
    return path


def test_opening_again_does_not_end_the_process(many_files):
    """However little memory queries may use, a new view of the graph opens; then the limit holds again."""
    done = subprocess.run([sys.executable, "-c", OPEN, many_files], capture_output=True, text=True)

    assert "still bound" == done.stdout.strip(), (done.returncode, done.stderr[-500:])
