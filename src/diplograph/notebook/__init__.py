"""Notebooks: ``%load_ext diplograph`` brings the magic ``%%sparql``, its completion, and faces for events.

Tables, quotes, pairs, leaders and pages show themselves (see ``display``) without it.
The doors are ``load_ipython_extension`` and ``unload_ipython_extension``, which IPython calls.
"""

from __future__ import annotations

from typing import Any

__all__ = ["load_ipython_extension", "unload_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook the magic ``%%sparql``, with completion, and let events show themselves.

    Args:
        shell: The running IPython shell.
    """
    from diplograph.notebook import faces, matching
    from diplograph.notebook.magic import Magic

    unload_ipython_extension(shell)
    shell.register_magic_function(Magic(shell).sparql, magic_kind="cell", magic_name="sparql")
    matching.plug(shell)
    faces.plug(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Take the magic's completion out again; ``%reload_ext`` puts today's in its place.

    Args:
        shell: The running IPython shell.
    """
    from diplograph.notebook import matching

    matching.unplug(shell)
