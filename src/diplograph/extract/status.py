"""How far an event had come and whether it is affirmed: from tense, auxiliaries, governing words and dates.

Takes the verb group of a cue (or what governs a noun); gives a ``Reading``: status, polarity and the reason.
The general mechanism is here alone; which words belong to which class stands in
``data/language/en-grammar.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from diplograph.extract.cues import inflect
from diplograph.extract.verbgroups import VerbGroup
from diplograph.knowledge import grammar
from diplograph.model import Polarity, Status, TimeSpan

_LONG_PAST = 60
"""Days after which what was only proposed for a date must have been meant otherwise."""

SPOKEN_OF = "only spoken of"
"""The reason of a reading that takes up talks only as a thought."""

UNTOLD = "no governor"
"""The reason of a reading whose status no word tells."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A status with its polarity and the words that decided it."""

    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    reason: str = ""


@cache
def _classes() -> dict[str, tuple[str, str]]:
    """Word → (class, lemma) of the status words, in all forms; phrases stand in ``_phrasal``."""
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
    denials = grammar.words("denials")
    return any(w in denials or w.endswith("n't") for w in words)


def _any(words: tuple[str, ...], name: str) -> bool:
    """Whether one of the words is of a class of the grammar."""
    return not grammar.words(name).isdisjoint(words)


def of_verb(group: VerbGroup) -> Reading:
    """The status that a verb group gives to the event which it tells."""
    aux = group.auxiliaries
    if negated(aux):
        return _of_negated(aux)
    if "would" in aux or "'d" in aux:
        if _any(aux, "have"):
            return Reading(Status.HELD, Polarity.HYPOTHETICAL, "would have")
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "would")
    if _any(aux, "future"):
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "future: " + " ".join(aux))
    if _any(aux, "modals"):
        return Reading(Status.PROPOSED, Polarity.AFFIRMED, "modal: " + " ".join(aux))
    if "to" in aux:
        return _of_infinitive(group)
    if group.form == "gerund" and not (_any(aux, "be_finite") or _any(aux, "have") or "been" in aux):
        return _of_gerund(group)
    return Reading(Status.HELD, Polarity.AFFIRMED, "tense: " + " ".join((*aux, group.form)))


def _of_negated(aux: tuple[str, ...]) -> Reading:
    if "would" in aux or _any(aux, "future"):
        return Reading(Status.CANCELLED, Polarity.AFFIRMED, "will not")
    return Reading(Status.HELD, Polarity.DENIED, "negated: " + " ".join(aux))


def _of_infinitive(group: VerbGroup) -> Reading:
    aux = group.auxiliaries
    at = aux.index("to")
    if at and aux[at - 1] in grammar.words("be_finite") and "have" in aux:
        return Reading(Status.CANCELLED, Polarity.AFFIRMED, "was to have")
    if _any(aux[:at], "be_finite"):
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "is to")
    if _any(group.governors[:8], "ranks") and not _any(group.governors, "future"):
        return Reading(Status.HELD, Polarity.AFFIRMED, UNTOLD)
    return _governed(group, default=Status.PLANNED)


def _of_gerund(group: VerbGroup) -> Reading:
    first = group.governors[:1]
    if first == ("from",) and not _forms("hindering").isdisjoint(group.governors[1:6]):
        return Reading(Status.CANCELLED, Polarity.AFFIRMED, "kept from it")
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
        if word in grammar.words("future"):
            return Reading(Status.PLANNED, Polarity.AFFIRMED, f"purpose of a {word!r}")
        if name == "occurring" and governors[n + 1 : n + 2] in (("to",), ("the",)):
            continue  # "to make a stop in Oslo before going on" is itself governed; "the end" is a noun
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
    called_off = _by_governor(lowers, head, *governor) if governor else None
    if called_off and called_off.status in (Status.CANCELLED, Status.POSTPONED):
        return called_off
    return (
        _spoken_of(lowers, head)
        or _by_adjective(lowers[max(0, head - 4) : head])
        or _talked_of(lowers, head, governor)
        or (_by_governor(lowers, head, *governor) if governor else None)
        or _by_nearness(set(lowers[max(0, head - 6) : head]))
        or (
            _by_tense(lowers, head, *governor)
            if governor
            else Reading(Status.HELD, Polarity.AFFIRMED, UNTOLD)
        )
    )


def _spoken_of(lowers: list[str], head: int) -> Reading | None:
    """The status of what is only spoken of: "the atmosphere for talks", "a resumption of talks"."""
    for k in range(head - 1, max(0, head - 5), -1):
        if lowers[k] in ("for", "of") or lowers[k - 1 : k + 1] == ["progress", "in"]:
            of = lowers[k - 1] in grammar.words("talk_of") | {"progress"}
            return Reading(Status.PROPOSED, Polarity.AFFIRMED, SPOKEN_OF) if of else None
        if lowers[k] in (",", "the", "to", "in", "and"):
            return None
    return None


