"""Whether "she" or "he" can mean a person: by title, honorific or given name, where one of them tells.

Takes the words around a name, or the slug of a person; gives ``"f"``, ``"m"`` or None. It serves only to tell
two antecedents of a pronoun apart; nothing else is concluded from it and nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from diplograph.knowledge import grammar


def of_words(words: Iterable[str]) -> str | None:
    """What the titles and honorifics in a phrase tell."""
    bare = [word.rstrip(".") for word in words]
    phrases = {*bare, *(f"{a} {b}" for a, b in pairwise(bare))}
    if phrases & grammar.words("female_titles"):
        return "f"
    return "m" if phrases & grammar.words("male_titles") else None


def of_slug(slug: str) -> str | None:
    """What a given name tells, at either end of the slug of a name, hyphenated or not."""
    names = slug.split("-")
    ends = {names[0], names[-1], "-".join(names[:2]), "-".join(names[-2:])}
    return "f" if ends & grammar.words("female_names") else None


def fits(pronoun: str, sex: str | None) -> bool:
    """Whether a pronoun can mean someone of whom this is known."""
    if pronoun in grammar.words("pronouns_female"):
        return sex != "m"
    return sex != "f" or pronoun not in grammar.words("pronouns_male")
