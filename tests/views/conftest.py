"""A headless Chromium for the tests of pages; it reports every request and every line of its console."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
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


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of the session."""
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