def _talked_of(lowers: list[str], head: int, governor: tuple[str, VerbGroup] | None) -> Reading | None:
    """The status of what others only talk of: "discussed the negotiations with Iran"."""
    if (
        lowers[head].startswith(("visit", "trip", "tour"))
        or governor is None
        or governor[0] not in grammar.words("topic_verbs")
        or governor[1].start > head
    ):
        return None
    return Reading(Status.PROPOSED, Polarity.AFFIRMED, SPOKEN_OF)


def of_status_verb(lowers: list[str], head: int, reading: Reading) -> Reading:
    """Mend the status of a verb that itself calls off or puts off: "postponed his visit"."""
    name = word_class(lowers[head], tuple(lowers[head + 1 : head + 5]))
    particle = lowers[head + 1 : head + 2] in (["in"], ["by"])  # "dropped in at Lahore" drops nothing
    if particle or (name == "proposed" and not _invites(lowers[head])):
        return reading
    if name in ("cancelled", "postponed", "proposed") and reading.polarity is Polarity.AFFIRMED:
        return Reading(Status(name), Polarity.AFFIRMED, f"the verb {lowers[head]!r}")
    return reading


@cache
def _forms(name: str) -> frozenset[str]:
    """All forms of the verbs of a class of the grammar."""
    return frozenset(word for lemma in grammar.words(name) for word in inflect(lemma).values())


def _invites(word: str) -> bool:
    """Whether a verb only proposes what its object would do: "invited him to visit"."""
    return word in _forms("inviting")


def _adjunct(lowers: list[str], head: int) -> bool:
    """Whether a noun only says on what occasion something was done: "discussed it at a meeting"."""
    for k in range(head, max(-1, head - 5), -1):
        if lowers[k] in grammar.words("adjunct_prepositions"):
            return True
        if lowers[k] in (",", "of", "to", "and"):
            return False
    return False


def _by_adjective(before: list[str]) -> Reading | None:
    """The status that the nearest adjective gives: "a planned visit"."""
    known = grammar.load().adjectives
    found = next((word for word in reversed(before) if word in known), None)
    return Reading(Status(known[found]), Polarity.AFFIRMED, f"{found!r} before the noun") if found else None


def _by_governor(lowers: list[str], head: int, lemma: str, group: VerbGroup) -> Reading | None:
    """The status of what is cancelled, postponed, proposed or denied."""
    name = word_class(lemma, tuple(lowers[group.start : group.start + 6]))
    reason = f"governed by {lemma!r}"
    if name in ("cancelled", "postponed") and (group.passive or not negated(group.auxiliaries)):
        return Reading(Status(name), Polarity.AFFIRMED, reason)
    adjunct = group.start < head and lemma not in grammar.words("inviting") and _adjunct(lowers, head)
    if name == "proposed" and not adjunct:
        return Reading(Status.PROPOSED, Polarity.AFFIRMED, reason)
    if name == "denied":
        return Reading(Status.PROPOSED, Polarity.DENIED, reason)
    return None


def _by_nearness(near: set[str]) -> Reading | None:
    """The status of what other things are told to come before or after."""
    known = grammar.load().status
    if near & known["before"]:
        return Reading(Status.PLANNED, Polarity.AFFIRMED, "ahead of it")
    if near & known["after"]:
        return Reading(Status.HELD, Polarity.AFFIRMED, "after it")
    return None


def _by_tense(lowers: list[str], head: int, lemma: str, group: VerbGroup) -> Reading:
    """The status that the tense of the governing verb gives; what is planned is so in any tense."""
    reading = of_verb(group)
    if word_class(lemma) is None and group.start < head and _taken_up(lowers, head):
        return Reading(Status.HELD, Polarity.AFFIRMED, UNTOLD) if reading.status is Status.HELD else reading
    if word_class(lemma) == "planned" and reading.status is Status.HELD and lemma != "will":
        return Reading(Status.PLANNED, reading.polarity, f"governed by {lemma!r}")
    return reading


def _taken_up(lowers: list[str], head: int) -> bool:
    """Whether a visit is only spoken of: "attaches importance to the president's visit"."""
    before = lowers[max(0, head - 3) : head]
    return lowers[head].startswith(("visit", "trip")) and not {"the", "this", "'s", "his", "her"}.isdisjoint(
        before
    )


def against_date(reading: Reading, when: TimeSpan, published: date | None) -> Reading:
    """Mend a status that the date of the event excludes."""
    if when.start is None or published is None or reading.polarity is not Polarity.AFFIRMED:
        return reading
    if reading.status is Status.HELD and when.earliest_start() > published:
        return Reading(Status.PLANNED, reading.polarity, "its date lies ahead")
    if reading.status is Status.PROPOSED and (published - when.latest_end()).days > _LONG_PAST:
        return Reading(Status.HELD, reading.polarity, "its date has long passed")
    if (
        reading.status is Status.PLANNED
        and when.latest_end() < published
        and "governed" not in reading.reason
    ):
        return Reading(Status.HELD, reading.polarity, "its date has passed")
    return reading
