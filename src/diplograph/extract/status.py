"""How far an event had come and whether it is affirmed: from tense, auxiliaries, governing words and dates.

Takes the verb group of a cue (or what governs a noun); gives a ``Reading``: status, polarity and the reason.
The general mechanism is here alone; which words belong to which class stands in ``data/language/en-grammar.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from diplograph.extract.clauses import VerbGroup
from diplograph.extract.cues import inflect
from diplograph.knowledge import grammar
from diplograph.model import Polarity, Status, TimeSpan

_NOT = frozenset("not never n't neither nor no cannot".split())
_FUTURE = frozenset("will shall 'll ’ll won't won’t due set scheduled expected going about".split())
_MODAL = frozenset("may might could should must can".split())
_HAVE = frozenset("has have had having 've ’ve".split())
_BE = frozenset("is are was were 's ’s".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A status with its polarity and the words that decided it."""

    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    reason: str = ""


@cache
def _classes() -> dict[str, tuple[str, str]]:
    """Word → (class, lemma or phrase) of the status words, in all forms; multi-word ones under their first word."""
    table: dict[str, tuple[str, str]] = {}
    for name in ("cancelled", "postponed", "proposed", "planned", "denied", "occurring"):
        for phrase in grammar.load().status[name]:
            lemma = phrase.split()[0]
            for word in {*inflect(lemma).values(), lemma}:
                if " " not in phrase:
                    table.setdefault(word, (name, phrase))
    return table


