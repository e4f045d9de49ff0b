"""What speaks for or against a reading: its features, by name.

Takes a frame with its time and people, and what holds for its document; gives the names of all that counts.
Each has a weight in ``data/reader/weights.json``; ``why`` shows those that counted most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from diplograph.extract.frame import Frame
from diplograph.extract.setting import Setting
from diplograph.extract.status import SPOKEN_OF
from diplograph.extract.timing import Timing
from diplograph.extract.verbs import verb_forms
from diplograph.knowledge import grammar
from diplograph.model import SegmentKind
from diplograph.text.lines import Line

_TEXT = 4
"""A text of fewer sentences tells everything once."""


def features(frame: Frame, when: Timing, people: Sequence[object], setting: Setting) -> tuple[str, ...]:
    """The names of all that speaks for or against a reading."""
    cue = frame.hit.cue
    kinds = {a.kind for a in frame.actors}
    certain = (
        f"strength={round(cue.strength, 1)}",
        f"cue={cue.text}",
        f"type={frame.type}",
        f"{frame.type}:{'verb' if cue.verb else 'noun'}",
        f"{frame.type}:status={frame.reading.status}",
        f"{frame.type}:persons={min(len(people), 2)}",
        *(f"{frame.type}:first={a.kind}" for a in frame.first[:1]),
        *(f"{frame.type}:second={a.kind}" for a in frame.second[:1]),
    )
    told: Mapping[str, bool] = {
        "cue:object": bool(cue.tail),
        "as-reason": _is_cause(frame),
        "weak:persons=0": cue.strength < 0.5 and not people,
        "time": when.span.start is not None,
        "time:none": when.span.start is None,
        "place": frame.place is not None,
        "persons:two": len(people) > 1,
        "persons:none": not people,
        "loose": "loose" in kinds,
        "pronoun": "pronoun" in kinds,
        "pair": bool(kinds & {"pair", "plural"}),
        "spokes": "spokes" in kinds,
        "many-states": len(frame.states) > 3,
        "far": bool(frame.actors) and min(abs(a.i - frame.hit.head) for a in frame.actors) > 8,
        **_standing(frame, setting),
        **_determined(frame),
        **_told_of(frame, setting),
    }
    guessed = (f"{frame.type}:{name}" for name in frame.features if name.startswith("backoff:"))
    return (*certain, *(name for name, holds in told.items() if holds), *frame.features, *guessed)


def _determined(frame: Frame) -> dict[str, bool]:
    """Features of the noun phrase of a noun cue: "the visit" takes up what was told, "a visit" tells it."""
    line, head = frame.line, frame.hit.head
    noun, before = not frame.hit.cue.verb, line.tokens.lowers[max(0, head - 3) : head]
    named = any(k < head < end and hit.meaning("series") for k, (end, hit) in line.hits.items())
    guessed = "backoff" in frame.features
    return {
        "noun:definite": noun and not {"the", "this", "that"}.isdisjoint(before),
        "noun:indefinite": noun and not {"a", "an", "another"}.isdisjoint(before),
        "backoff:definite": noun and guessed and not {"the", "this", "that"}.isdisjoint(before),
        "noun:in-name": noun and named,
        "noun:before-noun": noun and modifies(line, frame.hit.end),
        f"{frame.type}:adjunct": noun and not {"at", "on"}.isdisjoint(before),
        "noun:spoken-of": frame.reading.reason == SPOKEN_OF,
    }


def modifies(line: Line, k: int) -> bool:
    """Whether a plain noun seems to stand at a word, so that what is before it only describes it."""
    word = line.tokens.words[k] if k < len(line.tokens) else ""
    other = grammar.words("prepositions") | grammar.words("adverbs") | grammar.words("auxiliaries")
    other |= grammar.words("relatives") | grammar.words("clause_openers") | grammar.words("not_nouns")
    return word.islower() and word.isalpha() and word not in other and word not in verb_forms()


def _standing(frame: Frame, setting: Setting) -> dict[str, bool]:
    """Features of where in which document a sentence stands."""
    line = frame.line
    before = line.tokens.lowers[: frame.hit.head]
    return {
        "heading": line.sentence.heading or line.sentence.kind is SegmentKind.HEADLINE,
        "caption": line.sentence.kind is SegmentKind.CAPTION,
        "lead": line.index <= setting.lead,
        "tail": line.index > 12,
        "digest": setting.digest,
        "readout": setting.readout,
        "quotation": "“" in before and "”" not in before,
        "sport": setting.sport or not grammar.words("sport").isdisjoint(line.tokens.lowers),
        "to-the-press": not grammar.words("press").isdisjoint(_around(frame)) and frame.type == "call",
    }


def _around(frame: Frame) -> list[str]:
    """The words about a cue."""
    return frame.line.tokens.lowers[max(0, frame.hit.head - 5) : frame.hit.last + 4]


def _is_cause(frame: Frame) -> bool:
    """Whether a noun only names why something else was done: "summoned the envoy over the violation"."""
    before = frame.line.tokens.lowers[max(0, frame.hit.head - 4) : frame.hit.head]
    return not frame.hit.cue.verb and bool(grammar.words("causes") & set(before))


def _told_of(frame: Frame, setting: Setting) -> dict[str, bool]:
    """Features of how much the text tells of these states."""
    if setting.lines < _TEXT:
        return {}
    states = frame.states[:3]
    together = max((setting.pairs.get(frozenset(two), 0) for two in combinations(states, 2)), default=0)
    return {
        "states-in-heading": len(setting.heading & set(states)) > 1,
        "one-in-heading": len(setting.heading & set(states)) == 1,
        "pair:once": together == 1,
        "pair:often": together > 2,
        "pair:never": together == 0,
        "pair:main": 1 < together == setting.most,
    }
