"""Grammar of a clause without a parser: subjects, objects, prepositional phrases and where they end.

Takes a ``Line`` and the place of a cue in it; gives the actors in its ``Roles`` and the border of its clause.
Everything is found by scanning outwards from the cue and stopping at the borders of its clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from diplograph.extract.cues import inflect
from diplograph.extract.verbgroups import VerbGroup, verb_group, verbal
from diplograph.extract.verbs import verb_forms
from diplograph.knowledge import grammar
from diplograph.text.actors import Actor
from diplograph.text.lines import Line


@dataclass(slots=True)
class Roles:
    """Actors around a cue, by grammatical function."""

    subject: list[Actor] = field(default_factory=list)
    object: list[Actor] = field(default_factory=list)
    by_preposition: dict[str, list[Actor]] = field(default_factory=dict)
    inherited: bool = False

    def after(self, *prepositions: str) -> list[Actor]:
        """Actors after any of the prepositions."""
        return [a for p in prepositions for a in self.by_preposition.get(p, ())]


def subject(line: Line, start: int) -> tuple[list[Actor], bool]:
    """The actors that are the subject of a verb group that begins at ``start``.

    Returns:
        The actors, and whether they were reached across another verb ("and", an infinitive).
    """
    lowers, ends = line.tokens.lowers, {a.j - 1: a for a in line.actors}
    k, crossed, comma = _before_relative(lowers, start - 1), False, False
    if k > 0 and lowers[k] in grammar.words("control_nouns") and (owner := _owner(line, k)):
        return [owner], True
    if (first := _first_verb_of_two(line, start)) is not None:
        return subject(line, first)[0], True
    while k >= 0:
        actor = ends.get(k)
        if actor and not actor.preposition and not actor.possessive and actor.kind != "loose":
            return coordinated_left(line, actor), crossed
        if actor:
            k = actor.i - 1
            continue
        word = lowers[k]
        if word in grammar.words("relatives") or (word == "that" and not comma and (k - 1) in ends):
            antecedent = next((a for a in reversed(line.actors) if a.j <= k), None)
            return ([antecedent] if antecedent else []), crossed
        if word in (";", ":", "”", "“", '"', "that"):
            break
        crossed = crossed or word in ("and", "but", "or", "to", "before", "after", "while", "by")
        comma = word == ","
        k -= 1
    return [], crossed


def _before_relative(lowers: list[str], k: int) -> int:
    """Where the subject ends if a clause between commas parts it from it: "X, who came, was met"."""
    if k < 1 or lowers[k] != ",":
        return k
    relatives = grammar.words("relatives")
    for n in range(k - 1, 0, -1):
        if lowers[n] in (";", ":", "“", "”", '"'):
            break
        if lowers[n] in relatives and lowers[n - 1] == ",":
            return n - 2
    return k


def _first_verb_of_two(line: Line, start: int) -> int | None:
    """Where the first of two verbs with one subject begins: "calls on Abbas and travels on to Jordan"."""
    lowers = line.tokens.lowers
    if start < 3 or lowers[start - 1] != "and":
        return None
    forms = verb_forms()
    for k in range(start - 2, -1, -1):
        if lowers[k] in (";", ":", "“", "”", '"') or lowers[k] in grammar.words("relatives"):
            return None
        form = forms.get(lowers[k], ("", ""))[1]
        if form in ("third", "past") and line.actor_at(k) is None and verbal(line, k, form):
            return verb_group(line, k, form).start
    return None


def _owner(line: Line, noun: int) -> Actor | None:
    """Whose decision or plan it is that an infinitive spells out: "France's earlier decision to expel"."""
    return next((a for a in reversed(line.actors) if a.possessive and noun - 4 <= a.j <= noun), None)


def coordinated_left(line: Line, actor: Actor) -> list[Actor]:
    """An actor with those that stand before it in one enumeration: "A, B and C"."""
    group, edge = [actor], actor.i
    for left in reversed(line.actors[: line.actors.index(actor)]):
        if left.possessive and 0 <= edge - left.j <= 1:
            edge = left.i  # "Japan's Sanae Takaichi" begins with Japan
        elif _linked(line, left, group[0], edge):
            group.insert(0, left)
            edge = left.i
        else:
            break
    return group


def coordinated_right(line: Line, actor: Actor) -> list[Actor]:
    """An actor with those that follow it in one enumeration."""
    group = [actor]
    position = line.actors.index(actor)
    while position + 1 < len(line.actors) and _linked(line, group[-1], line.actors[position + 1]):
        position += 1
        group.append(line.actors[position])
    return group


def _linked(line: Line, left: Actor, right: Actor, edge: int | None = None) -> bool:
    """Whether two actors stand in one enumeration, the right one beginning at ``edge`` with its owner."""
    between = line.tokens.lowers[left.j : right.i if edge is None else edge]
    if not between or len(between) > 5 or right.kind == "loose" or left.possessive:
        return False
    joined = any(word in ("and", "&", ",", "plus", "with") for word in between)
    return joined and grammar.words("links").issuperset(between)


def right_border(line: Line, start: int, limit: int = 40) -> int:
    """Index of the word at which the clause that runs on from ``start`` ends."""
    lowers, openers = line.tokens.lowers, grammar.words("clause_openers")
    for k in range(start, min(len(lowers), start + limit)):
        if lowers[k] in (";", ":", "—") or lowers[k] in openers or lowers[k] in _topical():
            return k
        if lowers[k] == "as" and _clause_follows(line, k + 1):
            return k
        if (
            lowers[k] == "and"
            and (k > start + 1 or line.actor_at(k - 1) is None)
            and (_verb_follows(line, k + 1) or _clause_follows(line, k + 1))
        ):
            return k
    return min(len(lowers), start + limit)


@cache
def _topical() -> frozenset[str]:
    """Forms of the verbs after which topics and no parties stand: "met, discussing Taiwan"."""
    return frozenset(inflect(verb)["gerund"] for verb in grammar.words("topic_verbs"))


def _clause_follows(line: Line, k: int) -> bool:
    """Whether a subject with its own verb stands at a word: "and the two ministers also met"."""
    actor = line.actor_at(k)
    # "Poland and Turkey met" has one subject: who stands right before the "and" belongs to it.
    if actor is None or actor.i != k or actor.possessive or line.actor_at(k - 2) is not None:
        return False
    after = actor.j
    while after < len(line.tokens) and line.tokens.lowers[after] in grammar.words("adverbs"):
        after += 1
    word = line.tokens.lowers[after] if after < len(line.tokens) else ""
    return verb_forms().get(word, ("", ""))[1] in ("past", "third") or word in grammar.words(
        "auxiliaries"
    ) - {"to"}


def _verb_follows(line: Line, k: int) -> bool:
    """Whether a second verb of the same subject stands at a word: "attend the fair and meet voters"."""
    if k >= len(line.tokens) or line.actor_at(k) is not None:
        return False
    word = line.tokens.lowers[k]
    found = None if word in grammar.words("acts") else verb_forms().get(word)
    return found is not None and found[1] in ("base", "past", "third")


def complements(line: Line, start: int, border: int) -> tuple[list[Actor], dict[str, list[Actor]]]:
    """Objects and prepositional actors between ``start`` and ``border``."""
    objects: list[Actor] = []
    by_preposition: dict[str, list[Actor]] = {}
    current = ""
    for position, actor in enumerate(line.actors):
        if actor.i < start or actor.i >= border or actor.possessive or _owning(line, actor):
            continue
        previous = line.actors[position - 1] if position else None
        linked = previous is not None and previous.i >= start and _linked(line, previous, actor)
        linked = linked or (previous is not None and previous.i >= start and _nations(line, previous, actor))
        if actor.preposition:
            current = actor.preposition
        elif not linked:
            current = ""
        if current:
            by_preposition.setdefault(current, []).append(actor)
        elif not objects or linked or actor.i - objects[-1].j < 6:
            objects.append(actor)
    return objects, by_preposition


def roles(line: Line, group: VerbGroup, end: int) -> Roles:
    """All roles around a verb whose words end before ``end``."""
    actors, crossed = subject(line, group.start)
    objects, prepositional = complements(line, end, right_border(line, end))
    return Roles(actors, objects, prepositional, crossed)


def noun_roles(line: Line, head: int, end: int) -> Roles:
    """Roles inside a noun phrase: "Lee's visit to Tokyo", "talks between A and B", "the visit by X"."""
    owners = [
        a for a in line.actors if a.j <= head and (a.possessive or _owning(line, a)) and head - a.j <= 5
    ]
    loose = [
        a
        for a in line.actors
        if a.kind in ("loose", "state")
        and a.j <= head
        and head - a.j <= 3
        and not a.possessive
        and a.i < head
        and not {",", "a", "an", "the", "and"} & set(line.tokens.lowers[a.j : head])
    ]
    _, prepositional = complements(line, end, right_border(line, end, 24))
    first = {p: _first_group(line, group) for p, group in prepositional.items()}
    if owners and loose and loose[-1].state != owners[-1].state and loose[-1].i > owners[-1].i:
        first.setdefault("to", []).append(loose[-1])  # "his five-day U.S. visit"
    owners = owners[-1:] and [*_and_owner(line, owners[-1]), owners[-1]]
    return Roles(owners, loose[-2:] if not owners else [], first)


def _and_owner(line: Line, owner: Actor) -> list[Actor]:
    """Who owns a noun together with another: "Khan and Qureshi's visit"."""
    before = [a for a in line.actors if a.j == owner.i - 1 and a.kind == owner.kind == "person"]
    return before if line.tokens.lowers[owner.i - 1] == "and" else []


def _nations(line: Line, left: Actor, right: Actor) -> bool:
    """Whether two stand in a row of nationalities that share a title: "the Thai, Lao and Khmer ministers"."""
    between = line.tokens.lowers[left.j : right.i]
    return left.kind == "loose" and right.kind in ("loose", "plural") and set(between) <= {",", "and", "the"}


def _first_group(line: Line, actors: list[Actor]) -> list[Actor]:
    """The first enumeration among actors after one preposition."""
    shared = next((a for a in actors if a.kind == "plural" and a.members), None)
    if shared and all(a.kind == "loose" for a in actors[: actors.index(shared)]):
        return [shared]
    group = coordinated_right(line, actors[0])
    return [a for a in actors if a in group]


def _owning(line: Line, actor: Actor) -> bool:
    """Whether a pronoun owns what follows: "their meeting"."""
    return actor.kind == "pronoun" and line.tokens.lowers[actor.i] in ("his", "her", "their")
