"""What a text is telling of at a point of it: the persons in the order of their salience, the last pair.

Takes lines one after the other; gives a ``Focus`` from which pronouns and "the two" are resolved. Who was
subject stays in focus before who was object, the first subject of a sentence before the others. (That a
pronoun's antecedent should come before all others, as centering theory has it, was tried: one wrong link then
spoils the rest of an article.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from diplograph.model import SegmentKind
from diplograph.text import gender
from diplograph.text.actors import Actor
from diplograph.text.lines import Line

PERSONAL = frozenset({"person", "office", "counterpart"})
"""Kinds of actor that are one person."""

_REMEMBERED = 10


@dataclass(slots=True)
class Focus:
    """What the discourse is about at a point of the text.

    Attributes:
        persons: Persons by salience, the most salient last.
        pair: The last two of different states who were told of together.
        states: The last two states told of together.
    """

    persons: list[Actor] = field(default_factory=list)
    pair: tuple[Actor, Actor] | None = None
    states: tuple[Actor, Actor] | None = None

    def for_pronoun(self, pronoun: str, but: object = None) -> Actor | None:
        """The most salient person whom a pronoun can mean, someone excepted."""
        fitting = [
            a
            for a in reversed(self.persons)
            if a.person is not but and gender.fits(pronoun, a.person.sex if a.person else None)
        ]
        # Few leaders are women, and their names are known: "she" is one of them before anybody unknown.
        women = [a for a in fitting if a.person and a.person.sex == "f"]
        return next(iter((women if pronoun in ("she", "her") else []) + fitting), None)

    def advance(self, line: Line) -> None:
        """Move past a sentence."""
        if line.sentence.kind is SegmentKind.BOILERPLATE:
            return
        persons = [a for a in line.actors if a.kind in PERSONAL and a.person]
        for actor in by_salience(line):
            self.persons = [a for a in self.persons[-_REMEMBERED:] if a.person is not actor.person] + [actor]
        self.pair = two_sides([a for a in persons if a.state]) or self._with_earlier(persons) or self.pair
        self.states = two_sides([a for a in line.actors if a.state and a.kind != "loose"]) or self.states

    def _with_earlier(self, persons: Sequence[Actor]) -> tuple[Actor, Actor] | None:
        """A single person of this sentence joins the one in focus: "He met Xi"."""
        latest = [a for a in persons[:1] if a.state]
        earlier = [a for a in self.persons[:-1] if a.state and latest and a.state != latest[0].state]
        return (earlier[-1], latest[0]) if latest and earlier and self.pair is None else None


def by_salience(line: Line) -> list[Actor]:
    """The persons of a sentence, the most salient last."""
    persons = [a for a in line.actors if a.person and a.kind in (*PERSONAL, "pronoun")]
    return sorted(persons, key=lambda a: (_rank(a), -a.i))


def _rank(actor: Actor) -> int:
    """How salient its place in the sentence makes someone: a subject before the rest."""
    return 2 if not actor.preposition and not actor.possessive else 1


def two_sides(actors: Sequence[Actor]) -> tuple[Actor, Actor] | None:
    """The first actor and the first other one of another state."""
    for n, first in enumerate(actors):
        for second in actors[n + 1 :]:
            if first.state and second.state and first.state != second.state:
                return first, second
    return None
