"""Measures over events: who travels to whom, who returns a visit and how soon, and whose turn it is.

Every measure takes events, wherever they came from, and gives frozen rows that carry event ids, so that each
figure can be followed down to its sentences. ``docs/measures.md`` tells the definitions.
"""

from diplograph.analysis import (
    actors,
    balance,
    journeys,
    levels,
    network,
    reciprocity,
    shuttle,
    significance,
    tempo,
    thirdparty,
    turn,
    wording,
)

__all__ = [
    "actors",
    "balance",
    "journeys",
    "levels",
    "network",
    "reciprocity",
    "shuttle",
    "significance",
    "tempo",
    "thirdparty",
    "turn",
    "wording",
]
