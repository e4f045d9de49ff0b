"""What a meeting was about and on what occasion: issues of the vocabulary, agenda phrases, gatherings.

Takes a line, a cue and the text; gives ``Topic``s and an ``Occasion`` with the offsets that tell them.
"""

from __future__ import annotations

import re

from diplograph.knowledge import gazetteer, ontology
from diplograph.model import Occasion, Topic
from diplograph.text.lines import Line

_AGENDA = re.compile(
    r"\b(?:to discuss|discuss(?:ed|es|ing)?|talks (?:on|about|over)|(?:exchanged?|exchanging) views on|focus(?:ed|es|ing)? on|consultations on|"
    r"conversation (?:on|about)|concerning|regarding|agenda (?:included|includes)|raised|cover(?:ed|ing)?)\s+(?!with\b)",
)
_END = re.compile(
    r"[.;:]|, (?:who|which|while|where|when|the|as|Blue|said)\b|\b(?:said|says|with|during|after|before|while|when|in order|according|at|that|ahead)\b"
)
_SPLIT = re.compile(r",\s*(?:and\s+|as well as\s+)?|\s+and\s+|,?\s+as well as\s+")
_NO_TOPIC = re.compile(
    r"^(?:the|a|an|ways|how|other|issues|matters|it|them|him|her|his|their|its|this|these|plans?)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?(?:\\s|$)"
)
_LEADING = re.compile(
    r"^(?:the|a|an|ways to|how to|both|other|a wide range of|a range of|issues of|issues such as|matters of)\s+",
    re.IGNORECASE,
)

Found = tuple[Topic, int, int]


def of_line(line: Line, text: str) -> list[Found]:
    """The issues that a sentence names, in order, without repetition."""
    found = {
        (topic.id or topic.name): (topic, start, end)
        for topic, start, end in [*_known(line, text), *_agenda(line, text)]
    }
    return sorted(found.values(), key=lambda entry: entry[1])


def _known(line: Line, text: str) -> list[Found]:
    """Issues of the vocabulary, by any party's name for them."""
    labels = _labels()
    return [
        (Topic(name=labels.get(issue, text[hit.start : hit.end]), id=issue), hit.start, hit.end)
        for hit in line.issues
        if (issue := hit.meaning("issue"))
    ]


def _labels() -> dict[str, str]:
    return {issue.id: issue.label for issue in ontology.issues()}


def _agenda(line: Line, text: str) -> list[Found]:
    """Noun phrases after "to discuss", "talks on" and their kin."""
    found: list[Found] = []
    for cue in _AGENDA.finditer(text, line.sentence.start, line.sentence.end):
        ending = _END.search(text, cue.end(), line.sentence.end)
        stop = min(ending.start() if ending else line.sentence.end, cue.end() + 160)
        start = cue.end()
        for part in _SPLIT.split(text[cue.end() : stop]):
            at = text.find(part, start, stop) if part else -1
            name = _LEADING.sub("", _LEADING.sub("", part.strip()))
            if at >= 0 and 2 < len(name) <= 60 and not _NO_TOPIC.match(name) and len(name.split()) <= 7:
                if not name[:1].isalpha() or _DATE.match(name):
                    continue
                begin = text.find(name, at, stop)
                found.append((Topic(name=name), begin, begin + len(name)))
    return found


_MARGINS = frozenset("sidelines margins sideline margin fringes".split())
_ATTENDING = frozenset(
    "attend attends attended attending for at during join joins joining participate participates in on to hosts hosting address".split()
)


def occasion(line: Line, head: int, text: str) -> tuple[Occasion, int, int, bool] | None:
    """The gathering that a cue belongs to: (occasion, start, end, whether only on its sidelines)."""
    nearest = None
    for k, (end, hit) in line.hits.items():
        series = hit.meaning("series", "gathering")
        if series is None:
            continue
        before = line.tokens.lowers[max(0, k - 6) : k]
        margins = bool(_MARGINS & set(before))
        if not margins and not (_ATTENDING & set(before[-4:])):
            continue
        distance = abs(k - head) - (10 if margins else 0)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, series, hit, margins, end)
    if nearest is None or nearest[0] > 25:
        return None
    _, series, hit, margins, _ = nearest
    return Occasion(name=text[hit.start : hit.end], id=series), hit.start, hit.end, margins


def gathering_id(series: str, year: int | None) -> str:
    """The one gathering of a series in a year, or the series itself where it is not known."""
    if year is None:
        return series
    book = gazetteer.load()
    if series in book.gatherings:
        return series
    found = book.gathering(series, year)
    return found.id if found else series
