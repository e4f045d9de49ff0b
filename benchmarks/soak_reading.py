"""Reads damaged articles and random characters for a while, and tells what broke and what was slowest.

usage: python benchmarks/soak_reading.py [SECONDS] [SEED]

Each text goes through opening and reading with a time limit, as on the command line. A fault of ours, a quote
that is not exact, or a text that takes longer than a second per 20,000 characters fails the run, and its seed
is printed.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "extract")]

from mutations import MUTATIONS, mutated, sound  # noqa: E402 - lies beside the tests that use it too

from diplograph.extract import extract  # noqa: E402
from diplograph.pipeline import Task, Told  # noqa: E402
from diplograph.sources import Draft  # noqa: E402
from peers.keeping import keep, table  # noqa: E402 - lies beside this script

SECONDS = 60
PACE = 20_000
LARGEST = 0x110000


def text_of(seed: int) -> tuple[str, str]:
    """What kind of text a seed makes, and the text."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    if seed % 4 == 0:
        return "random characters", "".join(
            chr(rng.randrange(LARGEST)) for _ in range(rng.randrange(1, 2000))
        )
    if seed % 4 == 1:
        kind = rng.choice(sorted(MUTATIONS))
        return kind, MUTATIONS[kind](mutated(rng), rng)
    return "several at once", mutated(rng)


def fault(text: str) -> tuple[str, float]:
    """What is wrong with the reading of a text, empty if nothing is, and its seconds for each ``PACE``."""
    start = time.process_time()
    told = Task(extractor=extract)(Draft(name="any", text=text, raw=text.encode("utf-8", "surrogatepass")))
    spent = (time.process_time() - start) / max(1.0, len(text) / PACE)
    if isinstance(told, Told):
        try:
            sound(told.document, told.reports or ())
        except AssertionError as wrong:
            return f"unsound: {wrong}", spent
        return ("slow", spent) if spent > 1 else ("", spent)
    return (str(told.reason), spent) if "please report" in str(told.reason) else ("", spent)


def main(arguments: list[str]) -> int:
    """Read until the time is over."""
    seconds = float(arguments[0]) if arguments else SECONDS
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    end, slowest, read = time.monotonic() + seconds, 0.0, Counter[str]()
    faults = []
    while time.monotonic() < end:
        kind, text = text_of(seed)
        wrong, spent = fault(text)
        read[kind] += 1
        slowest = max(slowest, spent)
        if wrong:
            faults.append((seed, kind, wrong))
            print(seed, kind, wrong, file=sys.stderr, flush=True)
        seed += 1
    rows = [*sorted(read.items()), ("all", read.total())]
    said = [
        *table(["kind of text", "read"], rows),
        "",
        f"Slowest: {slowest:.2f} s for {PACE:,} characters.",
        "",
    ]
    said += [f"- seed {number} ({kind}): {wrong}" for number, kind, wrong in faults] or ["No fault."]
    keep(__file__, said)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
