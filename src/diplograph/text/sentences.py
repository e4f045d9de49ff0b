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
_LONGEST_WORD = 24
_LONGEST_ITEM = 2
_ITEM = re.compile(r"(?:[•*·–—-]|\d{1,2}[.)])\s")
_ENDED = re.compile(r"[.!?…:;,]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
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
    before_capital: frozenset[str]
    going_on: frozenset[str]


@cache
def _stops(code: str = "en") -> _Stops:
    table = language.table(code)["sentences"]
    return _Stops(**{name: frozenset(words) for name, words in table.items()})


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
    heading = _is_heading(whole, segment.kind)
    start = 0
    for end in [*_ends(whole, opening), len(whole)]:
        begin, stop = _stripped(whole, start, end)
        if begin < stop:
            behind = segment.start + opening if opening and start == 0 else None
            yield Sentence(
                start=segment.start + begin,
                end=segment.start + stop,
                kind=segment.kind,
                paragraph=number,
                heading=heading,
                dateline_end=behind,
            )
        start = end


def _is_heading(whole: str, kind: SegmentKind) -> bool:
    """Whether a segment is a headline, or a short line of the body that ends like one."""
    if kind is not SegmentKind.BODY:
        return kind is SegmentKind.HEADLINE
    return len(whole) <= _LONGEST_HEADING and not _ENDED.search(whole[-4:]) and not _ITEM.match(whole)


def _stripped(whole: str, start: int, end: int) -> tuple[int, int]:
    while start < end and whole[start].isspace():
        start += 1
    while end > start and whole[end - 1].isspace():
        end -= 1
    return start, end


def _ends(whole: str, opening: int) -> Iterator[int]:
    """Offsets behind the sentences of a segment, save the last."""
    start = opening
    for stop in _STOP.finditer(whole, opening):
        if _is_end(whole, stop.start(), stop.end(), start):
            yield stop.end()
            start = stop.end()


def _is_end(whole: str, at: int, end: int, start: int) -> bool:
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
    if whole[at] != "." or (end - at > 1 and whole[at + 1] in ".!?…"):
        return True
    return _full_stop_ends(whole, at, after, start)


def _is_glued(whole: str, at: int, end: int) -> bool:
    """Whether a blank is missing: ``talks.The minister``."""
    before = whole[max(0, at - 3) : at]
    # Two small letters before and a whole capitalised word behind keep e.g. "Ph.D" and "U.S.Steel" together.
    return (
        len(before) == 3 and before[1:].islower() and before[1:].isalpha() and bool(_GLUED.match(whole, end))
    )


def _full_stop_ends(whole: str, at: int, after: int, start: int) -> bool:
    """Whether a full stop at a place ends a sentence, and does not only shorten a word."""
    word = _WORD_BEFORE.search(whole, max(start, at - _LONGEST_WORD), at)
    if not word:
        return True
    last = word.group()
    follower = _WORD_AFTER.match(whole, after)
    following = follower.group(1).lower() if follower else ""
    if last.isdigit():
        # "1. Cuba's flag goes up": the number of an item at the start of its line.
        gap = whole[start : min(word.start(), start + _LONGEST_WORD)]
        return len(last) > _LONGEST_ITEM or bool(gap.strip())
    if len(last) == 1 and last.isupper():
        # An initial, save "Plan B. The": behind it a word that starts sentences and is no name.
        return last != "I" and following in _stops().starters and len(following) > 1
    return _short_word_ends(last, following)


def _short_word_ends(last: str, following: str) -> bool:
    stops = _stops()
    lower = last.lower()
    if lower in stops.titles:
        return False
    if lower in stops.before_number:
        return not following[:1].isdigit() and lower != "nos"
    if lower in stops.before_capital:
        return following not in stops.going_on and not following[:1].isdigit()
    if lower in stops.either or ("." in last and last.replace(".", "").isupper()):
        return following in stops.starters
    return True
