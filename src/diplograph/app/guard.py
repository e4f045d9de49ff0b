"""Refuses SPARQL that must not run for strangers, before any engine sees it.

Takes the text of a query; gives it back, or a ``QueryError`` that says what is refused: fetching other addresses
(``SERVICE``), queries of a size or depth that the engine does not survive, and anything but reading.
"""

from __future__ import annotations

import re
from typing import Final

from diplograph.errors import QueryError

LONGEST: Final = 20_000
DEEPEST: Final = 60

# What can hold words that are no keywords: IRIs, strings, comments.
_OPAQUE: Final = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>
    | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3}
    | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*""",
    re.VERBOSE | re.DOTALL,
)
_WORD: Final = re.compile(r"(?<![\w?$:@.-])[A-Za-z]+(?![\w:.-])")
_REFUSED: Final = {
    "SERVICE": "SERVICE asks other servers, and this graph is asked alone",
    "INSERT": "this door only reads; change the graph with diplograph ingest and retract",
    "DELETE": "this door only reads; change the graph with diplograph ingest and retract",
    "LOAD": "this door only reads; change the graph with diplograph ingest and retract",
    "CLEAR": "this door only reads; change the graph with diplograph ingest and retract",
    "DROP": "this door only reads; change the graph with diplograph ingest and retract",
    "CREATE": "this door only reads; change the graph with diplograph ingest and retract",
}


def check(query: str) -> str:
    """The query, if it may run.

    Raises:
        QueryError: If it may not.
    """
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query)} characters; at most {LONGEST} are taken")
    bare = _OPAQUE.sub(" ", _unescaped(query))
    for word in _WORD.findall(bare):
        if word.upper() in _REFUSED:
            raise QueryError(f"{word} is refused: {_REFUSED[word.upper()]}")
    depth = _depth(bare)
    if depth > DEEPEST:
        raise QueryError(f"the query nests {depth} deep; at most {DEEPEST} levels are taken")
    return query


def _unescaped(query: str) -> str:
    """SPARQL resolves ``\\u0053`` before it reads, so a keyword can hide in one."""

    def char(found: re.Match[str]) -> str:
        point = int(found[1] or found[2], 16)
        return chr(point) if point <= 0x10FFFF else " "

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", char, query)


def _depth(bare: str) -> int:
    """How deep brackets nest; a run of prefix operators counts as nesting, for the parser recurses on it too."""
    deepest = depth = 0
    for char in bare:
        if char in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "})]":
            depth -= 1
    runs = re.findall(r"(?:[!^+-]\s*){2,}", bare)
    return max([deepest, *(sum(char in "!^+-" for char in run) for run in runs)])
