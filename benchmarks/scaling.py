"""Shows that reading time grows linearly with the length of a text, to ten million characters, in all shapes.

usage: python benchmarks/scaling.py [MEGABYTES]

Each shape is doubled from 20,000 characters up to the size; what counts is the time per character at the end
against that at 160,000 characters, where all caches are warm. Shapes: articles one after the other, one
article repeated, all of it in one line, one sentence without end, brackets, quotes, dates, names and numbers
without end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from diplograph.extract import extract  # noqa: E402
from diplograph.sources import Draft  # noqa: E402
from peers.keeping import keep, table  # noqa: E402 - lies beside this script

FIRST, WARM = 20_000, 160_000
LAST = 10_000_000
GOLD = sorted((HERE.parent / "tests" / "gold").glob("*.txt"))
SENTENCE = "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Aug. 23, 2025, "


def shapes() -> dict[str, str]:
    """A piece of each shape; it is repeated as often as needed."""
    articles = "\n\n".join(path.read_text(encoding="utf-8") for path in GOLD)
    return {
        "articles": articles,
        "one article": GOLD[0].read_text(encoding="utf-8") + "\n\n",
        "articles in one line": " ".join(articles.split()) + " ",
        "one sentence": SENTENCE + "and ",
        "names": "Lee Jae Myung, Shigeru Ishiba, Xi Jinping, the EU, NATO, Georgia, ",
        "dates": "on Monday, May 3-4, 2025, early next week, last May, 13 to 15 June, ",
        "quotes and brackets": '“(Lee said [that “he" (met ',
        "numbers": "12 1,200.5 3rd 2025-01-02 ",
        "short lines": "Lee met Xi\n",
        "no space": "LeemetXiinBeijing",
    }


def seconds(text: str) -> float:
    """Processor time of reading a text."""
    start = time.process_time()
    extract(Draft(name="a", text=text, raw=b"").document())
    return time.process_time() - start


def growth(piece: str, last: int) -> dict[int, float]:
    """Microseconds per character by length."""
    found = {}
    size = FIRST
    while size <= last:
        # A number in each paragraph: a line that was there before is passed over as furniture.
        parts = (piece.replace("\n\n", f" {n}.\n\n") for n in range(size // len(piece) + 1))
        text = "".join(f"{n} {part}" for n, part in enumerate(parts))[:size]
        found[size] = seconds(text) / size * 1e6
        size = min(size * 2, last) if size < last else last + 1
    return found


def main() -> None:
    """Print the table and keep it."""
    last = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else LAST
    seconds(GOLD[0].read_text(encoding="utf-8"))
    rows, sizes = [], []
    for name, piece in shapes().items():
        found = growth(piece, last)
        sizes = list(found)
        ratio = found[sizes[-1]] / found[min(WARM, sizes[-1])]
        rows.append([name, *(f"{found[size]:.1f}" for size in sizes), f"{ratio:.2f}"])
        print(*rows[-1], file=sys.stderr, flush=True)
    headings = ["microseconds per character at", *(f"{size / 1000:,.0f} k" for size in sizes), "last / 160 k"]
    keep(__file__, table(headings, rows))


if __name__ == "__main__":
    main()
