"""A sentence as the reader sees it: its words, the known names in it, who acts and where.

Takes nothing; gives the dataclass ``Line``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from diplograph.text.actors import Actor, Place
from diplograph.text.mentions import Hit
from diplograph.text.sentences import Sentence
from diplograph.text.timex import TimeMention
from diplograph.text.tokens import Tokens


@dataclass(slots=True, eq=False)
class Line:
    """A sentence as the reader sees it.

    Attributes:
        hits: Token index → (token index after, hit) of every known name.
        actors: Phrases that can act, left to right.
        places: Places named, left to right.
        issues: Names of issues in the sentence.
        times: Times named, left to right.
        scene: State in which what was told last took place.
        pair: The two of different states whom the text was telling of before this sentence.
    """

    index: int
    sentence: Sentence
    tokens: Tokens
    hits: dict[int, tuple[int, Hit]]
    actors: list[Actor] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    pair: tuple[Actor, ...] = ()
    issues: Sequence[Hit] = ()
    scene: str | None = None
    times: Sequence[TimeMention] = ()

    def actor_at(self, token: int) -> Actor | None:
        """The actor whose phrase covers a word."""
        return next((a for a in self.actors if a.i <= token < a.j), None)
