"""Draws the pictures of the README and docs from the demo corpus: ``scripts/pictures.py [--fixture]``.

Reads ``data/articles`` into a graph in a temporary folder; writes ``docs/images/network.png`` (light),
``network-dark.png``, ``pair.png``, ``map.png`` and ``strip.svg``. With ``--fixture`` the events of the tests
of views are drawn instead of what was read, without a map. Needs the extra ``dev`` and a Chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import diplograph
from diplograph.knowledge import gazetteer
from diplograph.views import network, pair, strip

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PAIR = ("KOR", "JPN")


def photograph(pages: dict[str, tuple[str, str]], folder: Path) -> None:
    """Open each page in Chromium and keep what is seen: name → (HTML, colour scheme)."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("DIPLOGRAPH_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium: install it or set DIPLOGRAPH_CHROMIUM")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (html, scheme) in pages.items():
            file = folder / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
            page.goto(file.as_uri())
            page.wait_for_timeout(1500)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


def from_articles() -> tuple[str, str, str, str]:
    """The graph, the pair page, the strip and the map, of the demo articles as they are read."""
    articles = sorted(str(path) for path in (ROOT / "data" / "articles").glob("[0-9]*.md"))
    with tempfile.TemporaryDirectory() as name, diplograph.open(Path(name) / "kg") as kg:
        kg.ingest(*articles)
        tenures = gazetteer.load().tenures.values()
        drawn = strip.render(kg.facts(*PAIR), *PAIR, names=kg.names, as_of=kg.as_of(), tenures=tenures)
        return kg.view().text, kg.page("pair", *PAIR).text, drawn, kg.page("map").text


def from_fixture() -> tuple[str, str, str, str]:
    """The same of the events that the tests of views use."""
    sys.path.insert(0, str(ROOT / "tests" / "views"))
    import korea_japan

    events, reports, documents = korea_japan.world()
    names, as_of, tenures = korea_japan.NAMES, korea_japan.AS_OF, korea_japan.TENURES
    title = "South Korea – Japan"
    return (
        network.render(events, reports, names=names, title=title, as_of=as_of, documents=documents),
        pair.render(events, reports, *PAIR, names=names, as_of=as_of, documents=documents, tenures=tenures),
        strip.render(events, *PAIR, names=names, as_of=as_of, tenures=tenures),
        "",
    )


def main() -> None:
    """Draw the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    graph, page, drawn, atlas = from_fixture() if "--fixture" in sys.argv[1:] else from_articles()
    (IMAGES / "strip.svg").write_text(drawn, encoding="utf-8")
    shots = {"network": (graph, "light"), "network-dark": (graph, "dark"), "pair": (page, "light")}
    if atlas:
        shots["map"] = (atlas, "light")
    with tempfile.TemporaryDirectory() as name:
        photograph(shots, Path(name))
    print(f"wrote {', '.join(sorted(path.name for path in IMAGES.iterdir()))} to {IMAGES}")


if __name__ == "__main__":
    main()
