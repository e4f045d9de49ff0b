"""A running IPython for the tests of notebooks, and the browser of the tests of pages."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "conftest_of_views", Path(__file__).resolve().parent.parent / "views" / "conftest.py"
)
_VIEWS = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = _VIEWS
_SPEC.loader.exec_module(_VIEWS)
browser, open_page = _VIEWS.browser, _VIEWS.open_page


@pytest.fixture
def ipython(graph):
    """An IPython shell with diplograph loaded and a graph in ``kg``."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance(history_length=0)
    shell.history_manager.enabled = False
    shell.run_line_magic("reload_ext", "diplograph")
    shell.user_ns["kg"] = graph
    yield shell
    shell.run_line_magic("unload_ext", "diplograph")
    InteractiveShell.clear_instance()
