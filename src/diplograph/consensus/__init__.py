"""Consensus: many reports become events, and each value says by which rule it holds.

The door is ``merge(reports) -> events``; ``review(reports, events)`` lists what a person should look at.
"""

from diplograph.consensus.merge import dyad_of, event_id, id_from, merge
from diplograph.consensus.review import Doubt, review

__all__ = ["Doubt", "dyad_of", "event_id", "id_from", "merge", "review"]
