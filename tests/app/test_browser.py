"""The server's forms in a real browser, which sends other headers than our clients do."""

from __future__ import annotations

import os

import pytest

ARTICLE = (
    "TOKYO, March 3, 2025 -- South Korean President Yoon Suk Yeol arrived in Tokyo on Monday for talks with "
    "Prime Minister Shigeru Ishiba."
)


@pytest.fixture
def tab(browser):
    """A tab of Chromium that keeps what its console says."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.said = []
    page.on("console", lambda told: page.said.append(told.text))
    page.on("pageerror", lambda fault: page.said.append(str(fault)))
    yield page
    page.close()


@pytest.fixture
def axe():
    """What finds faults of accessibility; says so loudly where it is missing."""
    if not os.environ.get("CI"):
        why = "NO AXE, ACCESSIBILITY IS NOT TESTED: install axe-playwright-python"
        pytest.importorskip("axe_playwright_python", reason=why)
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def serious(axe, tab):
    """What axe finds that keeps somebody out, and whether the page is wider than the window."""
    found = [one["id"] for one in axe.run(tab).response["violations"] if one["impact"] in LOUD]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ["wide"] * wide


LOUD = ("serious", "critical")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_forms_are_accessible(client, tab, axe, colours):
    """Forms, what they lead to, and what is wrong with them keep nobody out."""
    tab.emulate_media(color_scheme=colours)
    found = {}
    for place in ("/read", "/questions", "/questions/whose-turn?a=KOR&b=JPN", "/sparql", "/nothing"):
        tab.goto(f"{client.address}{place}")
        found[place] = serious(axe, tab)
    tab.goto(f"{client.address}/sparql?query=SELECT+*+{{+?e+a+dg:Visit+}}")
    found["answer"] = serious(axe, tab)
    tab.goto(f"{client.address}/sparql?query=SELECT")
    found["refusal"] = serious(axe, tab)
    tab.goto(f"{client.address}/read")
    tab.click("button[type=submit]", timeout=60_000)
    found["no text"] = serious(axe, tab)
    tab.fill("#text", ARTICLE)
    tab.click("button[type=submit]", timeout=60_000)
    found["preview"] = serious(axe, tab)

    assert {name: [] for name in found} == found


def test_links_of_forms_lead_somewhere(client, tab):
    """No page of the server itself links to a twin or page that is not there."""
    dead = []
    for place in ("/read", "/nothing"):
        tab.goto(f"{client.address}{place}")
        links = tab.evaluate("[...document.querySelectorAll('a[href], link[href]')].map((one) => one.href)")
        for link in sorted({link.partition("#")[0] for link in links if link.startswith("http")}):
            path = link.removeprefix(client.address)
            if path != place and client.get(path, accept="text/html").status != 200:
                dead.append((place, path))

    assert [] == dead


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
