"""Verb groups: the verb that a cue is or hangs on, with its auxiliaries and what governs it.

Takes a ``Line`` and the place of a word in it; gives a ``VerbGroup``, whether a word is a verb there at all,
and the verb that governs a noun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diplograph.extract.verbs import unchanging, verb_forms
from diplograph.knowledge import grammar
from diplograph.text.actors import Actor
from diplograph.text.lines import Line

STOPS = frozenset({";", ":", "—", "–", "“", "”", '"', "(", ")"})
"""Signs that no clause reaches across."""


@dataclass(slots=True)
class VerbGroup:
    """The verb that a cue is, or that governs it.

    Attributes:
        start: Index of its first word.
        auxiliaries: Its auxiliaries, in order, in lower case.
        form: Form of the main verb.
        governors: Words left of an infinitive or gerund that govern it ("scheduled", "refused"), nearest
            first.
    """

    start: int
    auxiliaries: tuple[str, ...] = ()
    form: str = ""
    governors: tuple[str, ...] = ()

    @property
    def passive(self) -> bool:
        """Whether the subject is acted upon."""
        be = grammar.words("be")
        return self.form in ("past", "participle") and any(a in be for a in self.auxiliaries[-2:])


def verb_group(line: Line, head: int, form: str) -> VerbGroup:
    """The verb group whose main verb stands at ``head``."""
    auxiliary, adverbs, negations = map(grammar.words, ("auxiliaries", "adverbs", "negations"))
    lowers = line.tokens.lowers
    k, auxiliaries = head - 1, []
    while k >= 0 and (lowers[k] in auxiliary or lowers[k] in adverbs) and line.actor_at(k) is None:
        only = lowers[k] == "not" and lowers[k + 1] == "only"
        if (lowers[k] in auxiliary or lowers[k] in negations) and not only:
            auxiliaries.append(lowers[k])
        k -= 2 if lowers[k] == "longer" else 1
        if lowers[k + 1 : k + 3] == ["no", "longer"]:
            auxiliaries.append("not")
    if form in ("past", "participle") and not auxiliaries and _after_act(line, k):
        # "talks held in Cairo", "a treaty signed by": a participle without its auxiliary.
        return VerbGroup(k + 1, ("were",), "participle")
    if form == "base" and not auxiliaries and k >= 0 and lowers[k] in ("and", ","):
        auxiliaries = _shared_auxiliary(line, k)
    governors = _governors(line, k) if form in ("base", "gerund") else ()
    return VerbGroup(k + 1, tuple(reversed(auxiliaries)), form, governors)


def _shared_auxiliary(line: Line, k: int) -> list[str]:
    """The auxiliary that the second of two verbs shares with the first: "will meet Xi and visit"."""
    lowers = line.tokens.lowers
    shared = grammar.words("future") | grammar.words("modals") | {"would", "to"}
    for n in range(k - 1, max(-1, k - 25), -1):
        if lowers[n] in STOPS or lowers[n] in grammar.words("relatives"):
            return []
        if (
            lowers[n] in shared
            and lowers[n + 1 : n + 2]
            and verb_forms().get(lowers[n + 1], ("", ""))[1] == "base"
        ):
            return [lowers[n]]
    return []


def _after_act(line: Line, k: int) -> bool:
    """Whether the noun of an act stands at a word: "talks", "treaty"."""
    return k >= 0 and line.tokens.lowers[k] in grammar.words("acts") and line.actor_at(k) is None


def _governors(line: Line, k: int) -> tuple[str, ...]:
    """Words before an infinitive or gerund up to the clause border, nearest first."""
    found: list[str] = []
    lowers = line.tokens.lowers
    while k >= 0 and len(found) < 9 and lowers[k] not in STOPS and lowers[k] not in ("that", "which", "who"):
        found.append(lowers[k])
        k -= 1
    return tuple(found)


def verbal(line: Line, head: int, form: str) -> bool:
    """Whether a word that can be noun or verb ("visit", "strikes") is a verb here."""
    if form == "gerund":
        return _verbal_gerund(line, head)
    if _helps(line, head):
        return False
    unmarked = form in ("past", "participle") and line.tokens.lowers[head] in unchanging()
    if form not in ("base", "third") and not unmarked:
        return True
    k = head - 1
    adverbs = grammar.words("adverbs")
    while k >= 0 and line.tokens.lowers[k] in adverbs and line.actor_at(k) is None:
        k -= 1
    if k < 0:
        return False
    if unmarked and line.tokens.lowers[k] in grammar.words("be") | grammar.words("have"):
        return True
    return _verbal_base(line, k) if form == "base" else _verbal_third(line, k)


def _helps(line: Line, head: int) -> bool:
    """Whether "have" only helps the verb after it: "was to have met", "had to drop"."""
    lowers = line.tokens.lowers
    if lowers[head] not in grammar.words("have") or head + 1 >= len(lowers):
        return False
    following = lowers[head + 1]
    return following in ("been", "to") or verb_forms().get(following, ("", ""))[1] in ("past", "participle")


def _verbal_base(line: Line, k: int) -> bool:
    """Whether a word that takes a bare verb stands at ``k``: "to", "will", "and", or a subject."""
    before, actor = line.tokens.lowers[k], line.actor_at(k)
    if actor is not None:
        return _several(line, actor)
    return before == "and" or (before in grammar.words("auxiliaries") and before not in grammar.words("be"))


def _several(line: Line, actor: Actor) -> bool:
    """Whether an actor is more than one, as the subject of a bare verb must be: "Lee and Xi visit"."""
    joined = actor.i > 0 and line.tokens.lowers[actor.i - 1] in ("and", "&", ",")
    many = actor.kind in ("pair", "plural") or line.tokens.lowers[actor.i] in ("they", "we")
    return not actor.possessive and (many or (joined and actor.kind != "loose"))


def _verbal_third(line: Line, k: int) -> bool:
    """Whether a subject, or what stands for one, ends at ``k``."""
    if line.tokens.lowers[k] in ("who", "which", "and", ",", "that", ")"):
        return True
    actor = line.actor_at(k)
    return actor is not None and actor.j == k + 1 and not actor.possessive and actor.kind != "loose"


def _verbal_gerund(line: Line, head: int) -> bool:
    """Whether "meeting", "landing" is a verb: after an auxiliary, a comma or a temporal preposition."""
    if head == 0:
        return True
    before = line.tokens.lowers[head - 1]
    if before in grammar.words("adverbs") and head > 1:
        before = line.tokens.lowers[head - 2]
    actor = line.actor_at(head - 1)
    if actor is not None:
        return not actor.possessive and actor.kind not in ("loose", "pronoun")
    return before in grammar.words("be") or before in grammar.words("gerund_openers")


def governing_verb(line: Line, head: int) -> tuple[int, str, str] | None:
    """The verb that a noun at ``head`` belongs to: of what it is object, else of what it is subject.

    Returns:
        Index, lemma and form of the verb, or None.
    """
    left = range(head - 1, max(-1, head - 20), -1)
    right = range(head + 1, min(len(line.tokens), head + 24))
    before = _first_verb(line, left, (";", ":", "that", "which", "who"))
    lowers = line.tokens.lowers
    if before and lowers[before[0]] not in grammar.words("reporting"):
        return before
    relative = next((k for k in right[:8] if lowers[k] in ("that", "which")), None)
    if relative and (inner := _first_verb(line, range(relative + 1, right.stop), (";", ":", ","))):
        # "a meeting that was due this month was put off": what is told of it stands behind the clause.
        outer = _first_verb(line, range(inner[0] + 1, right.stop), (";", ":", ","))
        return outer or inner
    return _first_verb(line, right, (";", ":", "where", "while")) or before


def _first_verb(line: Line, places: Iterable[int], stops: tuple[str, ...]) -> tuple[int, str, str] | None:
    """The first known verb among words, up to a stop."""
    lowers, forms = line.tokens.lowers, verb_forms()
    for k in places:
        if lowers[k] in stops:
            break
        if lowers[k] in forms and line.actor_at(k) is None:
            lemma, form = forms[lowers[k]]
            if form == "base" and lowers[k] in unchanging() and not verbal(line, k, form):
                form = "participle"
            helps = (lemma == "be" and any(w in forms for w in lowers[k + 1 : k + 4])) or _helps(line, k)
            if verbal(line, k, form) and not helps:
                return k, lemma, form
    return None
