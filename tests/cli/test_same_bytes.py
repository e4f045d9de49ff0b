"""The same input gives the same bytes, whatever the order and whatever the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ARTICLES = sorted((Path(__file__).resolve().parent.parent.parent / "data" / "articles").glob("*.md"))


def exported(folder, names, seed):
    """The export of a graph that a process of its own has made of the articles."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "DIPLOGRAPH_STORE": str(folder)}
    for words in (["ingest", *names], ["export", "--format", "nq"]):
        done = subprocess.run(
            [sys.executable, "-m", "diplograph", *words], env=environment, capture_output=True, check=True
        )
    return done.stdout


def test_order_and_hash_seed_change_nothing(tmp_path):
    """The demo articles in two orders under two hash seeds give one export."""
    names = [str(path) for path in ARTICLES]
    first = exported(tmp_path / "a", names, "0")
    second = exported(tmp_path / "b", names[::-1] + names[:3], "1234")

    assert len(first) > 100_000
    assert first == second
