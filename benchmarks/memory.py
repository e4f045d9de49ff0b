"""Shows that memory is flat over a hundred thousand articles, and how fast several jobs extract them.

usage: python benchmarks/memory.py [ARTICLES] [--jobs N]

Articles are made on the fly from our own texts (each names somebody else, somewhere else, on another day) and
go through a pipe into ``diplograph extract``; the memory of all its processes is looked at all the while.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peers.keeping import keep, table  # noqa: E402 - lies beside this script

NUMBER = 100_000
MARKS = (0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
GOLD = sorted((HERE.parent / "tests" / "gold").glob("*.txt"))
SYLLABLES = "ba do ka li mo na ri sa te vu zo han jin kim per sol".split()
FIRST_DAY = date(2004, 1, 1)


def articles(number: int) -> Iterator[bytes]:
    """Lines of JSON, each a text that was there in no other line."""
    rng = random.Random(2026)  # noqa: S311 - no secret
    texts = [path.read_text(encoding="utf-8") for path in GOLD]
    for n in range(number):
        name = "".join(rng.choice(SYLLABLES) for _ in range(3)).title()
        day = FIRST_DAY + timedelta(days=rng.randrange(8000))
        text = rng.choice(texts).replace("Prime Minister ", f"Prime Minister {name} ")
        line = {
            "name": f"{n:06}",
            "published": day.isoformat(),
            "text": f"{name} Post\n\n{text}\n\n{name} {n}.",
        }
        yield json.dumps(line).encode() + b"\n"


def memory(process: int) -> int:
    """Kilobytes that a process and its children occupy."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if process in (int(told["Pid"]), int(told["PPid"])):
            total += int(told.get("VmRSS", "0 kB").split()[0])
    return total


def measure(number: int, jobs: int) -> tuple[list[tuple[int, int]], float]:
    """Memory after so many lines, and the seconds that all took."""
    command = [sys.executable, "-m", "diplograph", "extract", "/dev/stdin", "--jobs", str(jobs)]
    feed = [sys.executable, __file__, "--feed", str(number)]
    with subprocess.Popen(feed, stdout=subprocess.PIPE) as source:
        collection = f"/dev/fd/{source.stdout.fileno()}" if source.stdout else ""
        link = Path(f"/tmp/diplograph-memory-{os.getpid()}.jsonl")  # noqa: S108 - a name that ends in .jsonl
        link.symlink_to(collection)
        start = time.monotonic()
        with subprocess.Popen(
            [*command[:4], str(link), *command[5:]],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=[source.stdout.fileno()] if source.stdout else [],
        ) as reader:
            assert reader.stdout is not None
            found = watched(reader.stdout, reader.pid, number)
        link.unlink()
    return found, time.monotonic() - start


def watched(lines: object, process: int, number: int) -> list[tuple[int, int]]:
    """Memory at each of the marks."""
    marks = [max(1, int(number * mark)) for mark in MARKS]
    found = []
    for n, _ in enumerate(lines, 1):  # type: ignore[var-annotated, arg-type]  # Popen.stdout
        if n in marks:
            found.append((n, memory(process)))
    return found


def main(arguments: list[str]) -> None:
    """Print the table and keep it."""
    if "--feed" in arguments:
        for line in articles(int(arguments[-1])):
            sys.stdout.buffer.write(line)
        return
    jobs = int(arguments[arguments.index("--jobs") + 1]) if "--jobs" in arguments else os.cpu_count() or 1
    number = int(arguments[0]) if arguments and arguments[0].isdigit() else NUMBER
    rows = []
    for n in sorted({1, jobs}):
        found, seconds = measure(number, n)
        rows.append([n, *(f"{kilobytes / 1000:.0f}" for _, kilobytes in found), f"{number / seconds:.0f}"])
        print(*rows[-1], file=sys.stderr, flush=True)
    marks = [f"MB after {int(number * mark):,}" for mark in MARKS]
    keep(__file__, table(["jobs", *marks, "articles/s"], rows))


if __name__ == "__main__":
    main(sys.argv[1:])
