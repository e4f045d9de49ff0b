"""Refuses SPARQL that reads from elsewhere, changes anything, or would bring the engine down.

Takes the text of a query; gives it back, or raises ``QueryError`` with what to do instead. ``guarded_update``
does the same for updates, where they are allowed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from diplograph.errors import QueryError, QueryLimitError

LONGEST: Final = 100_000
DEEPEST: Final = 60
LONGEST_CHAIN: Final = 500
_MOST_CLAUSES: Final = 40

# The engine has no tokens: what is a string and what a keyword hangs on what stands before, and a comparison
# may begin like an address. So what fetches is looked for without knowing where strings and comments are:
# these follow the engine's grammar from the keyword on, and thus match every clause there can be.
_GAP = r"(?:[ \t\n\r]|\#[^\n\r]*)*+"
_BREAK = r' \t\n\r{}<>"\#'
_WHERE = rf"""
    (?: [?$][^{_BREAK}]*+
      | <[^<>]*+>
      | [^{_BREAK}:]*+ : (?:\\.|[^{_BREAK}\\])*+
    )
"""
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?{_WHERE}{_GAP}\{{", re.IGNORECASE | re.VERBOSE)
_LOAD = re.compile(rf"load{_GAP}(?:silent{_GAP})?{_WHERE}", re.IGNORECASE | re.VERBOSE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_QUIET = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                     # an address
    | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"       # strings, long ones first
    | '''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \\.                                           # in a name, a quote or # may stand escaped
    | \#[^\n\r]*                                    # a comment
    """,
    re.VERBOSE | re.DOTALL,
)
# A name is taken whole whether or not a colon comes; else a long one is read anew from each of its letters.
_NAME = r"[?$]\w+|[\w.-]++(?::[\w.%:-]*+)?|:[\w.%:-]*+"
_WORD = re.compile(rf"{_NAME}|[{{}}()\[\]]|\|\||&&|[!+*/|^]", re.ASCII)
_PLACE = re.compile(rf"{_NAME}|[{{}}]", re.ASCII)
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD".split())
_FORMS = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())
_CHAINED = frozenset("! + * / | || && ^ UNION OPTIONAL MINUS".split())


def guarded(sparql: str) -> str:
    """The query, if it only reads what is in the store.

    Raises:
        QueryError: For SERVICE, updates, and text that is no query.
        QueryLimitError: If it is too long or nested too deeply.
    """
    words = _checked(sparql)
    first = next((word for word in words if word in _FORMS | _UPDATES), None)
    if first in _UPDATES:
        raise QueryError(f"the query changes the graph with {first}; the graph changes by ingest and retract")
    if first is None:
        raise QueryError("found no SELECT, ASK, CONSTRUCT or DESCRIBE; write one of them")
    return sparql


def guarded_update(sparql: str) -> str:
    """The update, if it reads nothing but what is in the store.

    Raises:
        QueryError: For LOAD and SERVICE, and for text that is no update.
        QueryLimitError: If it is too long or nested too deeply.
    """
    words = _checked(sparql)
    if any(_LOAD.search(reading) for reading in _readings(sparql)):
        raise QueryError("the update reads a file or address with LOAD, which is refused; insert the data")
    if not _UPDATES & set(words):
        raise QueryError("found no INSERT, DELETE, CLEAR, DROP, CREATE, COPY, MOVE or ADD; write one of them")
    return sparql


def _checked(sparql: str) -> list[str]:
    """The words of a text, if it is neither too long nor too deep nor asks elsewhere."""
    if len(sparql) > LONGEST:
        raise QueryLimitError(f"the query has {len(sparql)} characters; at most {LONGEST} are read")
    _check_elsewhere(sparql)
    words: list[str] = _WORD.findall(_QUIET.sub(" ", sparql))
    _check_depth(words)
    upper = [word.upper() for word in words]
    _check_chains(upper)
    return upper


def _readings(sparql: str) -> tuple[str, ...]:
    r"""The text, and the text with ``\u0053`` written out as the engine may read it."""
    if not _ESCAPED.search(sparql):
        return (sparql,)
    return sparql, _ESCAPED.sub(_written_out, sparql)


def _written_out(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else escape[0]


def _check_elsewhere(sparql: str) -> None:
    for reading in _readings(sparql):
        # Bounded, because each clause that comes to nothing may have been read to the end of its line.
        if len(re.findall("service", reading, re.IGNORECASE)) > _MOST_CLAUSES:
            raise QueryLimitError(f"the query names SERVICE more than {_MOST_CLAUSES} times; ask for less")
        if _SERVICE.search(reading):
            raise QueryError(
                "the query asks another server with SERVICE, or holds text that reads like it, "
                "which is refused; ask that server itself"
            )


def _check_depth(words: list[str]) -> None:
    depth = 0
    for word in words:
        depth += (word in "{([") - (word in "})]")
        if depth > DEEPEST:
            raise QueryLimitError(f"the query is nested more than {DEEPEST} deep; write it flatter")


def _check_chains(words: list[str]) -> None:
    """The engine goes one deeper for each link of a chain, and a deep one brings it down."""
    for word, count in Counter(word for word in words if word in _CHAINED).items():
        if count > LONGEST_CHAIN:
            raise QueryLimitError(f"the query has {count} of {word}; at most {LONGEST_CHAIN} are read")


def places_of_where(update: str) -> list[int] | None:
    """Where the patterns of an update begin; None if it names the graphs that they see itself."""
    bare = _QUIET.sub(lambda quiet: " " * len(quiet[0]), update)
    depth, places = 0, []
    for found in _PLACE.finditer(bare):
        word = found[0].upper()
        depth += (word == "{") - (word == "}")
        if depth == 0 and word in ("USING", "WITH"):
            return None
        if depth == 0 and word == "WHERE":
            places.append(found.start())
    return places
