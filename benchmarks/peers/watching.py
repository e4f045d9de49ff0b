"""Adds up what a process and all below it spend, as Spark starts many.

``Watch(pid)`` begins; ``end()`` gives seconds of processor time.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path


class Watch(threading.Thread):
    """Adds up the processor time of a process and all below it, as long as they live."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root, self.spent, self.done = root, dict[int, float](), threading.Event()
        self.start()

    def run(self) -> None:
        """Look every fifth of a second."""
        while not self.done.wait(0.2):
            parents: dict[int, int] = {}
            times: dict[int, float] = {}
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        cells = (entry / "stat").read_text().rpartition(")")[2].split()
                    except OSError:
                        continue
                    parents[int(entry.name)] = int(cells[1])
                    times[int(entry.name)] = (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
            below = {self.root}
            while more := {pid for pid, parent in parents.items() if parent in below} - below:
                below |= more
            self.spent |= {pid: times[pid] for pid in below if pid in times}

    def end(self) -> float:
        """The sum."""
        self.done.set()
        self.join()
        return sum(self.spent.values())
