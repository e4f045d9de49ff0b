"""Tells what the stretches of a document are: headline, caption, body or furniture of the page.

``split`` takes a text and gives its segments, a paragraph each, in order and without overlap;
``published`` takes a text and gives the day on which it says that it came out, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from diplograph.model import Segment, SegmentKind
from diplograph.text import language
from diplograph.text.layout import Line, dateline_end, lines

_LONGEST_FURNITURE = 220
_LONGEST_HEADLINE = 260
_TOP = 12
_HEADLINES = 3
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_PLACE_LINE = re.compile(r"[A-Z][\w.]+(?: [A-Z][\w.]+)*, [A-Z][\w.]+(?: [A-Z][\w.]+)*")


@dataclass(frozen=True, slots=True)
class _Marks:
    """The patterns of a language, joined."""

    furniture: re.Pattern[str]
    caption: re.Pattern[str]


@cache
def _marks(code: str = "en") -> _Marks:
    table = language.table(code)
    join = "|".join
    return _Marks(
        re.compile(join(f"(?:{line})" for line in table["boilerplate"]["lines"]), re.IGNORECASE),
        re.compile(join(f"(?:{mark})" for mark in table["captions"]["marks"]), re.IGNORECASE),
    )


def split(text: str) -> tuple[Segment, ...]:
    """The parts of a text.

    Args:
        text: The whole stored text.

    Returns:
        Segments in order, without overlap; what lies between them is white space.
    """
    parts = list(lines(text))
    kinds = _kinds(parts)
    return tuple(
        Segment(kind=kind, start=line.start, end=line.end) for line, kind in zip(parts, kinds, strict=True)
    )


def _kinds(parts: list[Line]) -> list[SegmentKind]:
    kinds = [_by_marks(line.text) for line in parts]
    _mark_front_matter(parts, kinds)
    _mark_repetitions(parts, kinds)
    _mark_headlines(parts, kinds)
    return kinds


def _by_marks(line: str) -> SegmentKind:
    if len(line) <= _LONGEST_FURNITURE and is_furniture(line):
        return SegmentKind.BOILERPLATE
    # Long lines are only searched at both ends: legends and credits stand there.
    edges = line if len(line) <= 2 * _LONGEST_FURNITURE else line[:200] + "\n" + line[-200:]
    if len(line) <= 800 and _marks().caption.search(edges):
        return SegmentKind.CAPTION
    return SegmentKind.BODY


def is_furniture(line: str) -> bool:
    """Whether a whole line is navigation, credit, metadata or a bare date."""
    bare = line.strip(" \t•*·|")
    return not bare or bool(_marks().furniture.fullmatch(bare)) or _date_line(bare) is not None


def _mark_front_matter(parts: list[Line], kinds: list[SegmentKind]) -> None:
    """Everything from a first line ``---`` to the next is metadata."""
    if not parts or parts[0].text != "---":
        return
    for at, line in enumerate(parts[1:60], 1):
        if line.text == "---":
            kinds[: at + 1] = [SegmentKind.BOILERPLATE] * (at + 1)
            return


def _mark_repetitions(parts: list[Line], kinds: list[SegmentKind]) -> None:
    """A line told twice counts once; near the top it is the legend of a picture."""
    first: dict[str, int] = {}
    for at, line in enumerate(parts):
        if len(line.text) < 25 or kinds[at] is SegmentKind.BOILERPLATE:
            continue
        known = first.setdefault(line.text, at)
        if known == at:
            continue
        kinds[at] = SegmentKind.BOILERPLATE
        if at == known + 1 and at < _TOP and _ENDS_SENTENCE.search(line.text):
            kinds[known] = SegmentKind.CAPTION


def _mark_headlines(parts: list[Line], kinds: list[SegmentKind]) -> None:
    """The first short lines without a full stop; what stands between them and a dateline is a caption."""
    body = [at for at, kind in enumerate(kinds) if kind is SegmentKind.BODY]
    found = 0
    for at in body[:_TOP]:
        line = parts[at].text
        if not _is_headline(line, first=found == 0) or found == _HEADLINES:
            break
        kinds[at] = SegmentKind.HEADLINE
        found += 1
    opening = next((at for at in body[:_TOP] if dateline_end(parts[at].text)), None)
    if found and opening is not None:
        for at in body:
            if at < opening and kinds[at] is SegmentKind.BODY:
                kinds[at] = SegmentKind.CAPTION


def _is_headline(line: str, *, first: bool) -> bool:
    """A later line of a headline must be long enough to say something."""
    if len(line) > _LONGEST_HEADLINE or dateline_end(line) or line[0] in '•*-–"“':
        return False
    stopped = _ENDS_SENTENCE.search(line)
    if stopped and not line.endswith("?"):
        return False
    return first or (len(line.split()) > 4 and not _PLACE_LINE.fullmatch(line) and ", Secretary" not in line)


def published(text: str) -> date | None:
    """The day of publication that a text tells of itself.

    Args:
        text: The whole stored text.

    Returns:
        The date in a line such as ``Published: 09 Jan. 2026, 12:51``; else in a line that is a bare date;
        else of a dateline or headline near the top. None if there is none.
    """
    parts = list(lines(text[:20_000]))
    return next(_publication_dates([line.text for line in parts]), None)


def _publication_dates(parts: list[str]) -> Iterator[date]:
    top = parts[:_TOP]
    for mark in (
        r"(?:first |date )?(?:published|posted|issued|released|date|publication date)\b",
        r"(?:last )?(?:updated?|modified)\b",
    ):
        for line in top + parts[-4:]:
            if len(line) < 120 and re.match(mark, line, re.IGNORECASE) and (found := _day_in(line)):
                yield found
    for line in top:
        if found := _date_line(line.strip(" \t•*·|")):
            yield found
    for line in top[:6]:
        end = dateline_end(line)
        if end and (found := _day_in(line[:end])):
            yield found
    for line in top[:2]:
        if len(line) < 120 and not _ENDS_SENTENCE.search(line) and (found := _day_in(line)):
            yield found


def _date_line(line: str) -> date | None:
    """The day of a line that holds little but a date."""
    if not 6 <= len(line) <= 60 or not any(c.isdigit() for c in line):
        return None
    from diplograph.text import timex

    for found in timex.find(line, 0, len(line), None):
        rest = line[: found.start] + line[found.end :]
        if len(re.sub(r"[\W\d]|[ap]m|gmt|utc|ist|[ce]e?st", "", rest.lower())) == 0:
            return _day(found.span.start)
    return None


def _day_in(line: str) -> date | None:
    from diplograph.text import timex

    days = (_day(found.span.start) for found in timex.find(line, 0, len(line), None))
    return next((day for day in days if day), None)


def _day(partial: str | None) -> date | None:
    return date.fromisoformat(partial) if partial and len(partial) == 10 else None
