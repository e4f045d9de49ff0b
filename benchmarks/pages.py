"""How long pages take to make and to draw, and how large they are: ``benchmarks/pages.py``.

Draws the graph of 500 marks and 2,000 lines and the page of a pair with 1,000 events in a headless Chromium,
and writes the site of the demo twice. Prints a line for each figure. Needs the extras ``map`` and ``dev``.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import diplograph
from diplograph.model import Event, EventType, Evidence, Facts, Participant, Report, Status, TimeSpan
from diplograph.pages import site
from diplograph.views import marks, network, pair

ROOT = Path(__file__).resolve().parent.parent
TRIES = 3


def event(number: int, states: tuple[str, str], people: int = 2) -> tuple[Event, Report]:
    """An event of two states on a day of its own, with a report."""
    day = date(1990, 1, 1) + timedelta(days=13 * number)
    kind = (EventType.VISIT, EventType.MEETING, EventType.TENSION, EventType.CALL)[number % 4]
    facts = Facts(
        type=kind,
        status=Status.HELD,
        states=states,
        guests=states[:1] if kind is EventType.VISIT else (),
        host=states[1] if kind is EventType.VISIT else None,
        when=TimeSpan(start=day.isoformat()),
        participants=tuple(
            Participant(
                name=f"Leader {number % 7 + n}",
                person=f"leader-{code}-{number % 7 + n}",
                state=code,
                office="President",
            )
            for code in states
            for n in range(people)
        ),
    )
    told = Evidence(start=0, end=30, field="event", quote=f"Sentence number {number} tells the event.")
    key = hashlib.sha256(f"{number}{states}".encode()).hexdigest()[:32]
    report = Report(id=key, source="s" * 64, facts=facts, evidence=(told,), published=day, confidence=0.9)
    return Event(id=key, facts=facts, reports=(key,)), report


def dense(codes: list[str]) -> tuple[list[Event], list[Report]]:
    """Events whose graph has about 500 marks and 2,000 lines."""
    made = [event(n, (codes[n % 60], codes[(n * 7 + 1 + n // 60) % 60]), people=2) for n in range(330)]
    made = [(e, r) for e, r in made if e.facts.states[0] != e.facts.states[1]]
    return [e for e, _ in made], [r for _, r in made]


def drawn(browser: object, text: str, ready: str, folder: Path) -> float:
    """Seconds from opening a page until what it draws is there; the best of several tries."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    found = []
    for _ in range(TRIES):
        page = browser.new_page(viewport={"width": 1440, "height": 900})  # type: ignore[attr-defined]  # playwright's
        begun = time.perf_counter()
        page.goto(file.as_uri())
        page.locator(ready).first.wait_for()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(time.perf_counter() - begun)
        page.close()
    return min(found)


def long_pair(many: list[tuple[Event, Report]], names: dict[str, str]) -> str:
    """The page of a pair."""
    events, reports = [e for e, _ in many], [r for _, r in many]
    return pair.render(events, reports, "KOR", "JPN", names=names, as_of=date(2026, 1, 9))


def everything(browser: object, folder: Path) -> float:
    """Seconds from asking for every mark of the graph until all are drawn; the best of several tries."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})  # type: ignore[attr-defined]  # playwright's
    page.goto((folder / "page.html").as_uri())
    found = []
    for _ in range(TRIES):
        page.click("button[data-level=states]")
        page.wait_for_timeout(500)
        begun = time.perf_counter()
        page.click("button[data-level=all]")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(time.perf_counter() - begun)
    page.close()
    return min(found)


def timed(name: str, make: object) -> object:
    """Print how long a call takes."""
    spent = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        made = make()  # type: ignore[operator]  # a call without arguments
        spent.append(time.perf_counter() - begun)
    print(f"make {name}: {statistics.median(spent):.2f} s")
    return made


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("DIPLOGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium: install it or set DIPLOGRAPH_CHROMIUM")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    codes = _codes()
    events, reports = dense(codes)
    names = {code: code for code in codes}
    picture = marks.picture(events, names)
    print(f"graph: {len(picture.nodes)} marks, {len(picture.links)} lines")
    graph = timed("the graph", lambda: network.render(events, reports, names=names))
    many = [event(n, ("KOR", "JPN") if n % 2 else ("JPN", "KOR")) for n in range(1000)]
    page = timed(
        "the page of a pair with 1,000 events",
        lambda: pair.render(
            [e for e, _ in many], [r for _, r in many], "KOR", "JPN", names=names, as_of=date(2026, 1, 9)
        ),
    )
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        print(f"draw the graph: {drawn(browser, str(graph), '#canvas canvas', Path(name)):.2f} s")
        print(f"draw all its marks when asked: {everything(browser, Path(name)):.2f} s")
        print(f"draw the page of a pair: {drawn(browser, str(page), 'svg.strip', Path(name)):.2f} s")
        browser.close()
        _site(Path(name))


def _codes() -> list[str]:
    from diplograph.knowledge import gazetteer

    return sorted(gazetteer.load().states)


def _site(folder: Path) -> None:
    with diplograph.open(folder / "kg") as kg:
        kg.ingest(ROOT / "data" / "articles")
        digests = []
        for name in ("one", "two"):
            begun = time.perf_counter()
            done = site.write(kg.store, folder / name)
            spent = time.perf_counter() - begun
            files = sorted(path for path in (folder / name).rglob("*") if path.is_file())
            digests.append(hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12])
        print(f"site of the demo: {done.pages} pages, {len(files)} files, {done.size:,} bytes, {spent:.1f} s")
        print(f"the same twice: {digests[0] == digests[1]} ({digests[0]})")


if __name__ == "__main__":
    main()
