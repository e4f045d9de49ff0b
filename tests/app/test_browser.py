"""The form for texts in a real browser, which sends other headers than our clients do."""

from __future__ import annotations

import os
import shutil

import pytest

ARTICLE = (
    "TOKYO, March 3, 2025 -- South Korean President Yoon Suk Yeol arrived in Tokyo on Monday for talks with "
    "Prime Minister Shigeru Ishiba."
)


@pytest.fixture
def tab():
    """A tab of Chromium that keeps what its console says."""
    from playwright.sync_api import sync_playwright

    path = (
        os.environ.get("DIPLOGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium: install it or set DIPLOGRAPH_CHROMIUM")
        pytest.skip("no chromium: install it or set DIPLOGRAPH_CHROMIUM")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.said = []
        page.on("console", lambda told: page.said.append(told.text))
        page.on("pageerror", lambda fault: page.said.append(str(fault)))
        yield page
        browser.close()


def test_reading_in_a_browser(changing, tab):
    """A text is pasted, shown, and taken in; the browser has nothing to complain of."""
    tab.goto(f"{changing.address}/read")
    tab.fill("#text", ARTICLE)
    tab.click("button[type=submit]", timeout=60_000)
    shown = tab.inner_text(".answer")
    tab.click("button[type=submit]", timeout=60_000)
    taken = tab.inner_text(".answer")

    assert "Nothing is stored yet" in shown
    assert "now holds this text" in taken
    assert [] == tab.said
