"""Lays a text out in lines as they were meant: hard-wrapped lines joined, blanks left out, datelines found.

``lines`` takes a text and gives its logical lines with offsets; ``dateline_end`` takes a line and gives the length
of the dateline at its start, 0 if it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_SHORTEST_WRAP = 40
_LONGEST_WRAP = 120
_TERMINAL = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_NEW_ITEM = re.compile(r"(?:[•*·–—-]|\d{1,2}[.)])\s")

_PLACE = r"[A-ZÀ-ÖØ-ÞĀ-Ỹ][\w.'’ À-ỹ-]{1,30}"
_DATELINE = re.compile(
    r"(?:"
    # SEOUL, Jan. 9 (Yonhap) --   KINGSTOWN, St. Vincent (Staff Reporter) —   WASHINGTON/YEREVAN, August 9.
    rf"(?P<caps>(?:[^\W\d_a-zà-öø-ÿ]|[ .'’/-]){{3,40}})(?:, [^:\n(–—]{{2,40}}?)?(?: \([^()\n]{{2,40}}\))? ?(?:--+|[–—|:]|- |(?<=\d)\. )"
    # Mogadishu, February 27, 2025 –   Nara, Japan —
    rf"|{_PLACE}, [^:;\n–—]{{3,40}}? (?:--+|[–—])"
    rf")\s*"
)


class Line(NamedTuple):
    """A logical line: ``text`` is what stands from ``start`` to ``end``, ends stripped."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Line]:
    """The logical lines of a text, in order, without blank ones.

    A hard-wrapped line is joined to the next one: it stops in mid-sentence at the width of its column.
    """
    start = end = -1
    last = ""
    for found in _LINE.finditer(text):
        piece = found.group()
        stripped = piece.strip()
        if not stripped:
            continue
        begin = found.start() + len(piece) - len(piece.lstrip())
        if start >= 0 and _wraps(last, stripped, text[end:begin]):
            end = begin + len(stripped)
        else:
            if start >= 0:
                yield Line(start, end, text[start:end])
            start, end = begin, begin + len(stripped)
        last = stripped
    if start >= 0:
        yield Line(start, end, text[start:end])


def _wraps(line: str, following: str, between: str) -> bool:
    """Whether ``line`` was broken only because its column was full."""
    if between.count("\n") > 1 or not _SHORTEST_WRAP <= len(line) <= _LONGEST_WRAP:
        return False
    if _TERMINAL.search(line[-4:]) or _NEW_ITEM.match(following):
        return False
    if following[0].islower():
        return True
    # A name may begin the next line; a heading is no longer than a column and ends without a small word.
    return line[-1] == "," or line.rsplit(None, 1)[-1].lower() in _OPEN_WORDS or _told_on(line, following)


_OPEN_WORDS = frozenset(
    "a an the of in on at to by for with from and or but that which who whom whose as his her its their told "
    "president minister prime foreign secretary is was were are has had have said met mr mrs ms".split()
)


def _told_on(line: str, following: str) -> bool:
    return bool(dateline_end(line)) and len(following) >= _SHORTEST_WRAP


def dateline_end(line: str) -> int:
    """The length of a dateline at the start of a line, with the dash and blank after it; 0 if there is none."""
    found = _DATELINE.match(line[:140])
    if not found:
        return 0
    caps = found["caps"]
    if caps is not None and sum(c.isalpha() for c in caps) < 3:
        return 0
    return found.end() if found.end() < len(line) else 0
