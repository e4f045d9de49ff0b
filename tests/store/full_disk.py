"""Fills a disk with a store until nothing more goes in, makes room, and prints what came of it as JSON.

``python full_disk.py FOLDER`` where FOLDER is the whole of a small disk.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hardship import BACKGROUND, made

from diplograph import store
from diplograph.errors import StoreError

BALLAST = 2_000_000  # bytes


def words(task):
    """What is said when a task cannot be done; empty if it is done."""
    try:
        task()
    except StoreError as fault:
        return str(fault)
    return ""


def filled(kept, acknowledged):
    for document, reports in made(1000):
        kept.add(document, reports)
        acknowledged.append(document.id)
        kept.infer()


def read(path):
    with store.open(path, read_only=True, background=BACKGROUND) as reader:
        return list(reader.sources())


def main(disk):
    ballast, path = disk / "ballast", disk / "kg"
    ballast.write_bytes(bytes(BALLAST))
    acknowledged = []
    kept = store.open(path, background=BACKGROUND)
    refused = words(lambda: filled(kept, acknowledged))
    words(kept.close)
    beside = read(path)
    opened = words(lambda: store.open(path, background=BACKGROUND).close())
    ballast.unlink()
    with store.open(path, background=BACKGROUND) as again:
        faults = again.verify()
        for document, reports in made(len(acknowledged) + 2):
            again.add(document, reports)
        again.infer()
        end, number = again.export("nq"), len(again.sources())
    with store.open(background=BACKGROUND) as whole:
        for document, reports in made(number):
            whole.add(document, reports)
        whole.infer()
        same = end == whole.export("nq")
    told = {"refused": refused, "acknowledged": acknowledged, "read": beside, "opened": opened}
    print(json.dumps({**told, "faults": faults, "same": same}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
