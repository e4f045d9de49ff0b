"""A frame: one act as a sentence tells it, with its parties in order and its place.

Takes nothing; gives the dataclass ``Frame`` and what its actors stand for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diplograph.extract.cues import CueHit
from diplograph.extract.status import Reading
from diplograph.knowledge import grammar
from diplograph.text.actors import Actor, Place
from diplograph.text.lines import Line


@dataclass(slots=True, eq=False)
class Frame:
    """One act as a sentence tells it.

    Attributes:
        first: Actors of the first role: guests, parties, those who act.
        second: Actors of the second role: hosts, counterparts, targets.
        host: State in which a visit or meeting takes place.
        stop: Index of the word that names this stop of a tour.
        features: Names of what speaks for or against the reading.
    """

    line: Line
    hit: CueHit
    type: str
    subtype: str | None
    first: list[Actor]
    second: list[Actor]
    reading: Reading
    verb: int
    border: int
    place: Place | None = None
    host: str | None = None
    stop: int | None = None
    features: list[str] = field(default_factory=list)

    @property
    def actors(self) -> list[Actor]:
        """All actors, the first role first."""
        return self.first + self.second

    @property
    def states(self) -> tuple[str, ...]:
        """The states of its actors in order, without repetition."""
        states = [s for a in self.actors for s in states_of(a)]
        if self.type == "visit" and self.host:
            states = [s for s in states_of_all(self.first) if s != self.host] + [self.host]
        return tuple(dict.fromkeys(states))


def states_of(actor: Actor) -> list[str]:
    """The states that an actor stands for."""
    if actor.members:
        return [s for member in actor.members for s in states_of(member)]
    return [actor.state] if actor.state and actor.state.isupper() else []  # an organisation is no state


def states_of_all(actors: list[Actor]) -> list[str]:
    """The states of several actors, in order, without repetition."""
    return list(dict.fromkeys(s for a in actors for s in states_of(a)))


def hit_lemma(frame: Frame) -> str:
    """The head word of a frame's cue as the lexicon has it."""
    return frame.hit.cue.text.removeprefix("to ").split()[0]


def locate(frame: Frame) -> None:
    """Set the place of the clause: after the cue, or at the head of the sentence."""
    places = [
        p
        for p in frame.line.places
        if p.preposition in ("in", "at", "near", "outside", "on", "inside")
        and (p.slug or p.preposition != "on")
        and not _of_matter(frame.line, p)
    ]
    after = [p for p in places if frame.hit.head <= p.i < frame.border]
    before = [p for p in places if p.i < frame.hit.head]
    after = [
        p for p in after if not grammar.words("reasons") & set(frame.line.tokens.lowers[frame.hit.head : p.i])
    ]
    after = after or _relative(frame)
    chosen = after[:1] or before[-1:] or _opening(frame)
    if chosen and not _is_party(frame, chosen[0]):
        frame.place, frame.host = chosen[0], chosen[0].state


def _of_matter(line: Line, place: Place) -> bool:
    """Whether a place is that of what was talked of: "the situation in Ukraine"."""
    before = line.tokens.lowers[max(0, place.i - 3) : place.i]
    return place.preposition in before and not grammar.words("matters").isdisjoint(before)


def _relative(frame: Frame) -> list[Place]:
    """The place that "where" takes up: "flew to Cairo, where he met the president"."""
    lowers, head = frame.line.tokens.lowers, frame.hit.head
    where = next((k for k in range(head - 1, -1, -1) if lowers[k] == "where"), None)
    if where is None:
        return []
    return [p for p in frame.line.places if p.i < where and where - p.j <= 6][-1:]


def _opening(frame: Frame) -> list[Place]:
    """The place that opens a caption: "Johannesburg, Nov. 23, 2025: ..."."""
    lowers = frame.line.tokens.lowers
    first = frame.line.places[:1]
    opens = first and first[0].i == 0 and ":" in lowers[:9] and lowers[first[0].j : first[0].j + 1] == [","]
    return first if opens else []


def _is_party(frame: Frame, place: Place) -> bool:
    return any(a.i <= place.i < a.j and a.kind != "state" for a in frame.line.actors)
