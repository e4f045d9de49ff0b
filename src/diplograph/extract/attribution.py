"""Who says so: the source that a sentence names for what it tells.

Takes a line and the place of a cue; gives the words that name the speaker, or None for the outlet itself.
"""

from __future__ import annotations

from diplograph.knowledge import grammar
from diplograph.text.actors import Actor
from diplograph.text.lines import Line

_SPEAKERS = frozenset(
    {"person", "office", "body", "state", "spokes", "organisation", "counterpart", "diplomat", "pronoun"}
)


def of_cue(line: Line, head: int, text: str) -> tuple[str, int, int] | None:
    """The speaker behind a cue: (name, start, end) as offsets into the text."""
    reporting = grammar.words("reporting") - grammar.words("weak_reporting")
    lowers = line.tokens.lowers
    verbs = [
        k for k, word in enumerate(lowers) if word in reporting and k != head and line.actor_at(k) is None
    ]
    for k in sorted(verbs, key=lambda verb: abs(verb - head)):
        speaker = _speaker(line, k)
        if speaker:
            start, end = speaker.start, speaker.end
            name = speaker.person.name if speaker.person and speaker.kind == "pronoun" else text[start:end]
            return name, start, end
    return None


def _speaker(line: Line, k: int) -> Actor | None:
    """The actor next to a reporting verb: before it, after it, or after "according to"."""
    if line.tokens.lowers[k] == "according":
        return next((a for a in line.actors if k < a.i <= k + 4 and a.kind in _SPEAKERS), None)
    before = [
        a for a in line.actors if a.j <= k and k - a.j <= 3 and a.kind in _SPEAKERS and not a.possessive
    ]
    if before and (not before[-1].preposition or before[-1].kind == "spokes"):
        return before[-1]
    return next(
        (a for a in line.actors if k < a.i <= k + 2 and a.kind in _SPEAKERS and not a.preposition), None
    )
