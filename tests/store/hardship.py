"""What a store must live through: writers that are killed, files that are damaged, readers beside a writer.

The tests do a little of it; ``benchmarks/store_soak.py`` does all.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))

from diplograph import store  # noqa: E402 - found only now
from diplograph.errors import DiplographError  # noqa: E402
from diplograph.store.repair import check, repair  # noqa: E402
from made_reports import BACKGROUND, LEE, NARA, TAKAICHI, TOKYO, article, told  # noqa: E402

WRITER = """
import sys
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/store"]
from hardship import BACKGROUND, made
from diplograph import store
with store.open(sys.argv[1], background=BACKGROUND, wait=30) as kept:
    print("open", flush=True)
    for document, reports in made(int(sys.argv[3])):
        kept.add(document, reports)
        print(document.id, flush=True)
        kept.infer()
"""


def made(number):
    """Articles of which neighbours tell of the same visits."""
    for n in range(number):
        day = f"2026-{n // 3 % 12 + 1:02}-{n // 40 + 1:02}"
        place = (NARA, TOKYO, None)[n % 3]
        known = {"participants": (LEE, TAKAICHI), "place": place}
        states = ("KOR", "JPN") if n // 3 % 2 else ("JPN", "KOR")
        yield article(
            f"article {n}",
            f"2026-12-{n % 28 + 1:02}",
            told("visit", states, day, f"Visit {n} on {day}.", **known),
            told("meeting", states, day[:7], f"Meeting {n} in {day[:7]}.", participants=(LEE,)),
        )


def filled(path, number):
    with store.open(path, background=BACKGROUND) as kept:
        for document, reports in made(number):
            kept.add(document, reports)
        kept.infer()
        return kept.export("nq")


def start(path, number):
    command = [sys.executable, "-c", WRITER, str(path), str(TESTS), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(path, kills, number, seed=1):
    """Kill writers at random moments.

    Returns:
        Acknowledged documents that were lost, documents that were half there, openings that failed, and
        whether taking everything in again ends in the bytes of an uninterrupted run.
    """
    dice = random.Random(seed)
    lost = half = failed = 0
    for _ in range(kills):
        process = start(path, number)
        acknowledged = set()
        if process.stdout.readline().strip() == "open":
            timer = threading.Timer(dice.uniform(0, 0.6), process.send_signal, [signal.SIGKILL])
            timer.start()
            acknowledged = {line.strip() for line in process.stdout if line.endswith("\n")}
            timer.cancel()
        process.kill()
        process.communicate()
        try:
            with store.open(path, background=BACKGROUND) as kept:
                lost += len(acknowledged - set(kept.sources()))
                half += len(check(kept, path))
                whole = len(kept.sources()) == number
        except DiplographError:
            failed += 1
            continue
        if whole:
            shutil.rmtree(path)
    again = filled(path, number)
    fresh = path.with_name("fresh")
    same = again == filled(fresh, number)
    shutil.rmtree(fresh)
    return lost, half, failed, same


def damages(folder, dice):
    """One way to damage a store: what is done, as (name, change)."""
    files = [p for p in sorted((folder / "graph").iterdir()) if p.is_file() and p.stat().st_size > 16]
    tables = [p for p in files if p.suffix == ".sst"] or files
    lists = [p for p in files if p.name.startswith("MANIFEST")]
    copies = sorted((folder / "evidence").rglob("*.gz"))
    return dice.choice(
        [
            ("a flipped byte in a table", lambda: _flip(dice.choice(tables), dice)),
            ("a cut table", lambda: _cut(dice.choice(tables), dice)),
            ("a missing table", lambda: dice.choice(tables).unlink()),
            ("a cut MANIFEST", lambda: _cut(dice.choice(lists), dice)),
            ("a flipped byte in the MANIFEST", lambda: _flip(dice.choice(lists), dice)),
            ("nonsense in CURRENT", lambda: (folder / "graph" / "CURRENT").write_text("nonsense")),
            ("no database", lambda: shutil.rmtree(folder / "graph")),
            ("nonsense in the ledger", lambda: _flip(folder / "ledger.jsonl", dice)),
            ("a cut ledger", lambda: _cut(folder / "ledger.jsonl", dice)),
            ("no ledger", (folder / "ledger.jsonl").unlink),
            ("nonsense in layout.json", lambda: (folder / "layout.json").write_text("{")),
            ("a flipped byte in a copy", lambda: _flip(dice.choice(copies), dice)),
            ("a cut copy", lambda: _cut(dice.choice(copies), dice)),
        ]
    )


def damaged(whole, folder, number, expected, seed, *, sealed=True):
    """Damage a copy of a store, and repair it.

    Returns:
        What was done; whether it was reported in words, or did no harm; and whether all evidence came back.
    """
    dice = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    name, change = damages(folder, dice)
    if not sealed:
        (folder / "seal.json").unlink()
    change()
    reported = _is_reported(folder) or "harmless" * _is_whole(folder, expected)
    try:
        repair(folder)
    except DiplographError as fault:
        return name, reported, f"not repaired: {fault}"
    with store.open(folder, background=BACKGROUND) as kept:
        kept.rebuild()
        same = kept.export("nq") == expected
        missing = number - len(kept.sources())
    return name, reported, "as before" if same else f"{missing} lost"


def _is_whole(folder, expected):
    with store.open(folder, read_only=True, background=BACKGROUND) as kept:
        return kept.export("nq") == expected


def _is_reported(folder):
    """Whether opening, or a check of everything, tells that something is wrong."""
    try:
        with store.open(folder, read_only=True, background=BACKGROUND) as kept:
            return bool(check(kept, folder))
    except DiplographError:
        return True


def _flip(path, dice):
    content = bytearray(path.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(bytes(content))


def _cut(path, dice):
    content = path.read_bytes()
    path.write_bytes(content[: dice.randrange(len(content) // 2, len(content) - 1)])


def read_beside(path, openings, number):
    """Open a store again and again while another process writes.

    Returns:
        Openings that failed, with the reasons, and those that saw half a document.
    """
    process = start(path, number)
    assert "open" == process.stdout.readline().strip()
    failures, half = [], 0
    for _ in range(openings):
        if process.poll() is not None:
            process.communicate()
            shutil.rmtree(path)
            process = start(path, number)
            assert "open" == process.stdout.readline().strip()
        try:
            with store.open(path, read_only=True, background=BACKGROUND) as reader:
                half += len({r.source for r in reader.reports()}) != len(reader.sources())
                half += sum(not e.reports for e in reader.events())
        except DiplographError as fault:
            failures.append(str(fault))
    process.kill()
    process.communicate()
    return failures, half
