"""Cues: the words that signal a type of event, compiled from ``ontology/vocab/event-types.ttl``.

A cue is written as a researcher would: ``to summon … ambassador|envoy`` is a verb with words that must
follow it, in any form of the verb; ``phone call`` is a noun. ``…`` stands for up to eight words, ``|``
separates alternatives; ``~.61`` at the end is the share of sentences with the cue that tell such an event.
Takes the event types; gives ``Lexicon.find``, which gives ``CueHit``s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from diplograph.knowledge import grammar, ontology
from diplograph.text.tokens import Tokens

GAP = 8
"""How many words an ellipsis may stand for."""

Alternatives = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue as compiled.

    Attributes:
        text: As written in the ontology.
        type: Slug of one of the seven types of event.
        subtype: Slug of the subtype that the cue stands under, or None.
        verb: Whether its head is a verb.
        reversed: Whether the grammatical subject plays the second role (a host who receives).
        strength: How often a sentence with it tells such an event, 0 to 1, counted on real text.
        negative: Whether it marks words that tell no event at all.
        tail: What must follow the head: (alternatives, whether a gap may precede them).
    """

    text: str
    type: str
    subtype: str | None
    verb: bool
    reversed: bool = False
    strength: float = 0.7
    negative: bool = False
    tail: tuple[tuple[Alternatives, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a sentence.

    Attributes:
        head: Index of its head word.
        end: Index after its last adjacent word (object words after a gap do not count).
        last: Index after the last word that belongs to it.
        form: base, third, past, participle, gerund or noun; "past" also stands for "participle" where equal.
    """

    cue: Cue
    head: int
    end: int
    last: int
    form: str


def inflect(lemma: str) -> dict[str, str]:
    """The forms of an English verb: form → word."""
    third, past, participle, gerund = grammar.load().verbs.get(lemma, ("", "", "", ""))
    stem = lemma.removesuffix("e")
    consonant_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    if not third:
        sibilant = lemma.endswith(("s", "sh", "ch", "x", "z", "o"))
        third = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant else "s")
    if not past:
        past = participle = lemma[:-1] + "ied" if consonant_y else stem + "ed"
    return {
        "base": lemma,
        "third": third,
        "past": past,
        "participle": participle or past,
        "gerund": gerund or stem + "ing",
    }


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


class Lexicon:
    """All cues, by their inflected head word."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._by_word: dict[str, list[tuple[Cue, str]]] = {}
        for cue in cues:
            for form, word in self._heads(cue).items():
                entries = self._by_word.setdefault(word, [])
                if (cue, form) not in entries:
                    entries.append((cue, form))

    def verbs(self) -> frozenset[str]:
        """The lemmas of all verbs that are cues."""
        cues = {cue for entries in self._by_word.values() for cue, _ in entries if cue.verb}
        return frozenset(cue.text.removeprefix("to ").split()[0] for cue in cues)

    @staticmethod
    def _heads(cue: Cue) -> dict[str, str]:
        head = cue.text.removeprefix("to ").split()[0]
        if cue.verb:
            return inflect(head)
        return {"noun": head} if head.endswith("s") else {"noun": head, "nouns": plural(head)}

    def find(self, tokens: Tokens, is_verb: Callable[[int, str], bool]) -> list[CueHit]:
        """Every cue of a sentence; of cues with the same head and type the longest.

        Args:
            tokens: The sentence.
            is_verb: Whether the word at an index, in a form, is a verb there and no noun.
        """
        found: list[CueHit] = []
        spellings, present = grammar.load().spellings, set(tokens.lowers)
        for k, word in enumerate(tokens.lowers):
            entries = self._by_word.get(spellings.get(word, word))
            if entries:
                possible = [
                    (cue, form)
                    for cue, form in entries
                    if not any(present.isdisjoint(words) for words, _ in cue.tail)
                ]
                hits = [hit for cue, form in possible if (hit := _match(cue, form, tokens, k))]
                found.extend(_longest(_of_one_kind(hits, is_verb)))
        return found


def _of_one_kind(hits: list[CueHit], is_verb: Callable[[int, str], bool]) -> list[CueHit]:
    """The readings of a word as a verb where it is one, else those as a noun."""
    verbs = [h for h in hits if h.cue.verb and is_verb(h.head, h.form)]
    return verbs or [h for h in hits if not h.cue.verb]


def _longest(hits: list[CueHit]) -> list[CueHit]:
    """The most specific cue of each type at one head; a negative one silences those not longer."""
    best: dict[str, CueHit] = {}
    for hit in hits:
        held = best.get(hit.cue.type)
        if held is None or _weight(hit) > _weight(held):
            best[hit.cue.type] = hit
    silence = max((_weight(h) for h in hits if h.cue.negative), default=(-1, 0.0))
    return [h for h in best.values() if not h.cue.negative and _weight(h) > silence]


def _weight(hit: CueHit) -> tuple[int, float]:
    return len(hit.cue.tail), hit.cue.strength


def _match(cue: Cue, form: str, tokens: Tokens, head: int) -> CueHit | None:
    """Check that the words of a cue's tail follow its head (or, in the passive, precede it)."""
    k = end = head + 1
    for position, (words, gap) in enumerate(cue.tail):
        at = _seek(tokens, k, words, GAP if gap else 0)
        if at is None:
            passive = cue.verb and gap and form in ("past", "participle") and position == len(cue.tail) - 1
            passive = passive and not grammar.words("be").isdisjoint(tokens.lowers[max(0, head - 3) : head])
            passive = passive or (gap and not cue.negative and _relative(tokens, head, words))
            if passive and any(tokens.lowers[m] in words for m in range(max(0, head - 10), head)):
                return CueHit(cue, head, end, end, form)
            return None
        k = at + 1
        if not gap and end == at:
            end = k
    return CueHit(cue, head, end, k, form)


def _relative(tokens: Tokens, head: int, words: Alternatives) -> bool:
    """Whether the object stands before its clause: "a memorandum that the two signed"."""
    for k in range(head - 2, max(0, head - 7), -1):
        if tokens.lowers[k] in ("that", "which"):
            return tokens.lowers[k - 1] in words
    return False


def _seek(tokens: Tokens, start: int, words: Alternatives, gap: int) -> int | None:
    for k in range(start, min(start + gap + 1, len(tokens))):
        if tokens.lowers[k] in words:
            return k
        if gap and tokens.lowers[k] in grammar.words("gap_ends"):
            return None
    return None


def compile_cue(
    text: str, type_: str, subtype: str | None, *, turned: bool = False, negative: bool = False
) -> Cue:
    """Compile one cue from its notation.

    Args:
        text: The cue as the ontology writes it, such as ``to summon … ambassador|envoy ~.61``.
        type_: Slug of its type of event.
        subtype: Slug of its subtype, or None.
        turned: Whether the grammatical subject plays the second role.
        negative: Whether it marks words that tell no event.

    Raises:
        ValueError: If its strength is no number.
    """
    text, _, strength = text.partition(" ~")
    return Cue(
        text=text,
        type=type_,
        subtype=subtype,
        verb=text.startswith("to "),
        reversed=turned,
        negative=negative,
        strength=float(strength or 0.7),
        tail=tuple(_tail(text.removeprefix("to ").split()[1:])),
    )


def _tail(words: Iterable[str]) -> Iterable[tuple[Alternatives, bool]]:
    """What must follow the head: alternatives, and whether an ellipsis precedes them."""
    gap = False
    for word in words:
        if word != "…":
            yield frozenset(form for w in word.split("|") for form in {w, plural(w)}), gap
        gap = word == "…"


@cache
def lexicon() -> Lexicon:
    """The lexicon of the ontology's event types, compiled once."""
    return Lexicon(cue for term in ontology.event_types() for cue in _cues(term))


def _cues(term: ontology.EventTypeTerm) -> Iterable[Cue]:
    type_, subtype = term.type.value, (term.id if term.broader else None)
    marks = dict(term.marks)
    for text in term.cues:
        yield compile_cue(text, type_, subtype)
    for text in marks.get("reversedCue", ()):
        yield compile_cue(text, type_, subtype, turned=True)
    for text in marks.get("notCue", ()):
        yield compile_cue(text, type_, subtype, negative=True)
