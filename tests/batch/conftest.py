"""Documents, archives and event data of our own, as a batch finds them."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "benchmarks" / "making"), str(ROOT / "tests" / "contracts")]


@pytest.fixture(scope="session")
def alone():
    """The steps of a batch without Spark."""
    pytest.importorskip("pyarrow")
    import alone

    return alone


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A folder with articles, an archive in JSON lines, a packed one, and two files of event data."""
    folder = tmp_path_factory.mktemp("archive")
    articles = sorted((ROOT / "data" / "articles").glob("*.md"))[:6]
    for path in articles[:3]:
        (folder / path.name).write_text(path.read_text())
    told = [
        json.dumps({"text": p.read_text(), "published": f"2025-0{n}-01"})
        for n, p in enumerate(articles[3:], 1)
    ]
    (folder / "more.jsonl").write_text("\n".join(told) + "\n")
    line = {
        "text": "The Japanese Prime Minister arrived in Seoul on Friday for a two-day visit.",
        "published": "2024-09-06",
    }
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(json.dumps(line).encode(), mtime=0))
    import event_files

    for form in ("icews", "polecat"):
        event_files.write(form, 400, folder / f"{form}.tab")
    return folder


DEADLY_SOURCE = """
import os, signal
from diplograph.sources import Draft

class Deadly(Draft):
    def document(self, published=None):
        os.kill(os.getpid(), signal.SIGKILL)

def plug(name, stream):
    yield Deadly(name=name, text="deadly", raw=b"deadly")
"""
DEADLY_IMPORTER = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.fixture
def deadly(tmp_path):
    """A folder for the path, whose plugs end the process that reads with them."""
    from outsiders import declared

    declared(tmp_path / "site", "source", "deadly", DEADLY_SOURCE)
    return declared(tmp_path / "site", "importer", "deadly", DEADLY_IMPORTER)
