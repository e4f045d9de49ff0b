"""A notebook with many views, executed, exported to HTML and opened in a browser without a network."""

from __future__ import annotations

import os
import warnings

import pytest

CELLS = (
    "import diplograph\nkg = diplograph.open('kg', read_only=True)\n%load_ext diplograph",
    "kg.view()",
    "kg.view('Korea', 'Japan')",
    "%%sparql\nSELECT ?event ?when { ?event a dg:Visit ; dg:edtf ?when }",
    "kg.pair('Korea', 'Japan').view()",
    "kg.map()",
    "kg.pair('Korea', 'Japan')",
    "%%sparql --to df\nSELECT ?event ?when { ?event a dg:Visit ; dg:edtf ?when }",
    "assert len(df) == 1 and list(df.columns) == ['event', 'when']",
)
LIMIT = 6_000_000
"""Characters of the whole: four interactive views, of which three bring a script of their own."""


@pytest.fixture(scope="module")
def exported(small_graph):
    """The notebook as HTML, with its outputs; what nbconvert itself would fetch is left out."""
    import nbformat
    from nbclient import NotebookClient

    try:
        from nbconvert import HTMLExporter
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("NO NBCONVERT, EXPORTED NOTEBOOKS ARE NOT TESTED: pip install nbconvert")

    with warnings.catch_warnings():
        # Kernel and exporter warn about their own future.
        warnings.simplefilter("ignore")
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
        NotebookClient(
            notebook, timeout=120, resources={"metadata": {"path": str(small_graph.parent)}}
        ).execute()
        # Requests of the exporter's own page; a script for widgets, and one for formulas.
        exporter = HTMLExporter(require_js_url="", mathjax_url="", jquery_url="")
        return exporter.from_notebook_node(notebook)[0]


def test_every_view_is_drawn_without_a_network(exported, open_page):
    """Graphs, strip and map are drawn in frames of their own; nothing is asked for and nothing complains."""
    opened = open_page(exported)
    opened.page.wait_for_timeout(1500)
    frames = [frame for frame in opened.page.frames if frame != opened.page.main_frame]
    drawn = [
        frame.evaluate("document.querySelectorAll('canvas, main svg, body svg').length") for frame in frames
    ]

    assert 4 == len(frames)
    assert 0 < min(drawn)
    assert [] == [request for request in opened.requests if not request.startswith(("data:", "about:"))]
    assert [] == [line for line in opened.console if "require" not in line and "MathJax" not in line]
    assert [] == opened.dialogs


def test_views_do_not_disturb_each_other(exported, open_page):
    """What is done in one graph leaves the other as it is."""
    opened = open_page(exported)
    opened.page.wait_for_timeout(1500)
    first, second = [frame for frame in opened.page.frames if frame != opened.page.main_frame][:2]
    before = second.evaluate("document.body.innerText")
    first.get_by_role("button", name="Everything").click()
    first.get_by_placeholder("Search people, places, quotes").fill("nobody is called so")

    assert "0 events" in first.evaluate("document.body.innerText")
    assert before == second.evaluate("document.body.innerText")


def test_a_row_opens_to_its_quote(exported, open_page):
    """An event in an answer opens to its sentence."""
    page = open_page(exported).page
    row = page.locator("details", has_text="Fumio Kishida arrived in Seoul on Friday").last
    quote = row.get_by_text("Fumio Kishida arrived in Seoul on Friday").first

    assert not quote.is_visible()
    # By keyboard, for the pictures above may still push the row away from under the mouse.
    row.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert quote.is_visible()


def test_the_export_is_of_bounded_size(exported):
    """Four interactive views and two tables take a few megabytes, not more."""
    assert len(exported) < LIMIT
