"""Tells the level of an office from its title, and weighs journeys by the schemes of ``data/weights.csv``.

Takes titles as newspapers write them; gives a ``Level``, or the weight of a kind of journey in a named
scheme.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from diplograph import resources
from diplograph.errors import KnowledgeError, UnknownPluginError

WEIGHTS: Final = "data/weights.csv"


class Level(StrEnum):
    """How high the highest traveller ranks; ``UNKNOWN`` where no office is told."""

    LEADER = "leader"
    MINISTER = "minister"
    OFFICIAL = "official"
    UNKNOWN = "unknown"


SUMMIT: Final = frozenset({Level.LEADER, Level.UNKNOWN})
"""The levels that count for a shuttle unless told otherwise: a minister does not return a president's visit,
but a visit whose traveller is not told is kept rather than dropped in silence."""

_OFFICIAL = re.compile(
    r"\b(former|ex|speaker|ambassador|envoy|special representative|adviser|advisor|spokes\w+|"
    r"vice minister|deputy (?!prime )\w+ minister|deputy minister|under ?secretary|assistant secretary|"
    r"commander)\b"
)
_MINISTER = re.compile(
    r"\b(minister(?! president)|secretary of|vice president|deputy prime minister|first lady|"
    r"crown prince(?:ss)?|chief of staff|foreign secretary|secretary)\b"
)
_LEADER = re.compile(
    r"\b(president|prime minister|premier|chancellor|taoiseach|king|queen|emperor|emir|sultan|pope|"
    r"supreme leader|general secretary|chairman|head of (?:state|government)|grand duke|prince|"
    r"chief executive|state counsellor|minister president)\b"
)


def of_title(title: str | None) -> Level:
    """The level of one title; deputies and former holders rank below the office they are named after."""
    if not title:
        return Level.UNKNOWN
    words = " ".join(title.casefold().replace("-", " ").replace(".", " ").split())
    if _OFFICIAL.search(words):
        return Level.OFFICIAL
    if re.search(r"\b(deputy|vice|crown|first lady)\b", words):
        return Level.MINISTER
    if _LEADER.search(words):
        return Level.LEADER
    return Level.MINISTER if _MINISTER.search(words) else Level.OFFICIAL


def highest(titles: Iterable[str | None]) -> Level:
    """The highest level among several titles; ``UNKNOWN`` if none is told."""
    order = list(Level)
    return min((of_title(title) for title in titles), key=order.index, default=Level.UNKNOWN)


@cache
def schemes() -> Mapping[str, Mapping[tuple[str, str], float]]:
    """The weighing schemes: name → (dimension, key) → factor.

    Raises:
        KnowledgeError: If a row has no number as its weight.
    """
    found: dict[str, dict[tuple[str, str], float]] = {}
    path = resources.path(WEIGHTS)
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                weight = float(row["weight"])
            except ValueError:
                message = f"{row['weight']!r} is no weight; write a number such as 0.5"
                raise KnowledgeError(str(path), line, message) from None
            found.setdefault(row["scheme"], {})[row["dimension"], row["key"]] = weight
    return found


def weight(scheme: str, level: Level, subtype: str | None, *, multilateral: bool) -> float:
    """The weight of a journey: the product of the factors of its level, subtype and occasion.

    A key that the scheme does not list weighs 1.

    Raises:
        UnknownPluginError: If there is no such scheme; the message lists those there are.
    """
    if scheme not in schemes():
        raise UnknownPluginError("weighing scheme", scheme, schemes())
    factors = schemes()[scheme]
    occasion = "gathering" if multilateral else "none"
    keys = (("level", str(level)), ("subtype", subtype or ""), ("occasion", occasion))
    product = 1.0
    for key in keys:
        product *= factors.get(key, 1.0)
    return product
