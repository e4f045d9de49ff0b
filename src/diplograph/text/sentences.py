"""Splits the segments of a text into sentences.

``split`` takes a text and its segments and gives sentences with offsets, in order; they tile their segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from diplograph.model import Segment, SegmentKind
from diplograph.text import language
from diplograph.text.layout import dateline_end

_STOP = re.compile(r"(?:[.!?…]+|[。！？]+)(?:['\"”’»)\]]+(?=\s|[A-Z“\"(]))?")
_WORD_BEFORE = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*$")
_WORD_AFTER = re.compile(r"[\"'“‘(\[]*(\w[\w'’]*)")
_GLUED = re.compile(r"[\"“]?[A-ZÀ-Þ][a-zà-ÿ]*(?=[\s,'’])")
_LINE_BREAK = re.compile(r"\s*[\n\r\u2028\u2029\x0b\x0c\x85]\s*")
_SPACE = re.compile(r"\s+")
_LONGEST_HEADING = 120
_ENDED = re.compile(r"[.!?…:;,]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``text[start:end]``, without white space around it.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        kind: Kind of the segment that it stands in.
        paragraph: Number of that segment, from 0.
        heading: Whether it is a headline or a heading between paragraphs.
        dateline_end: Offset behind the dateline that it opens with, or None.
    """

    start: int
    end: int
    kind: SegmentKind
    paragraph: int
    heading: bool = False
    dateline_end: int | None = None


@dataclass(frozen=True, slots=True)
class _Stops:
    titles: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]


@cache
def _stops(code: str = "en") -> _Stops:
    table = language.table(code)["sentences"]
    return _Stops(*(frozenset(table[name]) for name in ("titles", "before_number", "either", "starters")))


def split(text: str, segments: Iterable[Segment]) -> list[Sentence]:
    """The sentences of a text.

    Args:
        text: The whole stored text.
        segments: Its parts, as ``text.segments.split`` gives them.

    Returns:
        Sentences in order; between two of a segment there is nothing but white space.
    """
    found: list[Sentence] = []
    for number, segment in enumerate(segments):
        found.extend(_sentences(text, segment, number))
    return found


def _sentences(text: str, segment: Segment, number: int) -> Iterator[Sentence]:
    whole = text[segment.start : segment.end]
    opening = dateline_end(whole) if segment.kind is SegmentKind.BODY else 0
    heading = segment.kind is SegmentKind.HEADLINE or (
        segment.kind is SegmentKind.BODY and len(whole) <= _LONGEST_HEADING and not _ENDED.search(whole[-4:])
    )
    start = 0
    for end in [*_ends(whole, opening), len(whole)]:
        begin, stop = _stripped(whole, start, end)
        if begin < stop:
            behind = segment.start + opening if opening and start == 0 else None
            yield Sentence(segment.start + begin, segment.start + stop, segment.kind, number, heading, behind)
        start = end


def _stripped(whole: str, start: int, end: int) -> tuple[int, int]:
    while start < end and whole[start].isspace():
        start += 1
    while end > start and whole[end - 1].isspace():
        end -= 1
    return start, end


def _ends(whole: str, opening: int) -> Iterator[int]:
    """Offsets behind the sentences of a segment, save the last."""
    for stop in _STOP.finditer(whole, opening):
        if _is_end(whole, stop.start(), stop.end(), opening):
            yield stop.end()


def _is_end(whole: str, at: int, end: int, opening: int) -> bool:
    if end >= len(whole):
        return False
    if not whole[end].isspace():
        return _is_glued(whole, at, end)
    follower = _SPACE.match(whole, end)
    after = follower.end() if follower else end
    if after >= len(whole):
        return False
    if whole[after].islower():
        return False
    if whole[at] != "." or end - at > 1:
        return True
    return _full_stop_ends(whole, at, after, opening)


def _is_glued(whole: str, at: int, end: int) -> bool:
    """Whether a blank is missing: ``talks.The minister``."""
    before = whole[max(0, at - 3) : at]
    # Two small letters before and a whole capitalised word behind keep e.g. "Ph.D" and "U.S.Steel" together.
    return (
        len(before) == 3 and before[1:].islower() and before[1:].isalpha() and bool(_GLUED.match(whole, end))
    )


def _full_stop_ends(whole: str, at: int, after: int, opening: int) -> bool:
    word = _WORD_BEFORE.search(whole, max(opening, at - 24), at)
    if not word:
        return True
    last = word.group()
    lower = last.lower()
    stops = _stops()
    if last.isdigit():
        # "1. Cuba's flag goes up": the number of an item at the start of its line.
        return word.start() > opening or len(last) > 2
    if lower in stops.titles:
        return False
    follower = _WORD_AFTER.match(whole, after)
    next_word = follower.group(1).lower() if follower else ""
    if lower in stops.before_number:
        return (
            (not next_word[:1].isdigit()
            and lower not in ("no", "nos"))
            or (lower == "no" and not next_word[:1].isdigit())
        )
    if lower in stops.either or (len(last) > 2 and "." in last and last.replace(".", "").isupper()):
        return next_word in stops.starters
    if len(last) == 1 and last.isupper():
        # An initial, save "Plan B. The": behind it a starter that is no name.
        return last != "I" and next_word in stops.starters and next_word not in ("a", "i")
    return True