@cache
def _phrasal() -> dict[str, tuple[tuple[str, str], ...]]:
    """First word of "call off", in all forms → ((second word, class), …)."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for name in ("cancelled", "postponed", "occurring"):
        for phrase in grammar.load().status[name]:
            lemma, _, particle = phrase.partition(" ")
            if particle:
                for word in set(inflect(lemma).values()):
                    table[word] = (*table.get(word, ()), (particle.split()[0], name))
    return table


def word_class(word: str, following: tuple[str, ...] = ()) -> str | None:
    """The status class of a word, seen with the words after it ("called" … "off")."""
    for particle, name in _phrasal().get(word, ()):
        if particle in following[:4]:
            return name
    found = _classes().get(word)
    return found[0] if found else None


def negated(words: tuple[str, ...]) -> bool:
    """Whether a verb group is negated."""
    return any(w in _NOT or w.endswith(("n't", "n’t")) for w in words)


def of_verb(group: VerbGroup) -> Reading:
    """The status that a verb group gives to the event which it tells."""
    aux = group.auxiliaries
    if negated(aux):
        return _of_negated(aux)
    if "would" in aux or "'d" in aux:
        if any(a in _HAVE for a in aux):
            return Reading(Status.HELD, Polarity.HYPOTHETICAL, "would have")
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "would")
    if any(a in _FUTURE for a in aux):
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "future: " + " ".join(aux))
    if any(a in _MODAL for a in aux):
        return Reading(Status.PROPOSED, Polarity.AFFIRMED, "modal: " + " ".join(aux))
    if "to" in aux:
        return _of_infinitive(group)
    if group.form == "gerund" and not any(a in _BE or a in _HAVE or a == "been" for a in aux):
        return _of_gerund(group)
    return Reading(Status.HELD, Polarity.AFFIRMED, "tense: " + " ".join((*aux, group.form)))


def _of_negated(aux: tuple[str, ...]) -> Reading:
    if any(a in _FUTURE or a in ("would", "won't", "won’t") for a in aux):
        return Reading(Status.CANCELLED, Polarity.AFFIRMED, "will not")
    return Reading(Status.HELD, Polarity.DENIED, "negated: " + " ".join(aux))


def _of_infinitive(group: VerbGroup) -> Reading:
    aux = group.auxiliaries
    at = aux.index("to")
    if at and aux[at - 1] in _BE and "have" in aux:
        return Reading(Status.CANCELLED, Polarity.AFFIRMED, "was to have")
    if at and any(a in _BE for a in aux[:at]):
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "is to")
    return _governed(group, default=Status.PLANNED)


def _of_gerund(group: VerbGroup) -> Reading:
    first = group.governors[:1]
    if first and first[0] in ("before", "for", "of"):
        return _governed(group, default=Status.PLANNED)
    return _governed(group, default=Status.HELD)


def _governed(group: VerbGroup, *, default: Status) -> Reading:
    """Look left for the word that governs an infinitive or gerund."""
    governors = group.governors
    for n, word in enumerate(governors):
        following = tuple(reversed(governors[max(0, n - 3) : n]))
        name = word_class(word, following)
        if name in ("cancelled", "postponed", "proposed", "planned") and n < 7:
            denied = negated(governors[n : n + 4])
            if denied and name in ("planned", "proposed"):
                return Reading(Status.PLANNED, Polarity.DENIED, f"no {word}")
            return Reading(Status(name), Polarity.AFFIRMED, f"governed by {word!r}")
        if word in _FUTURE:
            return Reading(Status.PLANNED, Polarity.AFFIRMED, f"purpose of a {word!r}")
        if word.endswith("ed") or name == "occurring":
            return Reading(Status.HELD, Polarity.AFFIRMED, f"purpose of {word!r}")
    return Reading(default, Polarity.AFFIRMED, "infinitive or gerund alone")


def of_noun(lowers: list[str], head: int, governor: tuple[str, VerbGroup] | None) -> Reading:
    """The status that its modifiers and its governing verb give to a noun.

    Args:
        lowers: The words of the sentence.
        head: Index of the noun.
        governor: Lemma and verb group of the governing verb, if one was found.
    """
    if word_class(lowers[head]) == "planned" and governor and not negated(governor[1].auxiliaries):
        return Reading(Status.PLANNED, Polarity.AFFIRMED, lowers[head])
    before = lowers[max(0, head - 4) : head]
    for word in reversed(before):
        name = _ADJECTIVES.get(word)
        if name:
            return Reading(name, Polarity.AFFIRMED, f"{word!r} before the noun")
    if governor:
        lemma, group = governor
        name = word_class(lemma, tuple(lowers[group.start : group.start + 6]))
        if name in ("cancelled", "postponed"):
            if group.passive or not negated(group.auxiliaries):
                return Reading(Status(name), Polarity.AFFIRMED, f"governed by {lemma!r}")
        elif name in ("proposed", "denied"):
            return Reading(
                Status.PROPOSED,
                Polarity.DENIED if name == "denied" else Polarity.AFFIRMED,
                f"governed by {lemma!r}",
            )
    near = set(lowers[max(0, head - 6) : head])
    if near & {"ahead", "before", "upcoming", "pending"}:
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "ahead of it")
    if near & {"after", "following", "during", "since", "concluded", "amid"}:
        return Reading(Status.HELD, Polarity.AFFIRMED, "after it")
    if governor:
        lemma, group = governor
        reading = of_verb(group)
        if word_class(lemma) == "planned" and reading.status is Status.HELD and lemma not in ("will",):
            return Reading(Status.PLANNED, reading.polarity, f"governed by {lemma!r}")
        return reading
    return Reading(Status.HELD, Polarity.AFFIRMED, "no governor")


_ADJECTIVES = {
    **dict.fromkeys(
        ("planned", "scheduled", "upcoming", "forthcoming", "impending", "expected", "coming", "future"),
        Status.PLANNED,
    ),
    **dict.fromkeys(("possible", "potential", "proposed", "likely", "hoped-for"), Status.PROPOSED),
    **dict.fromkeys(("cancelled", "canceled", "scrapped", "aborted"), Status.CANCELLED),
    **dict.fromkeys(("postponed", "delayed", "rescheduled"), Status.POSTPONED),
}


def hypothetical(lowers: list[str], head: int) -> bool:
    """Whether the clause of a cue hangs on an "if" or "unless" that stands before it."""
    for k in range(head - 1, -1, -1):
        if lowers[k] in (";", ":", "."):
            return False
        if lowers[k] in ("if", "unless") and not (k and lowers[k - 1] in ("even", "as", "only")):
            return "," not in lowers[k:head] or lowers[k] == "unless"
    return False


def against_date(reading: Reading, when: TimeSpan, published: date | None) -> Reading:
    """Mend a status that the date of the event excludes."""
    if when.start is None or published is None or reading.polarity is not Polarity.AFFIRMED:
        return reading
    if reading.status is Status.HELD and when.earliest_start() > published:
        return Reading(Status.PLANNED, reading.polarity, "its date lies ahead")
    if (
        reading.status is Status.PLANNED
        and when.latest_end() < published
        and "governed" not in reading.reason
    ):
        return Reading(Status.HELD, reading.polarity, "its date has passed")
    return reading
