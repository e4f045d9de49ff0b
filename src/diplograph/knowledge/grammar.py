"""What the reader knows of a language's grammar: ``data/language/en-grammar.toml`` as sets and phrase tables.

Takes nothing; gives the one ``Grammar`` of a language, read once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from diplograph import resources
from diplograph.errors import KnowledgeError

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Closed word classes of a language.

    Attributes:
        titles: First word of a title → ((all its words, kind of office), …), longest first.
        words: Name of a word class → its words.
        pairs: First word of an expression for "the two" → its phrases, longest first.
        verbs: Irregular verbs: lemma → (third person, past, participle, gerund), empty where regular.
        status: Name of a status class → its words and phrases.
        home: Title or body that only one state has → id of the state.
    """

    titles: Phrases
    words: Mapping[str, frozenset[str]]
    pairs: Phrases
    verbs: Mapping[str, tuple[str, str, str, str]]
    status: Mapping[str, frozenset[str]]
    home: Mapping[str, str]


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
            home={title: state for state, titles in table["home"].items() for title in titles},
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise KnowledgeError(str(file), 1, f"no grammar of the expected form ({error})") from error


def _forms(forms: list[str]) -> tuple[str, str, str, str]:
    third, past, participle, gerund = forms
    return third, past, participle, gerund


def _phrases(pairs: Iterable[tuple[str, str]]) -> Phrases:
    """Index phrases by their first word, longest first; the first entry of a phrase wins."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase, kind in pairs:
        words = tuple(phrase.replace("’", "'").lower().split())
        table.setdefault(words[0], {}).setdefault(words, kind)
    return {first: tuple(sorted(entries.items(), key=lambda entry: -len(entry[0]))) for first, entries in table.items()}
