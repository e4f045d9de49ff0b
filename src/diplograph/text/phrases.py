"""Noun phrases that can act in diplomacy: a state, an office, a person, a body, an envoy.

Takes the words of a sentence with the known names in it; gives ``Actor``s in order, each with its
state and name as far as the phrase itself tells them, and the places.
"""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.knowledge.grammar import Grammar
from diplograph.text.mentions import Hit
from diplograph.text.people import Person
from diplograph.text.tokens import Tokens

STATE_KINDS = ("state", "weak-state", "capital", "seat", "metonym")
ADJECTIVE_KINDS = ("adjective", "demonym")


@dataclass(slots=True, eq=False)
class Actor:
    """A phrase that can take part: words ``i`` to ``j`` of its sentence.

    Attributes:
        kind: person, office (a title without a name), body, diplomat, spokes, plural, state, loose (a
            nationality before any other noun), organisation, pronoun, pair or counterpart.
        state: Id of the state that it acts for, if the phrase tells or it was resolved.
        preposition: The preposition before the phrase, or "".
        possessive: Whether "'s" or an apostrophe follows.
        owner: For "Takaichi's predecessor" or "his counterpart": the actor or pronoun that owns the role.
    """

    i: int
    j: int
    start: int
    end: int
    kind: str
    state: str | None = None
    title: str | None = None
    title_kind: str = ""
    name: str | None = None
    slug: str | None = None
    preposition: str = ""
    possessive: bool = False
    owner: str | None = None
    place: str | None = None
    other_state: str | None = None
    person: Person | None = None
    members: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a sentence, with the preposition before it."""

    i: int
    j: int
    start: int
    end: int
    name: str
    preposition: str
    slug: str | None
    state: str | None
    capital: bool = False


class PhraseReader:
    """Reads the actors of one sentence."""

    def __init__(self, tokens: Tokens, hits: dict[int, Hit], grammar: Grammar, text: str) -> None:
        self.tokens, self.grammar, self.text = tokens, grammar, text
        self.lowers, self.words = tokens.lowers, tokens.words
        self.n = len(tokens)
        self.hits = self._align(hits)
        self.w = grammar.words

    def _align(self, hits: dict[int, Hit]) -> dict[int, tuple[int, Hit]]:
        """Token index → (token index after the hit, hit), for hits that begin and end with words."""
        found, ends = {}, {end: k + 1 for k, end in enumerate(self.tokens.ends)}
        for k, start in enumerate(self.tokens.starts):
            hit = hits.get(start)
            if hit and hit.end in ends:
                found[k] = (ends[hit.end], hit)
        return found

    def read(self) -> list[Actor]:
        """All actors, left to right."""
        actors: list[Actor] = []
        k = 0
        while k < self.n:
            actor = self._at(k)
            if actor is None:
                k += 1
                continue
            actors.append(actor)
            k = max(actor.j, k + 1)
        return actors

    def _at(self, start: int) -> Actor | None:
        """The actor that begins at a word, if one does."""
        k, state, owner, place = start, None, None, None
        if self.lowers[k] in self.w["determiners"]:
            owner = self.lowers[k] if self.lowers[k] in ("his", "her", "its", "their") else None
            pair = self._phrase(self.grammar.pairs, start)
            if pair:
                return self._make(start, pair[0], "pair")
            k += 1
        elif self._phrase(self.grammar.pairs, start):
            return self._make(start, self._phrase(self.grammar.pairs, start)[0], "pair")  # type: ignore[index]  # checked in the condition
        if " ".join(self.lowers[k : k + 2]) in self.w["other_side"]:
            return self._make(start, k + 2, "other-side")
        first_state_end = None
        while k < self.n:
            hit = self.hits.get(k)
            if hit and (id_ := hit[1].meaning(*ADJECTIVE_KINDS)) and not self._is_person_here(hit):
                state, k = id_, hit[0]
                first_state_end = first_state_end or k
                continue
            if hit and (id_ := hit[1].meaning(*STATE_KINDS)) and not self._is_person_here(hit):
                after = hit[0] + (1 if self._possessive(hit[0]) else 0)
                if state is None and self._core_follows(after):
                    state, k = id_, after
                    continue
            if hit is None and self.lowers[k] in self.w["modifiers"] and k + 1 < self.n:
                k += 1
                continue
            break
        return self._core(start, k, state, owner, place)

    def _core(
        self, start: int, k: int, state: str | None, owner: str | None, place: str | None
    ) -> Actor | None:
        if k >= self.n:
            return self._bare(start, k, state)
        title = self._title(k)
        if title:
            return self._titled(start, title, state, owner)
        owned = bool(start) and self.lowers[start - 1] in ("'s", "'", "’")
        if self.lowers[k] in self.w["counterparts"] and (state or owner or k > start or owned):
            return self._counterpart(start, k, state, owner)
        person = self._name_at(k, titled=False)
        if person:
            return self._named(start, person, state, None, "")
        return self._bare(start, k, state)

    def _bare(self, start: int, k: int, state: str | None) -> Actor | None:
        """A state by itself, an organisation, a pronoun, or a nationality before some other noun."""
        hit = self.hits.get(start) or (self.hits.get(start + 1) if start + 1 < self.n else None)
        at = start if start in self.hits else start + 1
        if hit is None:
            low = self.lowers[start]
            if low in self.w["pronouns_one"] or low in self.w["pronouns_many"]:
                return self._make(start, start + 1, "pronoun")
            return None
        if start not in self.hits and self.lowers[start] not in self.w["determiners"]:
            return None
        end, found = hit
        if not self._is_person_here(hit):
            id_ = found.meaning(*STATE_KINDS)
            if id_:
                actor = self._make(start, end, "state", id_)
                actor.place = found.meaning("capital", "place") and self.text[found.start : found.end]
                return actor
            if state or found.meaning(*ADJECTIVE_KINDS):
                return self._make(start, max(k, end), "loose", state or found.meaning(*ADJECTIVE_KINDS))
        if found.meaning("organisation"):
            actor = self._make(start, end, "organisation")
            actor.slug = found.meaning("organisation")
            return actor
        return None if at >= self.n else None

    def _titled(self, start: int, title: tuple[int, str, str], state: str | None, owner: str | None) -> Actor:
        k, name, kind = title
        k, state = self._of_state(k, state)
        # Two offices of one person: "Deputy Prime Minister and Foreign Minister".
        if (
            k < self.n
            and self.lowers[k] in ("and", "/")
            and (second := self._title(k + 1))
            and second[2] in ("minister", "leader")
        ):
            after, told = self._of_state(second[0], state)
            if self._name_at(after, titled=True):
                k, state = after, told
        actor = self._make(
            start, k, kind if kind in ("body", "diplomat", "spokes", "plural") else "office", state
        )
        actor.title, actor.title_kind, actor.owner = name, kind, owner
        if kind in ("body", "plural"):
            return actor
        if kind == "diplomat":
            k = self._accredited(actor, k)
        person = self._name_after_title(k)
        if person:
            return self._named(start, person, actor.state, name, kind)
        actor.j, actor.end = k, self.tokens.ends[k - 1]
        actor.possessive = self._possessive(k)
        return actor

    def _accredited(self, actor: Actor, k: int) -> int:
        """Read "to Seoul", "in Ankara" after an envoy: where the envoy is accredited."""
        if k + 1 < self.n and self.lowers[k] in ("to", "in"):
            at = k + 2 if self.lowers[k + 1] == "the" else k + 1
            hit = self.hits.get(at)
            if hit and (id_ := hit[1].meaning(*STATE_KINDS)):
                actor.other_state = id_
                return hit[0]
        return k

    def _of_state(self, k: int, state: str | None) -> tuple[int, str | None]:
        """Read "of Japan", "of the Republic of Korea" after a title; also "of Foreign Affairs of Japan"."""
        if k < self.n and self.lowers[k] in ("of", "for", "from"):
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

    def _name_after_title(self, k: int) -> tuple[int, int, str | None] | None:
        """A name directly after a title, or after a comma or a long "for …" field of duty."""
        found = self._name_at(k, titled=True)
        if found or k >= self.n:
            return found
        if self.lowers[k] == ",":
            found = self._name_at(k + 1, titled=True)
            if found and (found[2] or (found[1] - found[0] > 1 and self._ends_apposition(found[1]))):
                return found
            return None
        if self.lowers[k] in ("of", "for"):
            return self._name_after_duty(k + 1)
        return None

    def _ends_apposition(self, k: int) -> bool:
        """Whether a name that follows "title," is closed by a sign or followed by a verb."""
        return (
            k >= self.n
            or self.lowers[k] in (",", ".", ";", ")", "and", "—", "-")
            or self.words[k][:1].islower()
        )

    def _name_after_duty(self, k: int) -> tuple[int, int, str | None] | None:
        """The name that ends "for Civilian Security, Democracy, and Human Rights Uzra Zeya"."""
        end = k
        joiners = ("and", "of", "the", "for", ",", "&", "-", "‐", "‑")
        while (
            end < self.n and end - k < 16 and (self.words[end][:1].isupper() or self.lowers[end] in joiners)
        ):
            if end in self.hits and self.hits[end][1].meaning("person"):
                return end, self.hits[end][0], self.hits[end][1].meaning("person")
            end += 1
        while end > k and self.lowers[end - 1] in joiners:
            end -= 1
        first = end
        while first > k and end - first < 5 and self._name_word(first - 1):
            first -= 1
        return (first, end, None) if k < first < end else None

    def _name_word(self, k: int) -> bool:
        """Whether a word can be part of a name at the end of a field of duty."""
        if self.words[k] in ("-", "‐", "‑"):
            return True
        return self.words[k][:1].isupper() and self.lowers[k] not in self.w["not_names"] and self.lowers[k] not in self.w["duties"]

    def _named(
        self, start: int, name: tuple[int, int, str | None], state: str | None, title: str | None, kind: str
    ) -> Actor:
        first, end, slug = name
        text = self.text[self.tokens.starts[first] : self.tokens.ends[end - 1]]
        if kind == "royal" and title and "minister" not in title:
            text = self._with_royal_title(start, first, text)
        actor = self._make(start, end, "person", state)
        actor.name, actor.slug, actor.title, actor.title_kind = text, slug, title, kind
        self._apposition(actor)
        return actor

    def _with_royal_title(self, start: int, first: int, text: str) -> str:
        """ "King Abdullah II": the royal title is part of the name when it is capitalised and next to it."""
        before = first - 1
        if before >= start and self.lowers[before] in (
            "king",
            "queen",
            "prince",
            "princess",
            "emperor",
            "pope",
            "sheikh",
            "sheikha",
            "sultan",
            "emir",
        ):
            return self.text[self.tokens.starts[before] : self.tokens.ends[before]] + " " + text
        return text

    def _apposition(self, actor: Actor) -> None:
        """Read what follows a name: "of South Korea", ", the Uzbek president,", ", foreign minister of X"."""
        k = actor.j
        if k < self.n and self.lowers[k] in ("of",) and actor.state is None:
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
            state, k = id_, hit[0] + (1 if self._possessive(hit[0]) else 0)
        while k < self.n and self.lowers[k] in self.w["modifiers"]:
            k += 1
        title = self._title(k) if k < self.n else None
        if not title or title[2] not in ("leader", "minister", "royal", "diplomat"):
            return None
        end, state = self._of_state(title[0], state)
        if end < self.n and self.lowers[end] not in (",", ")", ".", "and", ";", "—", "-"):
            return None
        actor = self._make(k, end, "office", state)
        actor.title, actor.title_kind = title[1], title[2]
        return actor

    def _counterpart(self, start: int, k: int, state: str | None, owner: str | None) -> Actor | None:
        word = self.lowers[k]
        actor = self._make(start, k + 1, "counterpart", state)
        actor.title, actor.owner = word, owner
        name = self._name_after_title(k + 1)
        if name and (name[2] or name[1] - name[0] > 1 or self.lowers[k + 1] != ","):
            named = self._named(start, name, state, None, "")
            named.owner, named.title_kind = owner, "counterpart"
            return named
        return actor

    def _name_at(self, k: int, *, titled: bool) -> tuple[int, int, str | None] | None:
        """A personal name at a word: (first word, word after, slug if known)."""
        while titled and k < self.n and self._honorific(k):
            k += 1
        if k >= self.n:
            return None
        hit = self.hits.get(k)
        if hit and hit[1].meaning("person") and not (hit[1].meaning(*STATE_KINDS) and not titled):
            return k, self._extend(hit[0]), hit[1].meaning("person")
        if hit and not titled:
            return None
        if hit and hit[1].meaning(*ADJECTIVE_KINDS, "state", "organisation", "series", "metonym"):
            return None
        honorific = not titled and self._honorific(k)
        if not titled and not honorific:
            return None
        end = self._extend(k + 1 if honorific else k, fresh=True)
        first = k + 1 if honorific else k
        return (first, end, None) if end > first else None

    def _honorific(self, k: int) -> bool:
        return self.lowers[k].rstrip(".") in self.w["honorifics"] and self.words[k][:1].isupper()

    def _extend(self, k: int, *, fresh: bool = False) -> int:
        """The word after a run of capitalised name words and particles that begins at ``k``."""
        end = k
        while k < self.n:
            word = self.words[k]
            if (
                word in ("-", "'", "’")
                and k > 0
                and self.tokens.ends[k - 1] == self.tokens.starts[k]
                and k + 1 < self.n
                and self.tokens.ends[k] == self.tokens.starts[k + 1]
                and self.words[k + 1][:1].isupper()
            ):
                k += 1
                continue
            hit = self.hits.get(k)
            blocked = (
                hit is not None
                and hit[1].meaning(*ADJECTIVE_KINDS, "state", "organisation", "series", "metonym") is not None
            )
            if (
                word[:1].isupper()
                and self.lowers[k] not in self.w["not_names"]
                and not (blocked and (not fresh or end == k))
                and word not in ("AP", "AFP")
            ):
                k += 1
                end = k
                if k - 1 in self.hits and self.hits[k - 1][0] > k:
                    end = k = self.hits[k - 1][0]
            elif (
                self.lowers[k] in self.w["particles"]
                and end == k
                and k + 1 < self.n
                and self.words[k + 1][:1].isupper()
            ):
                k += 1
                end = k
                continue
            else:
                break
        return end

    def _title(self, k: int) -> tuple[int, str, str] | None:
        """The longest title at a word: (word after, title, kind)."""
        found = self._phrase(self.grammar.titles, k)
        if not found:
            return None
        end, kind = found
        return end, " ".join(self.lowers[k:end]), kind

    def _phrase(self, table: object, k: int) -> tuple[int, str] | None:
        for words, kind in table.get(self.lowers[k], ()):  # type: ignore[attr-defined]  # a Mapping of phrases
            end = k + len(words)
            if tuple(self.lowers[k:end]) == words:
                return end, kind
        return None

    def _core_follows(self, k: int) -> bool:
        """Whether a title, a counterpart or a modified title begins at a word."""
        steps = 0
        while k < self.n and self.lowers[k] in self.w["modifiers"] and steps < 4:
            k, steps = k + 1, steps + 1
        hit = self.hits.get(k) if k < self.n else None
        if hit and hit[1].meaning("person") and steps:
            return True
        return k < self.n and (self._title(k) is not None or self.lowers[k] in self.w["counterparts"])

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
            and self._title(end) is None
        )

    def _possessive(self, k: int) -> bool:
        return k < self.n and self.lowers[k] in ("'s", "'", "’")

    def _make(self, i: int, j: int, kind: str, state: str | None = None) -> Actor:
        actor = Actor(i, j, self.tokens.starts[i], self.tokens.ends[j - 1], kind, state)
        actor.possessive = self._possessive(j)
        before = i - 1
        while before >= 0 and (self.lowers[before] in self.w["determiners"]):
            before -= 1
        if before >= 0 and self.lowers[before] in self.w["prepositions"]:
            actor.preposition = self.lowers[before]
        return actor
