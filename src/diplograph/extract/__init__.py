"""Reading: a document becomes reports of the events that it tells.

The door is ``extract``: it takes a ``Document`` and gives its ``Report``s. Inside, ``cues`` signal types of
event, ``clauses`` and ``frames`` find who plays which role, ``status`` and ``timing`` say whether and when,
``scoring`` weighs what speaks for a reading, ``selection`` joins what is told more than once.
"""

from __future__ import annotations

from diplograph.extract.reader import extract

__all__ = ["extract"]
