"""Hands out what is known of a language, from ``data/language/<code>.toml``.

Takes the code of a language; gives its tables as nested mappings, read once.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from diplograph import resources
from diplograph.errors import KnowledgeError


@cache
def table(code: str = "en") -> dict[str, Any]:
    """The knowledge of one language.

    Args:
        code: ISO 639-1 code, such as ``en``.

    Raises:
        KnowledgeError: If the file is no valid TOML.
    """
    path = resources.path(f"data/language/{code}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise KnowledgeError(str(path), 0, f"{wrong}; mend the TOML") from wrong
