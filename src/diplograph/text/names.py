"""Titles and personal names among the words of a sentence.

Takes the words with the known names in them; gives where a title or a name begins and ends.
"""

from __future__ import annotations

from functools import cached_property

from diplograph.knowledge.grammar import Grammar, Phrases
from diplograph.text import homonyms
from diplograph.text.actors import ADJECTIVE_KINDS, STATE_KINDS
from diplograph.text.mentions import Hit
from diplograph.text.tokens import Tokens

Name = tuple[int, int, str | None]
"""First word of a name, word after it, slug of the person if the gazetteer knows the name."""

_BLOCKING = (*ADJECTIVE_KINDS, "state", "organisation", "series", "metonym")


_SHORT = 3
"""Words no longer than this are small even in a headline."""


class NameReader:
    """Finds titles and names in one sentence."""

    def __init__(self, tokens: Tokens, hits: dict[int, Hit], grammar: Grammar) -> None:
        self.tokens, self.grammar = tokens, grammar
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
        for k in homonyms.other_than_states(self.tokens, found, self.grammar):
            del found[k]
        return found

    @cached_property
    def _all_capitalised(self) -> bool:
        """Whether every word of some length begins with a capital, as in headings."""
        long = [word for word in self.words if len(word) > _SHORT and word.isalpha()]
        return len(long) > _SHORT and all(word[0].isupper() for word in long)

    def after_title(self, k: int) -> tuple[int, int, str | None] | None:
        """A name directly after a title, or after a comma or a long "for …" field of duty."""
        found = self.name_at(k, titled=True)
        if found or k >= self.n:
            return found
        if self.lowers[k] == ",":
            found = self.name_at(k + 1, titled=True)
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
        """The name that ends "for Trade, Energy, and Human Rights Anna Berg"."""
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
        nation = any(n in self.hits and self.hits[n][1].meaning(*_BLOCKING) for n in range(first, end))
        return (first, end, None) if k < first < end and not nation else None

    def _name_word(self, k: int) -> bool:
        """Whether a word can be part of a name at the end of a field of duty."""
        if self.words[k] in ("-", "‐", "‑"):
            return True
        return (
            self.words[k][:1].isupper()
            and self.lowers[k] not in self.w["not_names"]
            and self.lowers[k] not in self.w["duties"]
        )

    def name_at(self, k: int, *, titled: bool) -> tuple[int, int, str | None] | None:
        """A personal name at a word: (first word, word after, slug if known)."""
        while titled and k < self.n and self._honorific(k):
            k += 1
        if k >= self.n:
            return None
        hit = self.hits.get(k)
        if hit and hit[1].meaning("person") and not (hit[1].meaning(*STATE_KINDS) and not titled):
            # Where every word is capitalised a capital tells nothing: "Castro Back On His Feet".
            return k, hit[0] if self._all_capitalised else self._extend(hit[0]), hit[1].meaning("person")
        if hit and not titled:
            return None
        if hit and hit[1].meaning(*_BLOCKING):
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
            if self._joins(k):
                k += 1
            elif self._goes_on(k, within=fresh and end != k):
                k += 1
                if k - 1 in self.hits and self.hits[k - 1][0] > k:
                    k = self.hits[k - 1][0]
                end = k
            elif end == k and self._particle(k):
                k += 1
                end = k
            else:
                break
        return end

    def _joins(self, k: int) -> bool:
        """Whether a hyphen or apostrophe stands between the parts of one word: "Al-Sisi"."""
        return (
            self.words[k] in ("-", "'", "’")
            and 0 < k < self.n - 1
            and self.tokens.ends[k - 1] == self.tokens.starts[k]
            and self.tokens.ends[k] == self.tokens.starts[k + 1]
            and self.words[k + 1][:1].isupper()
        )

    def _goes_on(self, k: int, *, within: bool) -> bool:
        """Whether a word is a capitalised part of a name; a known name of something else ends it.

        Args:
            k: Index of the word.
            within: Whether it stands within a name that nobody knows, which may hold any known name.
        """
        word = self.words[k]
        if not word[:1].isupper() or self.lowers[k] in self.w["not_names"] or word in ("AP", "AFP"):
            return False
        hit = self.hits.get(k)
        return within or hit is None or hit[1].meaning(*_BLOCKING) is None

    def _particle(self, k: int) -> bool:
        """Whether a word is a particle before a capitalised word: "bin", "van"."""
        return self.lowers[k] in self.w["particles"] and k + 1 < self.n and self.words[k + 1][:1].isupper()

    def title(self, k: int) -> tuple[int, str, str] | None:
        """The longest title at a word: (word after, title, kind)."""
        found = self.phrase(self.grammar.titles, k)
        if not found:
            return self._abbreviated(k)
        end, kind = found
        return end, " ".join(self.lowers[k:end]), kind

    def _abbreviated(self, k: int) -> tuple[int, str, str] | None:
        """A title that is written with its initials: "PM Modi", "the FM"; no time of the day."""
        known = self.grammar.abbreviations.get(self.words[k]) if k < self.n else None
        if known is None or (k and self.words[k - 1][:1].isdigit()):
            return None
        return k + 1, known[0], known[1]

    def phrase(self, table: Phrases, k: int) -> tuple[int, str] | None:
        """The longest phrase of a table at a word: (word after, kind)."""
        if k >= self.n:
            return None
        for words, kind in table.get(self.lowers[k], ()):
            end = k + len(words)
            if tuple(self.lowers[k:end]) == words:
                return end, kind
        return None

    def possessive(self, k: int) -> bool:
        """Whether "'s" or an apostrophe stands at ``k``."""
        return k < self.n and self.lowers[k] in ("'s", "'", "’")
