"""Values in the place of a query's variables, for servers: SPARQL 1.1 over HTTP has no parameters.

Takes a query and terms that a library wrote; gives the query. A term is written by the library that made it
and so cannot end where it should not; strings, addresses and comments of the query are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<quiet> <[^<>"{}|^`\\\x00-\x20]*> | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"
        | '''(?:[^'\\]|\\.|'{1,2}(?!'))*''' | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<word> [\w.-]*:[\w.%:-]* | [A-Za-z_]\w* )
    | (?P<mark> [{}()] )
    """,
    re.VERBOSE | re.DOTALL,
)
_KEYS: Final = re.compile(r"(?:\s*[?$]\w+)*")
_CLAUSES: Final = frozenset("LIMIT OFFSET HAVING VALUES WHERE FROM CONSTRUCT ASK DESCRIBE".split())


def substituted(query: str, terms: Mapping[str, str]) -> str:
    """The query with each of these variables taken for a term.

    Args:
        query: A query that only reads.
        terms: Terms as SPARQL writes them, by the name of the variable.
    """
    if not terms:
        return query
    written = _TOKEN.sub(_Reader(terms).replaced, query)
    # An order by constants is none.
    return re.sub(r"\bORDER\s+BY\s*(?=[{}]|\Z|LIMIT\b|OFFSET\b)", "", written)


class _Reader:
    """Knows, from token to token, in which part of the query it is.

    Args:
        terms: Terms by variable.
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._terms = terms
        self._part = "pattern"
        self._depth = 0
        self._before = ""
        self._alone = True

    def replaced(self, token: re.Match[str]) -> str:
        """What stands in the place of a token."""
        if token["word"]:
            self._turn(token["word"].upper())
            if self._part == "grouped" and (keys := _KEYS.match(token.string, token.end())):
                self._alone = all(name[1:] in self._terms for name in keys[0].split())
        elif token["mark"]:
            self._nest(token["mark"])
        elif token["variable"]:
            return self._term(token["variable"])
        return token[0]

    def _turn(self, word: str) -> None:
        if word == "SELECT":
            self._part, self._depth = "chosen", 0
        elif word == "BY":
            self._part, self._depth = "grouped" if self._before == "GROUP" else "ordered", 0
        elif word in _CLAUSES:
            self._part = "pattern"
        self._before = word

    def _nest(self, mark: str) -> None:
        if mark in "{}":
            self._part = "pattern"
        else:
            self._depth += 1 if mark == "(" else -1

    def _term(self, variable: str) -> str:
        term = self._terms.get(variable[1:])
        if term is None:
            return variable
        if self._part == "pattern" or self._depth:
            return term
        if self._part == "grouped":
            # A key that is alone stays, under a name of its own: of no solutions there is no group.
            return f"({term} AS {variable}_key)" if self._alone else ""
        return f"({term} AS {variable})" if self._part == "chosen" else ""
