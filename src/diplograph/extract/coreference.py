"""Who "he", "the two leaders", "the president" and "his Chinese counterpart" are.

Takes the lines of a document in reading order; fills in person, state or members of each actor that
names nobody. What stays unclear stays unresolved: a wrong link spoils an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from diplograph.knowledge import grammar
from diplograph.model import SegmentKind
from diplograph.text.actors import Actor
from diplograph.text.lines import Line
from diplograph.text.people import Registry

_PERSONAL = frozenset({"person", "office", "counterpart"})


@dataclass(slots=True)
class Focus:
    """What the discourse is about at a point of the text.

    Attributes:
        persons: Persons in the order of their last mention as a subject, latest last.
        pair: The last two of different states who were told of together.
        states: The last two states told of together.
    """

    persons: list[Actor] = field(default_factory=list)
    pair: tuple[Actor, Actor] | None = None
    states: tuple[Actor, Actor] | None = None


def resolve(lines: Sequence[Line], registry: Registry, *, connected: bool = True) -> None:
    """Resolve every unnamed actor of a document, in reading order.

    Args:
        lines: The document.
        registry: Its persons.
        connected: Whether its paragraphs tell of the same things; in a digest each stands alone.
    """
    focus, paragraph = Focus(), -1
    for line in lines:
        if not connected and line.sentence.paragraph != paragraph:
            focus, paragraph = Focus(), line.sentence.paragraph
        line.pair = focus.pair or focus.states or ()
        for position, actor in enumerate(line.actors):
            _resolve(actor, line, position, focus, registry)
        _advance(line, focus)


def _resolve(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    if actor.kind == "office" and actor.person is None:
        _office(actor, line, position, focus, registry)
    elif actor.kind == "counterpart" or actor.title_kind == "counterpart":
        _counterpart(actor, line, position, focus, registry)
    elif actor.kind == "pronoun":
        _pronoun(actor, line, position, focus)
    elif actor.kind in ("pair", "plural") and not actor.members:
        _pair(actor, line, position, focus)
    elif actor.kind == "other-side":
        _other_side(actor, line, position, focus)
    elif actor.kind == "body" and actor.state is None:
        _body(actor, line, position)


def _office(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    """By state and title "the Vietnamese leader"; by who was called so before "the president"."""
    if actor.owner and actor.state is None:
        actor.state = _owner_state(actor, line, position, focus)
    if actor.state and actor.title:
        if actor.title_kind in ("leader", "minister", "royal"):
            actor.person = registry.holder(actor.state, actor.title)
        return
    named = [a.person for a in line.actors[:position] if a.person]
    recent = [a.person for a in reversed(focus.persons) if a.person]
    for person in dict.fromkeys([*reversed(named), *recent, *registry.people]):
        if person.state and person.title and actor.title and _called(actor.title, person.title.lower()):
            actor.person, actor.state = person, person.state
            return


def _called(title: str, full: str) -> bool:
    """Whether a bare title can mean the holder of a full one: "minister" a "foreign minister"."""
    return (
        title == full
        or full.endswith(" " + title)
        or (title == "leader" and full in ("president", "prime minister"))
    )


def _owner_state(actor: Actor, line: Line, position: int, focus: Focus) -> str | None:
    earlier = [a for a in line.actors[:position] if a.state]
    if earlier:
        return earlier[-1].state
    return focus.persons[-1].state if focus.persons and actor.owner in ("his", "her") else None


def _counterpart(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    """Someone in the same office of another state, or before or after in the same office."""
    earlier = [a for a in line.actors[:position] if a.kind in _PERSONAL and (a.person or a.title)]
    owner = earlier[-1] if earlier else (focus.persons[-1] if focus.persons else None)
    word = actor.title or ""
    if word in ("predecessor", "successor") or (
        actor.title_kind == "counterpart" and _follows_owner(actor, line)
    ):
        if owner and actor.person and actor.person.state is None:
            actor.person.state = owner.state
        actor.state = (
            actor.state or (actor.person.state if actor.person else None) or (owner.state if owner else None)
        )
        return
    title = (owner.person.title if owner and owner.person else owner.title if owner else None) or ""
    if actor.person is None and actor.state and title:
        actor.person = registry.holder(actor.state, title)
    elif actor.person is None and actor.state is None and focus.pair and owner:
        other = focus.pair[1] if focus.pair[0].state == owner.state else focus.pair[0]
        actor.person, actor.state = other.person, other.state


def _other_side(actor: Actor, line: Line, position: int, focus: Focus) -> None:
    """Of the two states that the text tells of the other: "the neighbouring country"."""
    here = next((a.state for a in reversed(line.actors[:position]) if a.state), None)
    sides = [a.state for a in (focus.pair or focus.states or ()) if a.state]
    if here in sides:
        actor.state = next((s for s in sides if s != here), None)


def _follows_owner(actor: Actor, line: Line) -> bool:
    """Whether "predecessor" or "successor" is the role of a named person here."""
    return any(w in ("predecessor", "successor") for w in line.tokens.lowers[max(0, actor.i - 1) : actor.j])


def _pronoun(actor: Actor, line: Line, position: int, focus: Focus) -> None:
    word = line.tokens.lowers[actor.i]
    if word in grammar.words("pronouns_many"):
        _pair(actor, line, position, focus)
        return
    here = [a for a in line.actors[:position] if a.kind in (*_PERSONAL, "diplomat") and a.state]
    if word == "him":
        antecedent = next(reversed(here or focus.persons), None)
    else:
        direct = [a for a in here if not a.preposition and a.person]
        antecedent = direct[0] if direct else next(reversed(here or focus.persons), None)
    if antecedent is not None:
        actor.person, actor.state = antecedent.person, antecedent.state


def _pair(actor: Actor, line: Line, position: int, focus: Focus) -> None:
    """The two of this sentence, else the last two told of together."""
    here = two_sides([a for a in line.actors[:position] if a.kind in _PERSONAL and a.state])
    nouns = set(line.tokens.lowers[actor.i : actor.j])
    if actor.kind == "plural":
        _plural(actor, line, position)
        return
    if nouns & grammar.words("state_nouns"):
        sides = two_sides([a for a in line.actors[:position] if a.state]) or focus.states or focus.pair
    else:
        sides = here or focus.pair or focus.states
    actor.members = sides or ()


def _plural(actor: Actor, line: Line, position: int) -> None:
    """The states that follow "of" are the members: "the leaders of Korea and Japan"."""
    following = [a for a in line.actors[position + 1 :] if a.kind in ("state", "loose")]
    group: list[Actor] = []
    for other in following:
        between = line.tokens.lowers[(group[-1] if group else actor).j : other.i]
        allowed = {"of", "the", "from", ",", "and", "both"} if not group else {",", "and", "the"}
        if len(between) > 3 or not set(between) <= allowed:
            break
        group.append(other)
    before = _nationalities_before(actor, line, position)
    own = [replace(actor, members=())] if actor.state and before else []
    actor.members = tuple(group or [*before, *own])


def _nationalities_before(actor: Actor, line: Line, position: int) -> list[Actor]:
    """The nationalities that one title shares: "the Thai, Lao and Cambodian ministers"."""
    found: list[Actor] = []
    start = actor.i
    for other in reversed(line.actors[:position]):
        between = line.tokens.lowers[other.j : start]
        if other.kind != "loose" or len(between) > 2 or not set(between) <= {",", "and", "the"}:
            break
        found.insert(0, other)
        start = other.i
    return found


def _body(actor: Actor, line: Line, position: int) -> None:
    """A body without a state belongs to nobody unless an owner stands before it: "Japan's ministry"."""
    if position and line.actors[position - 1].possessive and line.actors[position - 1].j >= actor.i - 1:
        actor.state = line.actors[position - 1].state


def two_sides(actors: Sequence[Actor]) -> tuple[Actor, Actor] | None:
    """The first actor and the first other one of another state."""
    for n, first in enumerate(actors):
        for second in actors[n + 1 :]:
            if first.state and second.state and first.state != second.state:
                return first, second
    return None


def _advance(line: Line, focus: Focus) -> None:
    """Move the focus past a sentence."""
    if line.sentence.kind is SegmentKind.BOILERPLATE:
        return
    persons = [a for a in line.actors if a.kind in _PERSONAL and a.person]
    subjects = [a for a in persons if not a.preposition and not a.possessive]
    if subjects or persons:
        latest = (subjects or persons)[0]
        focus.persons = [a for a in focus.persons[-6:] if a.person is not latest.person] + [latest]
    focus.pair = two_sides([a for a in persons if a.state]) or _with_focus(persons, focus) or focus.pair
    focus.states = two_sides([a for a in line.actors if a.state and a.kind != "loose"]) or focus.states


def _with_focus(persons: Sequence[Actor], focus: Focus) -> tuple[Actor, Actor] | None:
    """A single person of this sentence joins the one in focus: "He met Xi"."""
    pronouns = [a for a in persons[:1] if a.state]
    earlier = [a for a in focus.persons[:-1] if a.state and pronouns and a.state != pronouns[0].state]
    return (earlier[-1], pronouns[0]) if pronouns and earlier and focus.pair is None else None
