"""How well and how fast the reader reads: scores annotated folders and prints a table.

    python benchmarks/reading.py [GOLD_DIR …]

A folder holds ``NN-slug.txt`` beside ``NN-slug.json``; without an argument our own ``tests/gold`` is read.
Only totals are printed, so a folder that nobody may look at can be scored as well.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import diplograph
from diplograph.extract import extract
from diplograph.extract.evaluation import evaluate
from diplograph.model import Document
from diplograph.model.interchange import to_line
from diplograph.sources import read

SHOWN = ("event f1", "fact f1", "status", "start", "host", "place", "participants", "quotes")


def documents(folder: Path) -> Iterator[Document]:
    """The articles of a folder."""
    for document in read(str(path) for path in sorted(folder.glob("*.txt"))):
        if isinstance(document, Document):
            yield document


def score(folder: Path) -> dict[str, object]:
    """The figures of one folder, with the words read per second of processor time."""
    articles = list(documents(folder))
    extract(articles[0])
    start = time.process_time()
    lines = [to_line(article, extract(article)) for article in articles]
    spent = time.process_time() - start
    figures = {row["measure"]: row["value"] for row in evaluate(folder, lines).table()}
    words = sum(len(article.text.split()) for article in articles)
    return {**{name: figures[name] for name in SHOWN}, "words/s": round(words / spent)}


def main(folders: Iterable[str]) -> None:
    """Print a line for each folder."""
    print(f"diplograph {diplograph.__version__}, Python {platform.python_version()}, {platform.machine()}")
    print("\t".join(["set", *SHOWN, "words/s"]))
    for folder in folders:
        print("\t".join([Path(folder).name, *(str(value) for value in score(Path(folder)).values())]))


if __name__ == "__main__":
    main(sys.argv[1:] or [str(Path(__file__).resolve().parent.parent / "tests" / "gold")])
