"""The cell magic ``%%sparql``: a cell of SPARQL becomes a table.

Takes the words after the magic and the cell; gives a ``Table``, or puts it into a variable.

    %%sparql [GRAPH] [--to NAME] [--df]

GRAPH is a variable that holds a graph (by default ``kg``) or the folder of one.
"""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from diplograph.errors import QueryError

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say it as an error of ours; argparse would end the kernel."""
        raise QueryError(f"%%sparql: {message}; write %%sparql [GRAPH] [--to NAME] [--df]")


class Magic:
    """The magic of one shell.

    Args:
        shell: The running IPython shell; its variables are looked up and set.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._words = _Words(prog="%%sparql", add_help=False)
        self._words.add_argument("graph", nargs="?", default="kg")
        self._words.add_argument("--to", metavar="NAME")
        self._words.add_argument("--df", action="store_true")

    def sparql(self, line: str, cell: str) -> object:
        """Answer the query in a cell; gives the table unless ``--to`` puts it elsewhere."""
        asked = self._words.parse_args(shlex.split(line))
        table = self._graph(asked.graph).sparql(cell)
        answer: object = table.to_pandas() if asked.df else table
        if asked.to is None:
            return answer
        if not asked.to.isidentifier():
            raise QueryError(f"%%sparql: {asked.to!r} cannot be the name of a variable")
        self._shell.user_ns[asked.to] = answer
        return None

    def _graph(self, name: str) -> KnowledgeGraph:
        from diplograph import kg

        held = self._shell.user_ns.get(name)
        if isinstance(held, kg.KnowledgeGraph):
            return held
        if Path(name).is_dir():
            return kg.open(name, read_only=True)
        raise QueryError(f"%%sparql: {name!r} is neither a variable with a graph nor the folder of one")
