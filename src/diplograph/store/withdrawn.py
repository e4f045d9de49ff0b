"""The notes that sources leave when they are taken out.

Takes the engine; gives retractions. A note holds no more than what the source was called, when it appeared,
and which ids ended with it.
"""

from __future__ import annotations

import json
from datetime import date

from diplograph.store.answers import Retraction
from diplograph.store.engine import RETRACTED, Engine, local


def retractions(engine: Engine) -> tuple[Retraction, ...]:
    """All sources that were taken out, in the order of day and name."""
    told = (_retraction(local(t.subject), t.value) for t in engine.all("record", RETRACTED))
    return tuple(sorted(told, key=lambda r: (r.on or date.min, r.name, r.source)))


def _retraction(source: str, note: str) -> Retraction:
    told = json.loads(note)
    return Retraction(
        source=source,
        name=told["name"] or source,
        published=_day(told["published"]),
        on=_day(told["on"]),
        by=told["by"],
        events=tuple(told["events"]),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
