"""Who "he", "the two leaders", "the president" and "his Chinese counterpart" are.

Takes the lines of a document in reading order; fills in person, state or members of each actor that
names nobody. What stays unclear stays unresolved: a wrong link spoils an article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from diplograph.extract.clauses import coordinated_right
from diplograph.extract.focus import PERSONAL, Focus, two_sides
from diplograph.knowledge import grammar
from diplograph.text import gender
from diplograph.text.actors import Actor
from diplograph.text.lines import Line
from diplograph.text.people import Registry

_OPENING = 8
"""Within how many words of the beginning a pronoun can mean somebody who is only named after it."""


_NEAR = 4
"""How many words may stand between who did something and "his", where a passive tells of him."""


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
        focus.advance(line)


def _resolve(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    if actor.kind == "office" and actor.person is None:
        _office(actor, line, position, focus, registry)
    elif actor.kind == "counterpart" or actor.title_kind == "counterpart":
        _counterpart(actor, line, position, focus, registry)
    elif actor.kind == "pronoun":
        _pronoun(actor, line, position, focus)
    elif actor.kind in ("pair", "plural") and not actor.members:
        _pair(actor, line, position, focus)
    elif actor.kind == "spokes" and actor.title in grammar.words("several_officials"):
        _plural(actor, line, position)
    elif actor.kind == "other-side":
        _other_side(actor, line, position, focus)
    elif actor.kind == "body" and actor.state is None:
        _body(actor, line, position)


def _office(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    """By state and title "the Vietnamese leader"; by who was called so before "the president"."""
    if actor.owner and actor.state is None:
        actor.state = _owner_state(actor, line, position, focus)
    if actor.state and actor.title:
        if line.tokens.lowers[actor.i] in grammar.words("indefinite"):
            return  # "had a Japanese prime minister come": whichever it was
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
        or {title, full} <= grammar.words("premiers")
    )


def _owner_state(actor: Actor, line: Line, position: int, focus: Focus) -> str | None:
    earlier = [a for a in line.actors[:position] if a.state]
    if earlier:
        return earlier[-1].state
    return focus.persons[-1].state if focus.persons and actor.owner in ("his", "her") else None


def _counterpart(actor: Actor, line: Line, position: int, focus: Focus, registry: Registry) -> None:
    """Someone in the same office of another state, or before or after in the same office."""
    earlier = [a for a in line.actors[:position] if a.kind in PERSONAL and (a.person or a.title)]
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
    if announced := _announced(actor, line, position):
        actor.person, actor.state = announced.person, announced.state
        return
    same = [a for a in line.actors[:position] if a.kind == "pronoun" and line.tokens.lowers[a.i] == word]
    if same and word in ("he", "she") and same[0].person:
        # "Before he flew home to receive X, he met Y" has one "he".
        actor.person, actor.state = same[0].person, same[0].state
        return
    here = [
        a
        for a in line.actors[:position]
        if a.kind in (*PERSONAL, "diplomat")
        and a.state
        and gender.fits(word, a.person.sex if a.person else None)
    ]
    here = [a for a in here if not _quoted(line, a.i) or _quoted(line, actor.i)]
    direct = [a for a in here if not a.preposition and a.person]
    agent = [a for a in here[-1:] if a.person and a.preposition == "by" and actor.i - a.j <= _NEAR]
    if _object(actor, line):
        # "Lee received him": an object is never the subject of its own clause.
        subject = _clause_subject(actor, line, position)
        others = [a for a in here if subject is None or a.person is not subject.person]
        antecedent = next(reversed(others), focus.for_pronoun(word, but=subject.person if subject else None))
    else:
        direct = agent or direct  # "as agreed by Kim during his summit"
        antecedent = direct[0] if direct else focus.for_pronoun(word) or next(reversed(here), None)
    if antecedent is not None:
        actor.person, actor.state = antecedent.person, antecedent.state


def _quoted(line: Line, k: int) -> bool:
    """Whether a word stands in what somebody is quoted to have said."""
    words = line.tokens.words
    marks = [n for n in range(k) if words[n] in ("“", "”", '"')]
    return bool(marks) and (words[marks[-1]] == "“" or (words[marks[-1]] == '"' and len(marks) % 2 == 1))


def _announced(actor: Actor, line: Line, position: int) -> Actor | None:
    """Who is named after the pronoun: "A day after his visit to Angola, the minister X said"."""
    lowers = line.tokens.lowers
    before = set(lowers[: actor.i]) if actor.i <= _OPENING else set()
    opening = lowers[0].endswith("ing") or not before.isdisjoint(
        grammar.words("prepositions") | {"after", "before", "while"}
    )
    if (
        not opening
        or "," in before
        or lowers[actor.i] not in ("his", "her")
        or any(a.kind in PERSONAL for a in line.actors[:position])
    ):
        return None
    after = (a for a in line.actors[position + 1 :] if a.kind == "person" and not a.preposition and a.person)
    subject = next((a for a in after if lowers[a.i - 1] == "," or lowers[a.i] == "the"), None)
    if subject is None or subject.person is None or subject.possessive:
        return None
    return subject if gender.fits(lowers[actor.i], subject.person.sex) else None


def _object(actor: Actor, line: Line) -> bool:
    """Whether a pronoun is an object: "him", or "her" before no noun."""
    word = line.tokens.lowers[actor.i]
    after = line.tokens.lowers[actor.j] if actor.j < len(line.tokens) else "."
    closed = not after[:1].isalpha() or after in grammar.words("prepositions") or after in ("and", "to")
    return word == "him" or (word == "her" and closed)


def _clause_subject(actor: Actor, line: Line, position: int) -> Actor | None:
    """The first person of the clause in which an actor stands."""
    lowers, openers = line.tokens.lowers, grammar.words("clause_openers")
    start = next((k for k in range(actor.i - 1, -1, -1) if lowers[k] in openers or lowers[k] == ";"), -1)
    return next((a for a in line.actors[:position] if a.i > start and a.person and not a.preposition), None)


def _pair(actor: Actor, line: Line, position: int, focus: Focus) -> None:
    """The two of this sentence, else the last two told of together."""
    here = _at_one_table(line, position) or two_sides(
        [a for a in line.actors[:position] if a.kind in PERSONAL and a.state]
    )
    nouns = set(line.tokens.lowers[actor.i : actor.j])
    if actor.kind == "plural":
        _plural(actor, line, position)
        return
    sides: tuple[Actor, ...] | None
    if nouns & grammar.words("state_nouns"):
        sides = two_sides([a for a in line.actors[:position] if a.state]) or focus.states or focus.pair
    else:
        sides = here or _of_office(nouns, focus) or focus.pair or focus.states
    actor.members = sides or ()
    named = [a for a in line.actors[:position] if a.kind in PERSONAL and a.state and a.person]
    if not sides and len(named) > 1 and len({a.state for a in named}) == 1:
        actor.person, actor.state = named[0].person, named[0].state  # the president and the first lady


def _at_one_table(line: Line, position: int) -> tuple[Actor, ...]:
    """Three or more of different states named in one breath: "among Cho, Blinken and Kamikawa"."""
    first = next((a for a in line.actors[:position] if a.kind in PERSONAL and a.state), None)
    group = coordinated_right(line, first) if first else []
    found = [a for a in group if a.kind in PERSONAL and a.state and a.i < line.actors[position].i]
    return tuple(found) if len({a.state for a in found}) > 2 else ()


def _of_office(nouns: set[str], focus: Focus) -> tuple[Actor, Actor] | None:
    """The last two whose office the noun names: "the two presidents", "both foreign ministers"."""
    called = next((test for noun, test in _OFFICES.items() if noun in nouns), None)
    if called is None:
        return None
    fitting = [a for a in reversed(focus.persons) if a.person and called((a.person.title or "").lower())]
    sides = two_sides(fitting)
    return (sides[1], sides[0]) if sides else None


_OFFICES: dict[str, Callable[[str], bool]] = {
    "presidents": lambda title: title.endswith("president"),
    "premiers": lambda title: title in grammar.words("premiers"),
    "prime": lambda title: title in grammar.words("premiers"),
    "foreign": lambda title: any(word in title for word in grammar.words("foreign_offices")),
    "ministers": lambda title: "minister" in title or "secretary" in title,
}
"""Noun in "the two …" → whether someone of that title is meant; the first that fits decides."""


def _plural(actor: Actor, line: Line, position: int) -> None:
    """The states that follow "of" are the members: "the leaders of Korea and Japan"."""
    owner = line.actors[position - 1] if position else None
    if owner and owner.kind == "pair" and owner.possessive and actor.i - owner.j <= 3:
        actor.members = owner.members  # "the two countries' foreign ministers"
        return
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
