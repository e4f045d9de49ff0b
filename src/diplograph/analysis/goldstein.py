"""Scores events by how cooperative or hostile they are.

Definition: an event's score is the Goldstein score of the nearest CAMEO code of its subtype, or of its type
where the subtype has none (``ontology/vocab/event-types.ttl``, ``cameo.ttl``); from −10 (force) to +10.
Reference: Goldstein (1992), "A conflict-cooperation scale for WEIS events data", J. Conflict Resolution
36:369; scores of CAMEO codes as used by the KEDS project.
Only held events count: a plan has not cooperated yet.

Takes an event; gives a number, or None where no code has a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from diplograph import resources
from diplograph.knowledge import blocks, ontology
from diplograph.model import Event
from diplograph.vocab import DG

CAMEO = "ontology/vocab/cameo.ttl"


@cache
def scores() -> Mapping[str, float]:
    """The score of each event type and subtype that has one, by slug."""
    by_code = {
        block.slug: float(told)
        for block in blocks.read(resources.path(CAMEO))
        if (told := block.optional(f"{DG}goldstein")) is not None
    }
    found = {}
    for term in ontology.event_types():
        known = [by_code[code] for code in term.cameo if code in by_code]
        if known:
            found[term.id] = known[0]
    return found


def score(event: Event) -> float | None:
    """The score of an event; None if neither its subtype nor its type has one."""
    known = scores()
    return known.get(event.facts.subtype or "", known.get(str(event.facts.type)))
