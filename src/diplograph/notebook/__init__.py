"""Notebooks: ``%load_ext diplograph`` brings the cell magic ``%%sparql``.

Tables and pages show themselves (see ``display``), so nothing else is needed here.
The door is ``load_ipython_extension``, which IPython calls.
"""

from __future__ import annotations

from typing import Any

__all__ = ["load_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook the magic ``%%sparql``.

    Args:
        shell: The running IPython shell.
    """
    from diplograph.notebook.magic import Magic

    shell.register_magic_function(Magic(shell).sparql, magic_kind="cell", magic_name="sparql")
