"""The words that support a field of a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """``document.text[start:end] == quote`` supports ``field``.

    ``field`` is the name of a field of ``Facts`` or ``Report`` (``when``, ``place``, ``status``, ...), or
    ``event`` for the sentence that tells the event.
    """

    start: int
    end: int
    field: str
    quote: str
