"""Completion in cells of ``%%sparql``, for every front end that asks IPython: JupyterLab, classic, VS Code.

``plug`` takes a shell and makes it ask ``completion.offers`` in such cells; nothing changes in others.
"""

from __future__ import annotations

import re
from typing import Any, Final

from diplograph.notebook import completion
from diplograph.notebook.magic import OPTIONS

_MAGIC: Final = re.compile(r"\s*%%sparql\b([^\n]*)\n?")
_WORD: Final = re.compile(r"[\w-]*$")
NAME: Final = "diplograph.sparql"


def plug(shell: Any) -> None:
    """Complete cells of ``%%sparql`` in a shell; one without a completer stays as it is."""
    completer = getattr(shell, "Completer", None)
    if completer is None:
        return
    from IPython.core.completer import SimpleCompletion, context_matcher

    def matcher(context: Any) -> dict[str, Any]:
        """Offer what may stand at the cursor of a query."""
        cursor = _cursor(context.full_text, context.cursor_line, context.cursor_position)
        piece, words = offered(context.full_text, cursor, shell.user_ns)
        return {
            "completions": [SimpleCompletion(text=word, type="keyword") for word in words],
            "matched_fragment": piece,
            # In a query no word of Python is meant.
            "suppress": bool(_MAGIC.match(context.full_text)),
            "ordered": True,
        }

    completer.custom_matchers.append(context_matcher(identifier=NAME)(matcher))


def unplug(shell: Any) -> None:
    """Undo ``plug``."""
    completer = getattr(shell, "Completer", None)
    if completer is not None:
        kept = [one for one in completer.custom_matchers if getattr(one, "matcher_identifier", "") != NAME]
        completer.custom_matchers[:] = kept


def offered(cell: str, cursor: int, names: dict[str, Any]) -> tuple[str, list[str]]:
    """What may stand at the cursor of a cell: of its first line options and graphs, below it a query.

    Args:
        cell: The whole cell.
        cursor: Where the cursor stands, counted in characters.
        names: The variables of the notebook.
    """
    found = _MAGIC.match(cell)
    if not found or cursor < found.start(1):
        return "", []
    if cursor > found.end(1):
        return completion.offers(cell[found.end() :], cursor - found.end())
    piece = _WORD.search(cell[:cursor])
    word = piece[0] if piece else ""
    from diplograph.kg import KnowledgeGraph

    graphs = sorted(name for name, value in names.items() if isinstance(value, KnowledgeGraph))
    return word, [one for one in (*OPTIONS, *graphs) if one.startswith(word)]


def _cursor(text: str, line: int, column: int) -> int:
    """The place of a line and column, both counted from 0, in a text."""
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[:line]) + column
