#!/usr/bin/env python3
"""CPU seconds of rules, reasoner and validation on the demo corpus, and of rule ``returns`` on many visits.

usage: reasoning.py

Prints a Markdown table and keeps it in benchmarks/results/reasoning.md. Children (Java) are counted as well.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

import diplograph
from diplograph.graph import axioms, java, rules, validation
from diplograph.store import whole
from diplograph.vocab import DG, ID, XSD

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results" / "reasoning.md"
STATES = [f"S{number:02}" for number in range(60)]


def cpu() -> float:
    """User and system seconds of this process and of its children that have ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """CPU seconds of a piece of work, and what it gave."""
    before = cpu()
    result = work()
    return cpu() - before, result


def visits(count: int) -> ox.Store:
    """Held visits over 36 years, half of them among ten of sixty states; seeded."""
    chance = random.Random(1)  # noqa: S311 - made-up visits, the same each time
    lines = [f"<{ID}state/{code}> a <{DG}State> ." for code in STATES]
    for number in range(count):
        guest, host = chance.sample(STATES[:10] if number % 2 else STATES, 2)
        day = f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        event, moment = f"<{ID}event/{number:06}>", f"^^<{XSD}dateTime>"
        lines.append(
            f"{event} a <{DG}Visit> ; <{DG}guest> <{ID}state/{guest}> ; <{DG}host> <{ID}state/{host}> ; "
            f'<{DG}status> <{DG}status/held> ; <{DG}earliestStart> "{day}T00:00:00Z"{moment} ; '
            f'<{DG}latestStart> "{day}T23:59:59Z"{moment} .'
        )
    store = ox.Store()
    store.load("\n".join(lines), format=ox.RdfFormat.TURTLE)
    return store


def demo() -> list[ox.Quad]:
    """The quads of the demo corpus."""
    with tempfile.TemporaryDirectory() as folder, diplograph.open(Path(folder) / "kg") as kg:
        kg.ingest(ROOT / "data" / "articles")
        return whole.quads(kg.store)


def rows() -> list[tuple[str, str, float]]:
    """What was measured, on how much, in how many CPU seconds."""
    quads, rule = demo(), next(rule for rule in rules.rules() if rule.name == "returns")
    sample = list(ox.parse(path=ROOT / "tests" / "graph" / "sample.trig", format=ox.RdfFormat.TRIG))
    found = []
    for name, given in (("sample of the tests", sample), ("demo corpus", quads)):
        seconds, outcome = timed(lambda given=given: java.hermit(axioms.terms() + axioms.assertions(given)))
        assert getattr(outcome, "consistent", False), name
        found.append(("HermiT: consistency and types", f"{name}, {len(given):,} quads", seconds))
    seconds, listed = timed(lambda: rules.inferences(quads))
    found.append(("rules, every inference listed", f"demo corpus, {len(listed):,} inferences", seconds))  # type: ignore[arg-type]  # a tuple
    found.append(("validation in bulk", "demo corpus", timed(lambda: validation.validate_bulk(quads))[0]))
    found.append(("validation by pyshacl", "demo corpus", timed(lambda: validation.validate(quads))[0]))
    for count in (20_000, 100_000):
        store = visits(count)
        seconds, _ = timed(lambda store=store: rules.StoreDoor(store).construct(rule.sparql))
        found.append(("rule returns", f"{count:,} visits", seconds))
    return found


def main() -> None:
    """Measure, print and keep."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines = [
        "# Reasoning and validation",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}, pyoxigraph {ox.__version__}; CPU seconds, with Java's.",
        "",
        "| what | on | CPU s |",
        "|---|---|---|",
        *(f"| {what} | {on} | {seconds:.1f} |" for what, on, seconds in rows()),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
