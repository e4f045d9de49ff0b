"""Consensus: many reports become events, and each value says by which rule it holds.

``merge(reports, rulings) -> events`` makes them anew; ``amend(archive, ...)`` says what a source changes;
``review(reports, events)`` lists what a person should look at, and a ``Ruling`` is what the person decides.
"""

from diplograph.consensus.merge import Amendment, EventArchive, amend, event_id, id_from, merge
from diplograph.consensus.review import Doubt, review
from diplograph.consensus.rulings import Ruling, Rulings, Verdict
from diplograph.consensus.touch import dyad_of, reach

__all__ = [
    "Amendment",
    "Doubt",
    "EventArchive",
    "Ruling",
    "Rulings",
    "Verdict",
    "amend",
    "dyad_of",
    "event_id",
    "id_from",
    "merge",
    "reach",
    "review",
]
