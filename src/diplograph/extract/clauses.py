"""Grammar of a clause without a parser: verb groups, subjects, objects, prepositional phrases.

Takes a ``Line`` and the place of a cue in it; gives the words that govern it and the actors in its roles.
Everything is found by scanning outwards from the cue and stopping at the borders of its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diplograph.extract.verbs import verb_forms
from diplograph.knowledge import grammar
from diplograph.text.actors import Actor
from diplograph.text.lines import Line

_STOPS = frozenset({";", ":", "—", "–", "“", "”", '"', "(", ")"})
_RELATIVE = frozenset({"who", "which", "whom"})
_LINKS = frozenset({",", "and", "&", "as", "well", "together", "along", "with", "plus", "the", "both"})
_RIGHT_BORDERS = frozenset(
    "following amid ahead that which who whom where when while because if unless although though whereas after before since until but whether once as".split()
)
_ACTS = frozenset(
    "meeting meetings talks summit visit visits call conversation agreement agreements deal treaty pact accord declaration document memorandum sanctions statement dialogue discussions consultations negotiations dinner lunch session invitation".split()
)
_BE = frozenset("is are was were be been being 's ’s 're".split())


@dataclass(slots=True)
class VerbGroup:
    """The verb that a cue is, or that governs it.

    Attributes:
        start: Index of its first word.
        auxiliaries: Its auxiliaries, in order, in lower case.
        form: Form of the main verb.
        governors: Words left of an infinitive or gerund that govern it ("scheduled", "refused"), nearest first.
    """

    start: int
    auxiliaries: tuple[str, ...] = ()
    form: str = ""
    governors: tuple[str, ...] = ()

    @property
    def passive(self) -> bool:
        """Whether the subject is acted upon."""
        return self.form in ("past", "participle") and any(a in _BE for a in self.auxiliaries[-2:])

    @property
    def finite(self) -> bool:
        """Whether it has a tense of its own."""
        return self.form in ("past", "third") or (bool(self.auxiliaries) and self.auxiliaries[0] != "to")


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


def verb_group(line: Line, head: int, form: str) -> VerbGroup:
    """The verb group whose main verb stands at ``head``."""
    words = grammar.load().words
    lowers = line.tokens.lowers
    k, auxiliaries = head - 1, []
    while (
        k >= 0
        and (lowers[k] in words["auxiliaries"] or lowers[k] in words["adverbs"])
        and line.actor_at(k) is None
    ):
        if lowers[k] in words["auxiliaries"] or lowers[k] in words["negations"]:
            auxiliaries.append(lowers[k])
        k -= 1
    governors = _governors(line, k) if form in ("base", "gerund") else ()
    if (
        form in ("past", "participle")
        and not auxiliaries
        and k >= 0
        and lowers[k] in _ACTS
        and line.actor_at(k) is None
    ):
        # "talks held in Cairo", "a treaty signed by": a participle without its auxiliary.
        return VerbGroup(k + 1, ("were",), "participle")
    return VerbGroup(k + 1, tuple(reversed(auxiliaries)), form, governors)


def _governors(line: Line, k: int) -> tuple[str, ...]:
    """Words before an infinitive or gerund up to the clause border, nearest first."""
    found: list[str] = []
    lowers = line.tokens.lowers
    while k >= 0 and len(found) < 9 and lowers[k] not in _STOPS and lowers[k] not in ("that", "which", "who"):
        found.append(lowers[k])
        k -= 1
    return tuple(found)


def verbal(line: Line, head: int, form: str) -> bool:
    """Whether a word that can be noun or verb ("visit", "strikes") is a verb here."""
    words = grammar.load().words
    if form == "gerund":
        return _verbal_gerund(line, head)
    if form not in ("base", "third"):
        return True
    k = head - 1
    while k >= 0 and line.tokens.lowers[k] in words["adverbs"] and line.actor_at(k) is None:
        k -= 1
    if k < 0:
        return False
    before = line.tokens.lowers[k]
    if form == "base":
        actor = line.actor_at(k)
        several = actor is not None and not actor.possessive and actor.kind not in ("loose",)
        return before in words["auxiliaries"] - _BE or several or before == "and"
    if before in ("who", "which", "and", ",", "that", ")"):
        return True
    actor = line.actor_at(k)
    return actor is not None and actor.j == k + 1 and not actor.possessive and actor.kind != "loose"


def _verbal_gerund(line: Line, head: int) -> bool:
    """Whether "meeting", "landing" is a verb: after an auxiliary, a conjunction, a comma or a temporal preposition."""
    if head == 0:
        return True
    before = line.tokens.lowers[head - 1]
    if before in grammar.load().words["adverbs"] and head > 1:
        before = line.tokens.lowers[head - 2]
    actor = line.actor_at(head - 1)
    if actor is not None:
        return not actor.possessive and actor.kind not in ("loose", "pronoun")
    return before in _BE or before in _GERUND_OPENERS or before == "been"


_GERUND_OPENERS = frozenset(
    "after before while by in for without , and of from when since upon on avoid start started began begin finish finished consider considering".split()
)


def subject(line: Line, start: int) -> tuple[list[Actor], bool]:
    """The actors that are the subject of a verb group that begins at ``start``.

    Returns:
        The actors, and whether they were reached across another verb ("and", an infinitive).
    """
    lowers = line.tokens.lowers
    ends = {a.j - 1: a for a in line.actors}
    k, oblique, crossed, comma = start - 1, [], False, False
    while k >= 0:
        actor = ends.get(k)
        if actor:
            if not actor.preposition and not actor.possessive and actor.kind != "loose":
                return coordinated_left(line, actor), crossed
            oblique.append(actor)
            k = actor.i - 1
            continue
        word = lowers[k]
        if word in _RELATIVE or (word == "that" and not comma and k and (k - 1) in ends):
            antecedent = next((a for a in reversed(line.actors) if a.j <= k), None)
            return ([antecedent] if antecedent else []), crossed
        if word in (";", ":", "”", "“", '"') or word == "that":
            break
        if word in ("and", "but", "or", "to", "before", "after", "while", "by"):
            crossed = True
        comma = word == ","
        k -= 1
    return [], crossed


def coordinated_left(line: Line, actor: Actor) -> list[Actor]:
    """An actor with those that stand before it in one enumeration: "A, B and C"."""
    group = [actor]
    position = line.actors.index(actor)
    while position and _linked(line, line.actors[position - 1], group[0]):
        position -= 1
        group.insert(0, line.actors[position])
    return group


def coordinated_right(line: Line, actor: Actor) -> list[Actor]:
    """An actor with those that follow it in one enumeration."""
    group = [actor]
    position = line.actors.index(actor)
    while position + 1 < len(line.actors) and _linked(line, group[-1], line.actors[position + 1]):
        position += 1
        group.append(line.actors[position])
    return group


def _linked(line: Line, left: Actor, right: Actor) -> bool:
    between = line.tokens.lowers[left.j : right.i]
    if not between or len(between) > 5 or right.kind == "loose" or left.possessive:
        return False
    return all(word in _LINKS for word in between) and any(
        w in ("and", "&", ",", "plus") or w == "with" for w in between
    )


def right_border(line: Line, start: int, limit: int = 40) -> int:
    """Index of the word at which the clause that runs on from ``start`` ends."""
    lowers = line.tokens.lowers
    for k in range(start, min(len(lowers), start + limit)):
        if lowers[k] in (";", ":", "—") or (lowers[k] in _RIGHT_BORDERS and not _prepositional(line, k)):
            return k
        if lowers[k] == "and" and k > start + 1 and _verb_follows(line, k + 1):
            return k
    return min(len(lowers), start + limit)


def _verb_follows(line: Line, k: int) -> bool:
    """Whether a second verb of the same subject stands at a word: "attend the fair and meet voters"."""
    if k >= len(line.tokens) or line.tokens.lowers[k] in _ACTS or line.actor_at(k) is not None:
        return False
    found = verb_forms().get(line.tokens.lowers[k])
    return found is not None and found[0][1] in ("base", "past", "third")


def _prepositional(line: Line, k: int) -> bool:
    """Whether a word that can open a clause is a preposition here."""
    return line.tokens.lowers[k] in ("as",)


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
    ]
    objects, prepositional = complements(line, end, right_border(line, end, 24))
    found = Roles(owners[-1:], [], {p: _first_group(line, group) for p, group in prepositional.items()})
    found.object = loose[-2:] if not owners else []
    del objects
    return found


def _first_group(line: Line, actors: list[Actor]) -> list[Actor]:
    """The first enumeration among actors after one preposition."""
    group = coordinated_right(line, actors[0])
    return [a for a in actors if a in group]


def _owning(line: Line, actor: Actor) -> bool:
    """Whether a pronoun owns what follows: "their meeting"."""
    return actor.kind == "pronoun" and line.tokens.lowers[actor.i] in ("his", "her", "their")


def governing_verb(
    line: Line, head: int, forms: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[int, str, str] | None:
    """The verb that a noun at ``head`` belongs to: of what it is object, else of what it is subject.

    Args:
        line: The sentence.
        head: Index of the noun.
        forms: Word → ((lemma, form), …) of the verbs that are known.

    Returns:
        Index, lemma and form of the verb, or None.
    """
    lowers = line.tokens.lowers
    for k in range(head - 1, max(-1, head - 20), -1):
        if lowers[k] in (";", ":") or lowers[k] in ("that", "which", "who"):
            break
        if lowers[k] in forms and line.actor_at(k) is None and verbal(line, k, forms[lowers[k]][0][1]):
            lemma, form = forms[lowers[k]][0]
            return k, lemma, form
    for k in range(head + 1, min(len(lowers), head + 24)):
        if lowers[k] in (";", ":"):
            break
        if lowers[k] in forms and line.actor_at(k) is None and verbal(line, k, forms[lowers[k]][0][1]):
            lemma, form = forms[lowers[k]][0]
            return k, lemma, form
    return None
