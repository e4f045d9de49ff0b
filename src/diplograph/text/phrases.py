"""Noun phrases that can act in diplomacy: a state, an office, a person, a body, an envoy.

Takes the words of a sentence with the known names in it; gives ``Actor``s in order, each with its
state and name as far as the phrase itself tells them.
"""

from __future__ import annotations

from diplograph.knowledge.grammar import Grammar
from diplograph.text.actors import ADJECTIVE_KINDS, STATE_KINDS, Actor
from diplograph.text.mentions import Hit
from diplograph.text.names import NameReader
from diplograph.text.tokens import Tokens


class PhraseReader:
    """Reads the actors of one sentence."""

    def __init__(self, tokens: Tokens, hits: dict[int, Hit], grammar: Grammar, text: str) -> None:
        self.tokens, self.grammar, self.text = tokens, grammar, text
        self.lowers, self.words = tokens.lowers, tokens.words
        self.n = len(tokens)
        self.names = NameReader(tokens, hits, grammar)
        self.hits = self.names.hits
        self.w = grammar.words

    def read(self) -> list[Actor]:
        """All actors, left to right."""
        actors: list[Actor] = []
        k, openers = 0, self.grammar.openers
        while k < self.n:
            if k not in self.hits and self.lowers[k] not in openers and not self.words[k][:1].isupper():
                k += 1
                continue
            actor = self._at(k)
            if actor is None:
                k += 1
                continue
            actors.append(actor)
            k = max(actor.j, k + 1)
        return actors

    def _at(self, start: int) -> Actor | None:
        """The actor that begins at a word, if one does."""
        k, owner = start, None
        pair = self.names.phrase(self.grammar.pairs, start)
        if pair:
            return self.make(start, pair[0], "pair")
        if self.lowers[k] in self.w["determiners"]:
            if self.lowers[k] == "that" and self.words[k + 1 : k + 2] and self.words[k + 1][:1].isupper():
                return None  # "said that President Sisi": a conjunction
            owner = self.lowers[k] if self.lowers[k] in ("his", "her", "its", "their") else None
            k += 1
        if " ".join(self.lowers[k : k + 2]) in self.w["other_side"]:
            return self.make(start, min(k + 2, self.n), "other-side")
        k, state = self._before_core(k)
        return self._core(start, k, state, owner)

    def _before_core(self, k: int) -> tuple[int, str | None]:
        """Read nationality and modifiers: the word after them, and the state that they tell."""
        state = None
        while k < self.n:
            hit = self.hits.get(k)
            if hit and (id_ := hit[1].meaning(*ADJECTIVE_KINDS)) and not self._is_person_here(hit):
                state, k = id_, hit[0]
                continue
            if hit and (id_ := hit[1].meaning(*STATE_KINDS)) and not self._is_person_here(hit):
                after = hit[0] + (1 if self.names.possessive(hit[0]) else 0)
                if state is None and self._core_follows(after):
                    state, k = id_, after
                    continue
            if hit is not None or self.lowers[k] not in self.w["modifiers"] or k + 1 >= self.n:
                break
            title = self.names.title(k)
            if title and title[1] in self.w["foreign_offices"]:  # "top diplomat" is one title
                break
            k += 1
        return k, state

    def _core(self, start: int, k: int, state: str | None, owner: str | None) -> Actor | None:
        """Read a title, a counterpart or a name, else what stands there by itself."""
        if k >= self.n:
            return self._bare(start, k, state)
        title = self.names.title(k)
        if title and not self._begins_name(k, title[0]):
            return self._titled(start, title, state, owner)
        owned = bool(start) and self.lowers[start - 1] in ("'s", "'", "’")
        if self.lowers[k] in self.w["counterparts"] and (state or owner or k > start or owned):
            return self._counterpart(start, k, state, owner)
        if " ".join(self.lowers[k : k + 2]) in self.w["counterpart_phrases"] and (state or owner or owned):
            return self._counterpart(start, k + 1, state, owner)
        person = self.names.name_at(k, titled=False)
        if person:
            return self._named(start, person, state, None, "")
        return self._bare(start, k, state)

    def _begins_name(self, k: int, end: int) -> bool:
        """Whether a title is only the beginning of a known name: "Shah Mahmood Qureshi"."""
        hit = self.hits.get(k)
        return hit is not None and hit[0] > end and hit[1].meaning("person") is not None

    def _bare(self, start: int, k: int, state: str | None) -> Actor | None:
        """A state by itself, an organisation, a pronoun, or a nationality before some other noun."""
        hit = self.hits.get(start) or self.hits.get(start + 1)
        low = self.lowers[start]
        if hit is None:
            pronoun = low in self.w["pronouns_one"] or low in self.w["pronouns_many"]
            return self.make(start, start + 1, "pronoun") if pronoun else None
        if start not in self.hits and low not in self.w["determiners"]:
            return None
        end, found = hit
        if not self._is_person_here(hit):
            if id_ := found.meaning(*STATE_KINDS):
                if self._gives_its_name(end, found):
                    return None
                named = end < self.n and self.lowers[end] in self.w["matters"]
                actor = self.make(start, end, "loose" if named else "state", id_)
                actor.place = found.meaning("capital", "place") and self.text[found.start : found.end]
                return actor
            if low == "the" and found.meaning("demonym") and not found.meaning("adjective"):
                return self.make(start, end, "state", found.meaning("demonym"))  # "the Algerians recalled"
            if nationality := state or found.meaning(*ADJECTIVE_KINDS):
                k = max(k, end)
                armed = k < self.n and self.lowers[k] in self.w["armed"]
                return self.make(start, k + armed, "force" if armed else "loose", nationality)
        if not found.meaning("organisation"):
            return None
        actor = self.make(start, end, "organisation")
        actor.slug = found.meaning("organisation")
        return actor

    def _gives_its_name(self, end: int, found: Hit) -> bool:
        """Whether a town only gives its name to something: "the Kuala Lumpur Declaration"."""
        named = end < self.n and self.words[end][:1].isupper() and self.lowers[end] in self.w["named_after"]
        return named and found.meaning("capital", "seat") is not None

    def _titled(self, start: int, title: tuple[int, str, str], state: str | None, owner: str | None) -> Actor:
        k, name, kind = title
        if kind != "plural":
            k, state = self._second_office(*self._of_state(k, state, seated=kind == "body"))
        own = kind if kind in ("body", "diplomat", "spokes", "plural") else "office"
        actor = self.make(start, k, own, state)
        actor.title, actor.title_kind, actor.owner = name, kind, owner
        if kind in ("body", "plural"):
            return actor
        if kind == "diplomat":
            k = self._accredited(actor, k)
        person = self.names.after_title(k)
        if person:
            return self._named(start, person, actor.state, name, kind)
        actor.j, actor.end = k, self.tokens.ends[k - 1]
        actor.possessive = self.names.possessive(k)
        return actor

    def _second_office(self, k: int, state: str | None) -> tuple[int, str | None]:
        """Read on over two offices of one person: "Deputy Prime Minister and Foreign Minister"."""
        if k < self.n and self.lowers[k] in ("and", "/"):
            second = self.names.title(k + 1) if k + 1 < self.n else None
            if second and second[2] in ("minister", "leader"):
                after, told = self._of_state(second[0], state)
                if self.names.name_at(after, titled=True):
                    return after, told
        return k, state

    def _accredited(self, actor: Actor, k: int) -> int:
        """Read "to Seoul", "in Ankara" after an envoy: where the envoy is accredited."""
        if k + 1 < self.n and self.lowers[k] in ("to", "in"):
            at = k + 2 if self.lowers[k + 1] == "the" else k + 1
            hit = self.hits.get(at)
            if hit and (id_ := hit[1].meaning(*STATE_KINDS)):
                actor.other_state = id_
                return hit[0]
        return k

    def _of_state(self, k: int, state: str | None, *, seated: bool = False) -> tuple[int, str | None]:
        """Read "of Japan", "of the Republic of Korea" after a title; of a body also its seat, "in Tirana"."""
        if k < self.n and (
            self.lowers[k] in ("of", "for", "from") or (seated and not state and self.lowers[k] == "in")
        ):
            at = k + 1
            while (
                at < self.n
                and self.lowers[at] in ("the", "kingdom", "republic", "state", "government", "of")
                and at not in self.hits
            ):
                at += 1
            hit = self.hits.get(at)
            if hit and (id_ := hit[1].meaning(*STATE_KINDS)):
                return hit[0], state or id_
        return k, state

    def _named(
        self, start: int, name: tuple[int, int, str | None], state: str | None, title: str | None, kind: str
    ) -> Actor:
        first, end, slug = name
        text = self.text[self.tokens.starts[first] : self.tokens.ends[end - 1]]
        if kind == "royal" and title and "minister" not in title:
            text = self._with_royal_title(start, first, text)
        actor = self.make(start, end, "person", state)
        actor.name, actor.slug, actor.title, actor.title_kind = text, slug, title, kind
        self._apposition(actor)
        return actor

    def _with_royal_title(self, start: int, first: int, text: str) -> str:
        """Take the royal title next to a name as part of it: "King Abdullah II"."""
        before = first - 1
        if before >= start and self.lowers[before] in self.w["royal_names"]:
            return self.text[self.tokens.starts[before] : self.tokens.ends[before]] + " " + text
        return text

    def _apposition(self, actor: Actor) -> None:
        """Read what follows a name: "of South Korea", ", the Uzbek president,", ", foreign minister of X"."""
        k = actor.j
        if k < self.n and self.lowers[k] == "of" and actor.state is None:
            after, state = self._of_state(k, None)
            if state:
                actor.j, actor.end, actor.state = after, self.tokens.ends[after - 1], state
                return
        if k + 1 < self.n and self.lowers[k] in (",", "("):
            inner = self._at_title_only(k + 1)
            if inner and (inner.state or actor.state or actor.slug):
                actor.state = actor.state or inner.state
                actor.title = actor.title or inner.title
                actor.title_kind = actor.title_kind or inner.title_kind
                actor.j, actor.end = inner.j, inner.end

    def _at_title_only(self, k: int) -> Actor | None:
        """A phrase of nationality and title without a name, such as "the Uzbek president"."""
        state = None
        if self.lowers[k] in ("the", "its", "a"):
            k += 1
        hit = self.hits.get(k)
        if hit and (id_ := hit[1].meaning(*ADJECTIVE_KINDS, *STATE_KINDS)):
            state, k = id_, hit[0] + (1 if self.names.possessive(hit[0]) else 0)
        while k < self.n and self.lowers[k] in self.w["modifiers"]:
            k += 1
        title = self.names.title(k) if k < self.n else None
        if not title or title[2] not in ("leader", "minister", "royal", "diplomat"):
            return None
        end, state = self._of_state(title[0], state)
        if end < self.n and self.lowers[end] not in (",", ")", ".", "and", ";", "—", "-"):
            return None
        actor = self.make(k, end, "office", state)
        actor.title, actor.title_kind = title[1], title[2]
        return actor

    def _counterpart(self, start: int, k: int, state: str | None, owner: str | None) -> Actor | None:
        word = self.lowers[k]
        actor = self.make(start, k + 1, "counterpart", state)
        actor.title, actor.owner = word, owner
        name = self.names.after_title(k + 1)
        if name and (name[2] or name[1] - name[0] > 1 or self.lowers[k + 1] != ","):
            named = self._named(start, name, state, None, "")
            named.owner, named.title_kind = owner, "counterpart"
            return named
        return actor

    def _core_follows(self, k: int) -> bool:
        """Whether a title, a counterpart or a modified title begins at a word."""
        steps = 0
        while k < self.n and self.lowers[k] in self.w["modifiers"] and steps < 4:
            k, steps = k + 1, steps + 1
        hit = self.hits.get(k) if k < self.n else None
        if hit and hit[1].meaning("person") and steps:
            return True
        return k < self.n and (self.names.title(k) is not None or self.lowers[k] in self.w["counterparts"])

    def _is_person_here(self, hit: tuple[int, Hit]) -> bool:
        """Whether an ambiguous surface ("Jordan", "Chad") is a given or family name here."""
        end, found = hit
        if found.meaning("person"):
            return True
        following = self.words[end] if end < self.n else ""
        return (
            found.meaning("ambiguous") is not None
            and following[:1].isupper()
            and end not in self.hits
            and self.names.title(end) is None
        )

    def make(self, i: int, j: int, kind: str, state: str | None = None) -> Actor:
        """An actor over words ``i`` to ``j``, with the preposition before it and whether it is possessive."""
        actor = Actor(i, j, self.tokens.starts[i], self.tokens.ends[j - 1], kind, state)
        actor.possessive = self.names.possessive(j)
        before = i - 1
        skipped = self.w["determiners"] | (self.w["host_words"] if kind == "state" else frozenset())
        while before >= 0 and self.lowers[before] in skipped:
            before -= 1
        if before >= 0 and self.lowers[before] in self.w["prepositions"]:
            actor.preposition = self.lowers[before]
        return actor
