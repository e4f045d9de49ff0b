"""Refuses SPARQL that reads from elsewhere, changes anything, or would bring the engine down.

Takes the text of a query; gives it back, or raises ``QueryError`` with what to do instead.
"""

from __future__ import annotations

import re
from typing import Final

from diplograph.errors import QueryError, QueryLimitError

LONGEST: Final = 100_000
DEEPEST: Final = 60

_QUIET = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                     # an address
    | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"       # strings, long ones first
    | '''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*                                    # a comment
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"[?$][\w]+|[\w.-]*:[\w.%:-]*|[A-Za-z]+|[{}()\[\]]|\\u", re.ASCII)
# The engine knows no word boundaries: SERVICEex:x is the keyword and a name to it. So the whole clause is
# looked for: the word, at most one name after it, and the group that the other server would be asked for.
_ELSEWHERE = re.compile(r"service\s*(?:silent)?\s*[^\s{}]*\s*\{", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$]\w+")
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD".split())
_FORMS = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())


def guarded(sparql: str) -> str:
    """The query, if it only reads what is in the store.

    Raises:
        QueryError: For SERVICE, updates, and text that is no query.
        QueryLimitError: If it is too long or nested too deeply.
    """
    if len(sparql) > LONGEST:
        raise QueryLimitError(f"the query has {len(sparql)} characters; at most {LONGEST} are read")
    bare = _QUIET.sub(" ", sparql)
    words = _NAME.findall(bare)
    _check_depth(words)
    keywords = [word.upper() for word in words if word.isalpha()]
    if "\\u" in words:
        raise QueryError("the query escapes characters outside strings; write them as they are")
    if _ELSEWHERE.search(_VARIABLE.sub("?", bare)):
        raise QueryError("the query asks another server with SERVICE, which is refused; ask it there")
    first = next((word for word in keywords if word in _FORMS | _UPDATES), None)
    if first in _UPDATES:
        raise QueryError(f"the query changes the graph with {first}; the graph changes by ingest and retract")
    if first is None:
        raise QueryError("found no SELECT, ASK, CONSTRUCT or DESCRIBE; write one of them")
    return sparql


def _check_depth(words: list[str]) -> None:
    depth = 0
    for word in words:
        depth += (word in "{([") - (word in "})]")
        if depth > DEEPEST:
            raise QueryLimitError(f"the query is nested more than {DEEPEST} deep; write it flatter")
