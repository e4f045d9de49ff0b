"""Verbs that can govern a noun cue: those of the status classes, of reporting, and the light verbs.

Takes nothing; gives a table from every inflected form to its lemma and form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from diplograph.extract.cues import inflect, lexicon
from diplograph.knowledge import grammar

_CLASSES = ("cancelled", "postponed", "proposed", "planned", "occurring", "denied")


@cache
def verb_forms() -> Mapping[str, tuple[str, str]]:
    """Word → (lemma, form) of every verb that the grammar or the cues name."""
    known = grammar.load()
    lemmas = {phrase.split()[0] for name in _CLASSES for phrase in known.status[name]} | set(known.verbs)
    lemmas |= lexicon().verbs()
    table: dict[str, tuple[str, str]] = {}
    for lemma in sorted(lemmas - grammar.words("not_verbs")):
        for form, word in inflect(lemma).items():
            table.setdefault(word, (lemma, form))
    return table


@cache
def unchanging() -> frozenset[str]:
    """Verbs whose past is their base: "cut", "shut"."""
    forms = (inflect(lemma) for lemma in grammar.load().verbs)
    return frozenset(one["base"] for one in forms if one["base"] == one["past"])
