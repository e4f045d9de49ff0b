"""What every view of a graph or a pair does: our own, and that of a package from outside."""

from __future__ import annotations

import re

import pytest

from diplograph import pages
from diplograph.errors import PluginError
from diplograph.plugins import BUILTINS, Socket

# Of one event and of one source are the others; tests/views has them.
NAMES = [name for name in BUILTINS[Socket.VIEW] if name not in ("event", "source")] + ["ladder"]

pytestmark = pytest.mark.usefixtures("example")


@pytest.mark.parametrize("name", NAMES)
def test_a_view_is_one_text_that_asks_for_nothing(name, in_memory):
    """A view is one HTML or SVG text, the same each time, with nothing in it that a browser would fetch."""
    page, again = (pages.page(in_memory, name, "KOR", "JPN") for _ in range(2))

    assert page.text == again.text
    assert re.match(r"\s*<(!doctype html|svg)", page.text, re.IGNORECASE)
    assert not re.findall(r"<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)=.(?!data:)", page.text)


@pytest.mark.parametrize("name", NAMES)
def test_a_view_shows_its_events(name, in_memory):
    """A view of two states shows what is between them."""
    assert re.search(r"Tokyo|Japan|2025-08-23|23–24 August", pages.page(in_memory, name, "KOR", "JPN").text)


def test_a_view_that_would_ask_the_network_is_refused(tmp_path, monkeypatch, in_memory):
    """A page of another package that loads something from outside is refused in words."""
    import outsiders

    code = "def plug(events):\n    return '<img src=\"https://example.org/x.png\">'\n"
    monkeypatch.syspath_prepend(str(outsiders.declared(tmp_path, "view", "spy", code)))

    with pytest.raises(PluginError, match=r"the view 'spy' of the package broken broke: .*ask the network"):
        pages.page(in_memory, "spy")
