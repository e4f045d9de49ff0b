"""Lays a text out in lines as they were meant: hard-wrapped lines joined, blanks left out, datelines found.

``lines`` takes a text and gives its logical lines with offsets; ``dateline_end`` takes a line and gives
the length of the dateline at its start, 0 if it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from diplograph.text import language

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_SHORTEST_WRAP = 40
_LONGEST_WRAP = 120
_TERMINAL = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_SHORTEST_STORY = 100
_SHORTEST_COLUMN = 3
_RAGGED = 25
_NEW_ITEM = re.compile(r"(?:[•*·–—-]|\d{1,2}[.)])\s")

_PLACE = r"[A-ZÀ-ÖØ-ÞĀ-Ỹ][\w.'’ À-ỹ-]{1,30}"
_DASH = r"(?:--+|[–—|:]|- |(?<=\d)\. )"
_DATELINE = re.compile(
    r"(?:[•*·]\s*)?(?:"
    # SEOUL, Jan. 9 (Yonhap) --   KINGSTOWN, St. Vincent (Staff Reporter) —   WASHINGTON/YEREVAN, August 9.
    r"(?P<caps>(?:[^\W\d_a-zà-öø-ÿ]|[ .'’/-]){3,40})(?:, [^:\n(–—]{2,40}?)?(?: \([^()\n]{2,40}\))? ?"
    + _DASH
    +
    # MOSCOW (UrduPoint News / Sputnik - 05th April, 2022) The
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,30}(?:, [A-Z][A-Za-z ]{2,25})?,? \([^()\n]{3,60}\d{4} ?\) ?:?(?= ?[A-ZÀ-Þ])"
    # Mogadishu, February 27, 2025 –   Nara, Japan —
    rf"|{_PLACE}, [^:;\n–—]{{3,40}}? (?:--+|[–—])"
    # Kampala — Uganda switches off
    rf"|{_PLACE}(?: [A-Z][a-zà-ÿ]+){{0,2}} — (?=[A-ZÀ-Þ])"
    # Vatican, Sep. 13 (CWNews.com) - The
    rf"|{_PLACE}, [^:;\n–—-]{{0,25}}?\d[^:;\n–—-]{{0,25}}? - (?=[A-ZÀ-Þ])"
    # Ouagadougou - Rwanda's   Bukavu/Nairobi - Peacekeepers
    r"|[A-ZÀ-Þ][a-zà-ÿ]+(?:[ /][A-ZÀ-Þ][a-zà-ÿ]+){0,2} - (?=[A-ZÀ-Þ])"
    r")\s*"
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
    block: list[Line] = []
    for line in _raw_lines(text):
        if block and text.count("\n", block[-1].end, line.start) > 1:
            yield from _logical(text, block)
            block = []
        block.append(line)
    yield from _logical(text, block)


def _raw_lines(text: str) -> Iterator[Line]:
    for found in _LINE.finditer(text):
        piece = found.group()
        stripped = piece.strip()
        if stripped:
            start = found.start() + len(piece) - len(piece.lstrip())
            yield Line(start, start + len(stripped), stripped)


def _logical(text: str, block: list[Line]) -> Iterator[Line]:
    """The lines of a block without blank lines, those that belong together joined."""
    column = _is_column(block)
    open_line: list[Line] = []
    for line in block:
        if open_line and not (column or _wraps(open_line[-1].text, line.text)):
            yield _joined(text, open_line)
            open_line = []
        open_line.append(line)
    if open_line:
        yield _joined(text, open_line)


def _joined(text: str, parts: list[Line]) -> Line:
    if len(parts) == 1:
        return parts[0]
    start, end = parts[0].start, parts[-1].end
    return Line(start, end, text[start:end])


def _is_column(block: list[Line]) -> bool:
    """Whether a block is one paragraph set in a narrow column: full lines, most of them without a stop."""
    full = block[:-1]
    if len(full) < _SHORTEST_COLUMN:
        return False
    lengths = [len(line.text) for line in full]
    if max(lengths) > _LONGEST_WRAP or max(lengths) - min(lengths) > _RAGGED or min(lengths) < _SHORTEST_WRAP:
        return False
    return sum(not _TERMINAL.search(line.text[-4:]) for line in full) * 2 > len(full)


def _wraps(line: str, following: str) -> bool:
    """Whether ``line`` was broken only because its column was full."""
    if not _SHORTEST_WRAP <= len(line) <= _LONGEST_WRAP:
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
    return bool(_opening(line)) and len(following) >= _SHORTEST_WRAP


def dateline_end(line: str) -> int:
    """The length of a dateline at the start of a line, with the dash and blank behind it; 0 if none."""
    if len(line) < _SHORTEST_STORY and not _TERMINAL.search(line[-4:]):
        # "ANALYSIS | Why envoys pack" is a headline with its label.
        return 0
    return _opening(line)


def _opening(line: str) -> int:
    found = _DATELINE.match(line[:140])
    if not found or found.end() >= len(line):
        return 0
    caps = found["caps"]
    if caps is None:
        return found.end()
    words = caps.lower().replace(".", " ").split()
    if sum(c.isalpha() for c in caps) < 3 or not _labels().isdisjoint(words):
        # "SECRETARY BLINKEN: Good morning" is a speaker, not a place.
        return 0
    return found.end()


@cache
def _labels(code: str = "en") -> frozenset[str]:
    return frozenset(language.table(code)["captions"]["labels"])
