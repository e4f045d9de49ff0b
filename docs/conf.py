# ruff: noqa: INP001 - Sphinx reads this file by itself
"""Settings of Sphinx for the documentation; ``scripts/book.py`` lays the pages out and builds them.

Nothing is fetched: neither scripts, fonts nor inventories of other projects.
"""

from importlib.metadata import version as version_of

project = "diplograph"
author = "The diplograph authors"
release = version = version_of("diplograph")
extensions = ["myst_parser"]
root_doc = "docs/index"
source_suffix = {".md": "markdown"}

# Headings are linked to as on GitHub, whose readers see the same pages.
myst_heading_anchors = 4

html_theme = "furo"
html_title = "diplograph"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_use_index = False
# The colours for SPARQL stumble over some queries; they are shown plainly then.
suppress_warnings = ["misc.highlighting_failure"]
