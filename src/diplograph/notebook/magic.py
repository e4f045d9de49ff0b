"""The cell magic ``%%sparql``: a cell of SPARQL becomes a table.

Takes the words after the magic and the cell; gives a ``Table``, or puts the answer into a variable.

    %%sparql [GRAPH] [--to NAME] [--as table|pandas|polars|arrow]

GRAPH is a variable that holds a graph (by default ``kg``), the folder of one, or the address of a server.
``--to df`` puts the answer into the variable ``df``, as a frame of pandas unless ``--as`` says otherwise.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from diplograph.display import Table
from diplograph.errors import QueryError
from diplograph.notebook.completion import strangers

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph

USAGE: Final = "%%sparql [GRAPH] [--to NAME] [--as table|pandas|polars|arrow]"
OPTIONS: Final = ("--to", "--as", "--df")
FORMS: Final[Mapping[str, Callable[[Table], object]]] = {
    "table": lambda table: table,
    "pandas": Table.to_pandas,
    "polars": Table.to_polars,
    "arrow": Table.to_arrow,
}


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say it as an error of ours; argparse would end the kernel."""
        raise QueryError(f"%%sparql: {message}; write {USAGE}")


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
        self._words.add_argument("--as", dest="form", choices=list(FORMS))
        self._words.add_argument("--df", dest="form", action="store_const", const="pandas")

    def sparql(self, line: str, cell: str) -> object:
        """Answer the query in a cell; gives the table unless ``--to`` puts the answer elsewhere."""
        asked = self._words.parse_args(_split(line))
        if asked.to is not None and not asked.to.isidentifier():
            raise QueryError(f"%%sparql: {asked.to!r} cannot be the name of a variable")
        table = self._graph(asked.graph).sparql(cell)
        if not table and (told := strangers(cell)):
            table = replace(table, caption=f"{table.caption}; {'; '.join(told)}")
        form = asked.form or ("table" if asked.to is None else "pandas")
        answer = FORMS[form](table)
        if asked.to is None:
            return answer
        self._shell.user_ns[asked.to] = answer
        return None

    def _graph(self, name: str) -> KnowledgeGraph:
        from diplograph import kg

        held = self._shell.user_ns.get(name)
        if isinstance(held, kg.KnowledgeGraph):
            return held
        if Path(name).is_dir() or name.startswith(("http://", "https://")):
            return kg.open(name, read_only=True)
        known = sorted(n for n, one in self._shell.user_ns.items() if isinstance(one, kg.KnowledgeGraph))
        advice = f"graphs are in: {', '.join(known)}" if known else "open one with kg = diplograph.open(…)"
        raise QueryError(
            f"%%sparql: {name!r} is neither a variable with a graph nor the folder of one; {advice}"
        )


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as fault:
        raise QueryError(f"%%sparql: {fault}; write {USAGE}") from fault
