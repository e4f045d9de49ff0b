"""Brings names into the one form in which they are compared.

Takes a name as somebody wrote it; gives a key without case, accents, hyphens and dots.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans({
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a",
    "’": "'", "‘": "'", "ʻ": "'", "`": "'",
})  # fmt: skip
_DROP = str.maketrans({"-": " ", "–": " ", "'": None, ".": None, ",": " "})

HONORIFICS = frozenset(
    "sheikh sheik prince princess king queen pope emperor sultan emir crown sir dame lord president premier "
    "ayatollah dr gen general mr mrs ms".split()
)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The comparable form of a name: ``Recep Tayyip Erdoğan`` and ``recep tayyip erdogan`` are one."""
    return " ".join(unaccented(name.casefold()).translate(_DROP).split())


def unaccented(name: str) -> str:
    """The name in plain letters, as many newspapers print it."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def joined(name: str) -> str:
    """The key without any space, in which ``Jae Myung``, ``Jae-myung`` and ``Jaemyung`` are one."""
    return key(name).replace(" ", "")
