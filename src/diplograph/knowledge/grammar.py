"""What the reader knows of a language's grammar: ``data/language/en-grammar.toml`` as sets and phrase tables.

Takes nothing; gives the one ``Grammar`` of a language, read once, and ``words`` of a class by its name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from diplograph import resources
from diplograph.errors import KnowledgeError

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """Closed word classes of a language.

    Attributes:
        titles: First word of a title → ((all its words, kind of office), …), longest first.
        words: Name of a word class → its words.
        pairs: First word of an expression for "the two" → its phrases, longest first.
        verbs: Irregular verbs: lemma → (third person, past, participle, gerund), empty where regular.
        status: Name of a status class → its words and phrases.
        adjectives: Adjective before a noun of an event → the status that it gives.
        spellings: Other spelling of a verb form → the one that the cues are written with.
        home: Title or body that only one state has → id of the state.
        abbreviations: Initials of a title → (the title, its kind).
    """

    titles: Phrases
    words: Mapping[str, frozenset[str]]
    pairs: Phrases
    verbs: Mapping[str, tuple[str, str, str, str]]
    status: Mapping[str, frozenset[str]]
    adjectives: Mapping[str, str]
    spellings: Mapping[str, str]
    home: Mapping[str, str]
    abbreviations: Mapping[str, tuple[str, str]]

    @cached_property
    def openers(self) -> frozenset[str]:
        """The lower-case words with which the phrase of an actor can begin."""
        classes = ("determiners", "modifiers", "pronouns_one", "pronouns_many", "counterparts", "honorifics")
        phrases = self.words["other_side"] | self.words["counterpart_phrases"]
        listed = frozenset().union(*(self.words[name] for name in classes), self.titles, self.pairs)
        return listed | {phrase.split()[0] for phrase in phrases}


@cache
def load(language: str = "en") -> Grammar:
    """The grammar of a language.

    Raises:
        KnowledgeError: If its file is malformed.
    """
    file = resources.path(f"data/language/{language}-grammar.toml")
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return Grammar(
            titles=_phrases((title, kind) for kind, titles in table["titles"].items() for title in titles),
            words={name: frozenset(words) for name, words in table["words"].items()},
            pairs=_phrases((phrase, "pair") for phrase in table["words"]["pairs"]),
            verbs={lemma: _forms(forms) for lemma, forms in table["verbs"].items()},
            status={name: frozenset(words) for name, words in table["status"].items()},
            adjectives={word: status for status, words in table["adjectives"].items() for word in words},
            spellings=dict(table["spellings"]),
            home={title: state for state, titles in table["home"].items() for title in titles},
            abbreviations={short: (title, kind) for short, (title, kind) in table["abbreviations"].items()},
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise KnowledgeError(str(file), 1, f"no grammar of the expected form ({error})") from error


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class of the grammar, such as ``determiners``.

    Raises:
        KnowledgeError: If the grammar has no such class.
    """
    found = load().words.get(name)
    if found is None:
        raise KnowledgeError("data/language/en-grammar.toml", 1, f"no class of words {name!r} under [words]")
    return found


def _forms(forms: list[str]) -> tuple[str, str, str, str]:
    third, past, participle, gerund = forms
    return third, past, participle, gerund


def _phrases(pairs: Iterable[tuple[str, str]]) -> Phrases:
    """Index phrases by their first word, longest first; the first entry of a phrase wins."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase, kind in pairs:
        words = tuple(phrase.replace("’", "'").lower().split())
        table.setdefault(words[0], {}).setdefault(words, kind)
        if len(words) > 1:  # "Vice-President" is one word
            table.setdefault(f"{words[0]}-{words[1]}", {}).setdefault(
                (f"{words[0]}-{words[1]}", *words[2:]), kind
            )
    return {
        first: tuple(sorted(entries.items(), key=lambda entry: -len(entry[0])))
        for first, entries in table.items()
    }
