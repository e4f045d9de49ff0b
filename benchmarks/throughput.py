"""Measures how fast texts are read, against spaCy's small English pipeline on the same texts in one run.

usage: python benchmarks/throughput.py [FOLDER …]

Without a folder our own texts are read: ``tests/gold`` and ``data/articles``, a few times over. Ours goes all
the way from text to reports with evidence; spaCy's goes to parsed sentences with named entities. Both run in
one thread; processor time is counted, loading is not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from diplograph.extract import extract  # noqa: E402
from diplograph.model import Document  # noqa: E402
from diplograph.sources import Draft, read  # noqa: E402
from peers.keeping import keep, table  # noqa: E402 - lies beside this script
from peers.venv import python  # noqa: E402

ROUNDS = 3
OWN = (HERE.parent / "tests" / "gold", HERE.parent / "data" / "articles")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def texts(folders: list[Path]) -> list[str]:
    """The texts of some folders."""
    paths = (
        path for folder in folders for path in sorted(folder.glob("*")) if path.suffix in (".txt", ".md")
    )
    return [document.text for document in read(paths) if isinstance(document, Document)]


def ours(articles: list[str]) -> float:
    """Processor seconds of the way from text to reports."""
    start = time.process_time()
    for text in articles:
        extract(Draft(name="a", text=text, raw=b"").document())
    return time.process_time() - start


def theirs(articles: list[str]) -> list[tuple[str, float]]:
    """What spaCy's pipelines take."""
    done = subprocess.run(
        [python(("spacy>=3.8,<3.9", "en_core_web_sm")), HERE / "peers" / "spacy_small.py"],
        input=json.dumps(articles),
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=True,
    )
    return [(name, seconds) for name, seconds in json.loads(done.stdout)]


def main(arguments: list[str]) -> None:
    """Print the table and keep it."""
    folders = [Path(argument) for argument in arguments] or list(OWN)
    articles = texts(folders) * ROUNDS
    words = sum(len(text.split()) for text in articles)
    ours(articles[:3])
    before = ours(articles)
    peers = theirs(articles)
    # Measured on both sides of the peer, so that a machine that slows down meanwhile does not mislead.
    own = (before + ours(articles)) / 2
    rows = [
        [
            name,
            f"{seconds:.2f}",
            f"{words / seconds:,.0f}",
            f"{len(articles) / seconds:,.0f}",
            f"{seconds / own:.1f}",
        ]
        for name, seconds in [("diplograph, text to reports", own), *peers]
    ]
    found = table(["reader", "CPU seconds", "words/s", "articles/s", "time / ours"], rows)
    names = " and ".join(folder.name for folder in folders)
    keep(__file__, [f"{len(articles)} texts, {words:,} words ({names}, {ROUNDS} times).", "", *found])


if __name__ == "__main__":
    main(sys.argv[1:])
