"""What a meeting was about: issues of the vocabulary and agenda phrases.

Takes a line and the text; gives ``Topic``s with the offsets that tell them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from diplograph.knowledge import grammar, ontology
from diplograph.model import Topic
from diplograph.text.lines import Line

_SPLIT = re.compile(r",\s*(?:and\s+|as well as\s+)?|\s+and\s+|,?\s+as well as\s+")

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


@cache
def _labels() -> dict[str, str]:
    return {issue.id: issue.label for issue in ontology.issues()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    """Expressions made of the grammar's words: what opens an agenda, ends it, opens a topic or is none."""

    agenda: re.Pattern[str]
    end: re.Pattern[str]
    opener: re.Pattern[str]
    no_topic: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    def any_of(name: str) -> str:
        return "(?:" + "|".join(sorted(map(re.escape, grammar.words(name)), key=lambda w: (-len(w), w))) + ")"

    ends, after_comma = any_of("agenda_ends"), any_of("agenda_ends_after_comma")
    return _Patterns(
        agenda=re.compile(rf"\b{any_of('agenda')}\s+(?!with\b)"),
        # ", Blue House spokesperson Kang said" tells the speaker and no further topic.
        end=re.compile(rf"[.;:]|, {after_comma}\b|, (?=(?:[\w.'’-]+ ){{1,8}}(?:said|says)\b)|\b{ends}\b"),
        opener=re.compile(rf"^{any_of('topic_openers')}\s+", re.IGNORECASE),
        no_topic=re.compile(rf"^{any_of('no_topics')}$", re.IGNORECASE),
    )


def _agenda(line: Line, text: str) -> list[Found]:
    """Noun phrases after "to discuss", "talks on" and their kin."""
    found: list[Found] = []
    patterns = _patterns()
    for cue in patterns.agenda.finditer(text, line.sentence.start, line.sentence.end):
        ending = patterns.end.search(text, cue.end(), line.sentence.end)
        stop = min(ending.start() if ending else line.sentence.end, cue.end() + 160)
        for part in _SPLIT.split(text[cue.end() : stop]):
            name = patterns.opener.sub("", patterns.opener.sub("", part.strip()))
            if 2 < len(name) <= 60 and name[:1].isalpha() and not patterns.no_topic.match(name):
                if len(name.split()) > 7 or name.split()[0].lower() in grammar.words("raised_things"):
                    continue
                begin = text.find(name, text.find(part, cue.end(), stop), stop)
                if any(time.start <= begin < time.end for time in line.times):
                    continue  # "held talks on Oct. 30"
                found.append((Topic(name=name), begin, begin + len(name)))
    return found
