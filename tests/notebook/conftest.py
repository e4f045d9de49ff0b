"""A running IPython for the tests of notebooks."""

from __future__ import annotations

import pytest


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
