"""What every test may use: the checkout's own paths, no network, and one headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch):
    """No test depends on the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("DIPLOGRAPH_") and "_TEST_" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """A test that reaches for another machine fails; this machine's own addresses stay open."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


ARTICLES = {
    "seoul.txt": (
        "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday for a "
        "two-day visit and met President Yoon Suk Yeol.\n"
    ),
    "weather.txt": "OSLO, May 2, 2024 -- It rained all day, and nobody went anywhere.\n",
}


def write_articles(folder):
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def articles(tmp_path):
    """A folder with two short articles of our own: one tells of a visit, one of nothing."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory):
    """The folder of a graph that holds the two articles; copy it before changing it."""
    import diplograph

    folder = tmp_path_factory.mktemp("small")
    with diplograph.open(folder / "kg") as kg:
        kg.ingest(write_articles(folder / "articles"))
    return folder / "kg"


@pytest.fixture
def graph(small_graph, tmp_path):
    """An open copy of that graph."""
    import diplograph

    with diplograph.open(shutil.copytree(small_graph, tmp_path / "kg")) as kg:
        yield kg


_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def _chromium() -> str | None:
    return (
        os.environ.get("DIPLOGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@dataclass
class Opened:
    """A page that was opened, and what it did that it should not."""

    page: object
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def misdeeds(self) -> tuple[list[str], list[str], list[str]]:
        """Requests that leave the file, lines in the console, dialogs."""
        return self.requests, self.console, self.dialogs


@pytest.fixture(scope="module")
def browser():
    """One browser for the tests of a module: Playwright runs once at a time and holds the loop meanwhile."""
    path = _chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium: install it or set DIPLOGRAPH_CHROMIUM")
        pytest.skip("NO CHROMIUM, PAGES ARE NOT TESTED: install it or set DIPLOGRAPH_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Opens HTML text as a file; gives the page and a record of what it did."""
    contexts = []

    def opener(html: str, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Opened:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        found = Opened(page=page)
        own = file.as_uri()
        page.on(
            "request",
            lambda r: None if r.url.split("#")[0] in (own, "data:,") else found.requests.append(r.url),
        )
        page.on("console", lambda m: found.console.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: found.console.append(f"error: {e}"))
        page.on("dialog", lambda d: (found.dialogs.append(d.message), d.dismiss()))
        page.goto(own)
        return found

    yield opener
    for context in contexts:
        context.close()
