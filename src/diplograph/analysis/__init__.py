"""Measures over events: who travels to whom, who returns a visit and how soon, and whose turn it is.

Every measure takes events, wherever they came from, and gives frozen rows that carry event ids, so that each
figure can be followed down to its sentences. ``docs/measures.md`` tells the definitions.

A module is imported when it is first used: ``from diplograph.analysis import shuttle``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.analysis import (
        actors,
        agenda,
        answering,
        arrow,
        arrowrows,
        balance,
        bursts,
        centrality,
        columns,
        exact,
        figure,
        gatherings,
        goldstein,
        ground,
        hazard,
        journeys,
        leaders,
        levels,
        mediation,
        multiple,
        network,
        nulls,
        ordering,
        pairtests,
        panels,
        periods,
        picking,
        plots,
        reciprocity,
        relational,
        responses,
        rhythm,
        running,
        scope,
        seasons,
        series,
        shuttle,
        signed,
        significance,
        spans,
        statistics,
        tables,
        tempo,
        thirdparty,
        turn,
        twin,
        wording,
    )

__all__ = [
    "actors",
    "agenda",
    "answering",
    "arrow",
    "arrowrows",
    "balance",
    "bursts",
    "centrality",
    "columns",
    "exact",
    "figure",
    "gatherings",
    "goldstein",
    "ground",
    "hazard",
    "journeys",
    "leaders",
    "levels",
    "mediation",
    "multiple",
    "network",
    "nulls",
    "ordering",
    "pairtests",
    "panels",
    "periods",
    "picking",
    "plots",
    "reciprocity",
    "relational",
    "responses",
    "rhythm",
    "running",
    "scope",
    "seasons",
    "series",
    "shuttle",
    "signed",
    "significance",
    "spans",
    "statistics",
    "tables",
    "tempo",
    "thirdparty",
    "turn",
    "twin",
    "wording",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"diplograph.analysis has no {name!r}; it has: {', '.join(__all__)}")


def __dir__() -> list[str]:
    return list(__all__)
